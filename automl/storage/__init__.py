"""The project folder: every write is whole or absent, and what was written stays."""
