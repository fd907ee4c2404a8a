"""Charts drawn with QPainter from plain records; they never compute."""
