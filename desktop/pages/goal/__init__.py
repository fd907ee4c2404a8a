"""The Goal page: four questions, answered as far as the data allow."""
