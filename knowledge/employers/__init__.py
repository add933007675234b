"""The ledger of employers: who they are, who visited them, what they need, and which postings and candidates came of it."""
