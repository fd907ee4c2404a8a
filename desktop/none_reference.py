"""Keeps Python 3.11 alive under PySide6 6.12, whose wheel takes None, True and False for immortal as from Python 3.12 on.

Every Qt call that returns one of them then loses one reference to it; after some ten thousand calls the count is zero and
the interpreter stops with "deallocating None". A count that cannot be used up in years is what Python 3.12 does as well.
"""

import ctypes
import sys

FIRST_VERSION_WITH_IMMORTAL_NONE = (3, 12)


def make_none_immortal() -> None:
    """Raise the reference count of None beyond reach; does nothing where it is immortal already."""
    if sys.implementation.name == "cpython" and sys.version_info < FIRST_VERSION_WITH_IMMORTAL_NONE:
        for constant in (None, True, False):
            ctypes.c_ssize_t.from_address(id(constant)).value += sys.maxsize // 4
