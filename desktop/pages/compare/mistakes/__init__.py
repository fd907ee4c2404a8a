"""The mistakes of a model on images: which they are, where it looked, where the line lies and what would help."""
