"""Reusable widgets in the look of Lathe. They know neither pages nor the core."""
