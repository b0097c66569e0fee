"""A PostgreSQL server for the tests: the machine's binaries, a folder of its own, gone afterwards."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PLACES = ("/usr/local/bin", "/usr/local/pgsql/bin", "/usr/bin", *map(str, Path("/usr/lib/postgresql").glob("*/bin")))


def binaries() -> Path | None:
    """The folder with `initdb` and `postgres`; None where there is none."""
    on_path = shutil.which("initdb")
    places = [Path(on_path).parent] if on_path else []
    places += sorted(map(Path, PLACES), reverse=True)
    return next((place for place in places if (place / "initdb").exists() and (place / "postgres").exists()), None)


@contextmanager
def server() -> Iterator[str]:
    """A server that runs as long as the block; yields its DATABASE_URL. It refuses root, so root lends it to nobody."""
    found = binaries()
    if found is None:
        raise FileNotFoundError("no PostgreSQL: run 'make test', which installs it or names the command")
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    who = {"user": "nobody", "group": "nogroup"} if root else {}
    folder = Path(tempfile.mkdtemp(prefix="obc-postgresql-"))
    if root:
        shutil.chown(folder, **who)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.STDOUT, "cwd": folder, **who}
    make = [found / "initdb", "-D", folder / "data", "-U", "obc", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run(make, check=True, **quiet)
    options = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}", "-c", "fsync=off"]
    running = subprocess.Popen([found / "postgres", "-D", folder / "data", "-p", str(port), *options], **quiet)
    try:
        _wait(found, port, running)
        yield f"postgresql://obc@127.0.0.1:{port}/postgres"
    finally:
        running.terminate()
        running.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(found: Path, port: int, running: subprocess.Popen[bytes]) -> None:
    import time

    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if running.poll() is not None:
                raise RuntimeError("PostgreSQL did not start") from None
            time.sleep(0.1)
    raise TimeoutError("PostgreSQL did not answer within 20 s")
