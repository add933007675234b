"""A counsellor's good reply becomes the school's own entry: written by one, checked by another, answered from then on."""
