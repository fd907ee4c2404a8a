"""Where the class of an image is written: one reader a way of writing it."""
