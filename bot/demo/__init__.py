"""A demonstration: made-up people, conversations, requests, care files, postings and a fair, all marked as such, and removed without a trace."""
