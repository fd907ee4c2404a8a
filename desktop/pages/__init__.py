"""One page a step of the lifecycle, and the session they all look at."""
