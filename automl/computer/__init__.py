"""The computer Lathe stands on: its size, its graphics card, its processes."""
