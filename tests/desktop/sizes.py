"""The smallest window, for tests of pages."""

from PySide6.QtWidgets import QWidget

# What a window of 1100 by 700 leaves to a page beside the narrow rail.
WIDTH, HEIGHT = 1024, 624


def fits_the_smallest_window(page: QWidget) -> bool:
    """Whether a page leaves a window of 1100 by 700 as it is."""
    hint = page.minimumSizeHint()
    return hint.width() <= WIDTH and hint.height() <= HEIGHT
