"""The web application: set up, made ready, served; its worker beside it."""

import os
import threading
from pathlib import Path


def set_up(home: Path | None, mode: str) -> None:
    """Settle where the data are and which mode holds, and start Django. The environment comes before `home`."""
    if home is not None:
        os.environ.setdefault("OBC_HOME", str(home))
    os.environ.setdefault("OBC_MODE", mode)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "obc.web.settings")
    import django

    django.setup()


def make_ready() -> None:
    """Bring the database to the newest version and gather the static files."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)


def serve(port: int, host: str = "127.0.0.1", threads: int = 8) -> None:
    """Serve until interrupted, with a worker in the same process."""
    import waitress
    from django.core.wsgi import get_wsgi_application

    from obc.bootstrap.work import work

    stop = threading.Event()
    worker = threading.Thread(target=work, args=(stop,), daemon=True)
    worker.start()
    try:
        waitress.serve(get_wsgi_application(), host=host, port=port, threads=threads, ident="obc")
    finally:
        stop.set()
        worker.join(timeout=10)
