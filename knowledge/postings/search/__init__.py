"""Finding postings: what a graduate asks for as `criteria`, and the index that answers it."""
