"""Open postings: imported, reviewed, searched. Nothing that nobody has reviewed, and nothing expired, leaves here for a graduate."""
