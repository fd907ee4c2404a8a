"""Images in: found in folders, zips and lists, read, measured, grouped by likeness and checked."""
