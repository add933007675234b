"""Tools for the people who keep the knowledge: what was asked in vain, why a clause was found, how well it answers, the whole as one archive."""
