"""The ledger of graduates in care (一人一档, 一人一策): files, what was said and done, plans, pairings, and what is overdue."""
