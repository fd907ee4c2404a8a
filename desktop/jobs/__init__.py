"""Long work seen from the window: one worker process at a time, its events as signals."""
