"""The web application: set up, made ready, served; its worker beside it."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
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


def name_records(given: Sequence[str]) -> None:
    """Name folders of records, `contract=folder` each, beside those of the environment, which come first."""
    from obc.bootstrap.compute_zone import RECORDS

    named = [one for one in (os.environ.get(RECORDS, ""), *given) if one]
    os.environ[RECORDS] = ",".join(dict.fromkeys(named))


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
    if "*" in os.environ.get("OBC_HOSTS", "").split(","):
        problems.append(
            Problem(file="the settings", where="OBC_HOSTS", found="'*', any host", expected="name the hosts one by one")
        )
    problems += [*wrong_records(), *_wrong_sign_in()]
    if problems:
        raise Problems(tuple(problems))


def _wrong_sign_in() -> list[Problem]:
    """What is wrong with how people sign in."""
    from django.conf import settings

    problems = []
    if settings.SECOND_FACTOR not in ("required", "optional"):
        problems.append(("OBC_SECOND_FACTOR", f"'{settings.SECOND_FACTOR}'", "write required, or optional"))
    if settings.SECOND_FACTOR == "optional" and not settings.OIDC["ISSUER"]:
        expected = "leave it, or let people sign in at their own organisation: OBC_OIDC_ISSUER"
        problems.append(("OBC_SECOND_FACTOR", "'optional', where passwords alone would let people in", expected))
    if settings.OIDC["ISSUER"]:
        if not settings.OIDC["ISSUER"].startswith("https://"):
            problems.append(("OBC_OIDC_ISSUER", f"'{settings.OIDC['ISSUER']}'", "give an address with https://"))
        missing = [key for key in ("CLIENT_ID", "SECRET") if not settings.OIDC[key]]
        problems += [(f"OBC_OIDC_{key}", "nothing", "give what the provider gave for obc") for key in missing]
    return [Problem(file="the settings", where=a, found=b, expected=c) for a, b, c in problems]


def wrong_records() -> list[Problem]:
    """What is wrong with the folders of records that are named."""
    from obc.bootstrap.compute_zone import RECORDS, record_folders

    try:
        named = record_folders()
    except Problems as problems:
        return list(problems.problems)
    return [
        Problem(file="the settings", where=RECORDS, found=f"'{folder}', no folder", expected=f"name that of {contract}")
        for contract, folder in named.items()
        if not folder.is_dir()
    ]


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


LIMITS = {"max_request_body_size": 25_000_000, "max_request_header_size": 65_536, "channel_timeout": 60}
"""What the server takes: a body in bytes, somewhat above the largest file of values; a header; silence in seconds."""


def serve(port: int, with_worker: bool = True, host: str = "127.0.0.1", threads: int = 8) -> None:
    """Serve until interrupted; the worker is a process beside this one, started anew whenever it ends."""
    import waitress
    from django.core.wsgi import get_wsgi_application

    stop = threading.Event()
    keeper = threading.Thread(target=_keep_a_worker, args=(stop,), daemon=True)
    if with_worker:
        keeper.start()
    try:
        waitress.serve(get_wsgi_application(), host=host, port=port, threads=threads, ident="obc", **LIMITS)
    finally:
        stop.set()
        if with_worker:
            keeper.join(timeout=10)


def work_until_stopped() -> None:
    """Work until SIGTERM or Ctrl+C; what is being worked on is ended first."""
    from obc.bootstrap.rounds import rounds_beside
    from obc.bootstrap.work import work

    stop = threading.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda *_: stop.set())
    with rounds_beside(stop, clock):
        work(stop, clock)


def _keep_a_worker(stop: threading.Event) -> None:
    """A worker of its own process, so that pages stay quick while it works and outlive it. It ends with this one."""
    while not stop.is_set():
        command = [sys.executable, "-m", "obc.bootstrap.worker"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, env=os.environ) as worker:
            while worker.poll() is None and not stop.wait(0.5):
                pass
            if worker.stdin is not None:
                worker.stdin.close()  # tells it to stop
        stop.wait(1)
