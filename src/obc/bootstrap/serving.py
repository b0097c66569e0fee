"""The web application: set up, made ready, served; its worker beside it."""

import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from obc.bootstrap.proving import bytes_of
from obc.domain.core.kernel.problem import Problem, Problems


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


def clock() -> datetime:
    """The moment at which something is done; in the demonstration, some years back."""
    from django.conf import settings

    return datetime.now(UTC) - timedelta(days=settings.DAYS_BACK)


def refuse_what_is_unsafe() -> None:
    """Refuse settings that must not meet the world. Raises `Problems`, all at once."""
    from django.core.checks import WARNING, run_checks

    problems = [
        Problem(file="the settings", where=one.id or "a check", found=one.msg.strip(), expected=one.hint or "mend it")
        for one in run_checks(include_deployment_checks=True)
        if one.level >= WARNING
    ]
    if not os.environ.get("OBC_HOSTS"):
        problems.append(
            Problem(file="the settings", where="OBC_HOSTS", found="nothing", expected="name the hosts it is reached by")
        )
    if problems:
        raise Problems(tuple(problems))


def back_up(file: Path) -> dict[str, str]:
    """Write everything the database holds into a file; it appears when it is whole. Returns the heads of its books."""
    from obc.store.backup import back_up, heads_in

    content = back_up()
    unfinished = file.with_name(f".{file.name}.unfinished")
    unfinished.write_bytes(content)
    unfinished.replace(file)
    return heads_in(content)


def put_back(file: Path) -> dict[str, str]:
    """Fill a new, empty database from a backup. Returns the heads of its books. Raises `Problems`."""
    from django.core.management import call_command

    from obc.store.backup import put_back

    content = bytes_of(file)
    call_command("migrate", verbosity=0, interactive=False)
    return put_back(content)


def serve(port: int, now: Callable[[], datetime], host: str = "127.0.0.1", threads: int = 8) -> None:
    """Serve until interrupted, with a worker in the same process that goes by the clock `now`."""
    import waitress
    from django.core.wsgi import get_wsgi_application

    from obc.bootstrap.work import work

    stop = threading.Event()
    worker = threading.Thread(target=work, args=(stop, now), daemon=True)
    worker.start()
    try:
        waitress.serve(get_wsgi_application(), host=host, port=port, threads=threads, ident="obc")
    finally:
        stop.set()
        worker.join(timeout=10)
