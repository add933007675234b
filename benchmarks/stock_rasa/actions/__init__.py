"""The action package of the stock baseline, served by `python -m rasa_sdk --actions actions`."""
