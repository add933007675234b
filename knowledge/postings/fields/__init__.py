"""What the fields of a posting say: each module turns one kind of field, as written, into values, and guesses nothing."""
