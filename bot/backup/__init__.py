"""The whole store as one file, taken while it is in use, and put back into an empty place, on either database."""
