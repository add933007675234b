"""From a file to clauses: reading, cleaning, structure, metadata, damage; then into the store."""
