"""Refuses every way to another machine. Python imports a module of this name by itself, so child processes obey as well."""

import sys
from collections.abc import Callable

GUARDED = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo"})
HERE = frozenset({"", "localhost", "127.0.0.1", "::1"})


def refuse_network(on_attempt: Callable[[str], None]) -> None:
    """From now on raise PermissionError where this process asks for another machine, and tell `on_attempt` which one."""

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event in GUARDED and not _is_here(_host(event, arguments)):
            on_attempt(str(_host(event, arguments)))
            raise PermissionError("tests may not use the network")

    sys.addaudithook(hook)


def _host(event: str, arguments: tuple[object, ...]) -> object:
    address = arguments[0] if event == "socket.getaddrinfo" else arguments[1]
    # An address that is no pair belongs to a socket file, which never leaves the machine.
    return address[0] if isinstance(address, tuple) and address else address if event == "socket.getaddrinfo" else None


def _is_here(host: object) -> bool:
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    return not isinstance(name, str) or name in HERE


if __name__ == "sitecustomize":
    refuse_network(lambda host: None)
