"""Reading what a graduate says about themselves: clauses, polarity, patterns of facts."""
