"""The Deploy page: one model leaves Lathe as a bundle that proves itself, and answers for new tables."""
