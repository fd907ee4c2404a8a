"""The Train page: a live view of the search, and what was kept when it ended."""
