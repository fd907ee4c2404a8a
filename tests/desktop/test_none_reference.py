"""A window that lives for days makes billions of Qt calls that return None, True or False."""

import sys

from PySide6.QtCore import QObject

import desktop


def test_qt_calls_cannot_use_up_the_references_to_constants() -> None:
    thing = QObject()
    for _ in range(1_000):
        thing.setObjectName("again")
    assert desktop.__doc__
    assert min(sys.getrefcount(constant) for constant in (None, True, False)) > 1_000_000_000
