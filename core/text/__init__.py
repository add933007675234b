"""Chinese text: folding, segmentation, masking. Runs on Python 3.10 too, for Rasa's side uses it."""
