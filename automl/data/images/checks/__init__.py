"""Checks of images: one question a file."""
