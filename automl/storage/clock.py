"""The time and the person, as they are written into records."""

import getpass
import platform
from datetime import UTC, datetime


def now() -> str:
    """The time in UTC as ISO 8601 with milliseconds, for example 2026-03-01T09:12:00.000Z."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def user_name() -> str:
    """Who is logged in; empty where the system does not say."""
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        return ""


def computer_name() -> str:
    """What this computer is called in the network."""
    return platform.node()
