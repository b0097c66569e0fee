"""A server of an application in a thread of this process, which ends as it should."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import waitress
from waitress import wasyncore


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def served(application: Callable[..., Any], port: int, **settings: Any) -> Iterator[None]:
    """The application listens on the port while the block lasts."""
    server = waitress.create_server(application, host="127.0.0.1", port=port, **settings)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.task_dispatcher.shutdown()
        # its own thread closes the connections: closed by another, they fail it while it waits for them
        server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))
        thread.join(timeout=5)
