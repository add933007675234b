"""Runs the two processes, `rasa` and `app`, and everything that must be done before they start."""
