"""Steps from pixels to numbers, as graphs."""
