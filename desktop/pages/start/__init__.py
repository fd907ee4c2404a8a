"""The page before the first step: open a project, try a sample, drop a table or images."""
