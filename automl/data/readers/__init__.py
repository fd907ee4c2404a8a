"""Files to snapshots of text: one reader a kind of file."""
