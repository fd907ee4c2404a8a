"""The first step: what is in the data, what was found in it, and how a file was read."""
