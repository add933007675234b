"""The built-in knowledge: what graduates ask most, answered in plain words with its legal basis, kept as data."""
