"""Models that learn from images of good parts alone."""
