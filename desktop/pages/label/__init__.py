"""Labelling: images as cards, the ones that need a look one by one, suggestions of the model for the rest."""
