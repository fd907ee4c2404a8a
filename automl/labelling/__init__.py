"""Suggesting labels while a person gives them: a light head on cached features, what to label next, labels that look wrong."""
