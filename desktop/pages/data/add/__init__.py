"""Add data: choose a file, follow the reading, decide about lines that could not be read."""
