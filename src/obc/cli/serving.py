"""What the commands of the web application do and say."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from obc.bootstrap import serving
from obc.domain.core.kernel.problem import Problems


def serve(
    mode: str, contracts: list[str], records: list[str], host: str, port: int, home: Path | None, worker: bool
) -> None:
    """Set up, check, take contracts in, and serve until interrupted."""
    serving.set_up(home, mode)
    serving.name_records(records)
    from django.conf import settings

    from obc.bootstrap import books, demonstration, demonstration_life, demonstration_records

    if mode == "production":
        serving.refuse_what_is_unsafe()
    serving.make_ready()
    now = serving.clock()
    for contract in contracts:
        held = books.hold(contract, demonstration.LOADER, now, f"taken in as 'obc serve --contract {contract}' says")
        print(f"Holds {held.title}.")
    if mode == "demo":
        from obc.cli.demo import CONTRACT, PROGRAMME

        held = demonstration.load(CONTRACT, demonstration_life.BEGUN)
        programme = demonstration.load_programme(PROGRAMME, demonstration_life.BEGUN)
        print("Making what has happened so far: people who do not exist, and the year they had …", flush=True)
        extract = demonstration_records.records_for(held, now.date(), settings.HOME)
        serving.name_records([f"{CONTRACT}={extract}"])
        demonstration_life.live(held, extract, demonstration.NAMES)
        print(f"Users of the contract: {', '.join(demonstration.NAMES.values())}.")
        print(f"Users of the programme: {', '.join(one.id for one in programme.governance.people.people)}.")
        print(f"The password of each: {demonstration.PASSWORD}")
    print(f"Serving on http://localhost:{port}/ (stop with Ctrl+C)", flush=True)
    serving.serve(port, worker, host)


def work(home: Path | None) -> None:
    """Work until stopped."""
    serving.set_up(home, "local")
    if problems := serving.wrong_records():
        raise Problems(tuple(problems))
    print("Working (stop with Ctrl+C)", flush=True)
    serving.work_until_stopped()


def backup(file: Path, home: Path | None) -> None:
    """Write a backup, whole or not at all."""
    serving.set_up(home, "local")
    heads = serving.back_up(file)
    print(f"Wrote {file}: {len(heads)} books.")
    for book, head in heads.items():
        print(f"  {book}  {head}")


def restore(file: Path, home: Path | None) -> None:
    """Fill an empty home."""
    serving.set_up(home, "local")
    heads = serving.put_back(file)
    print(f"Restored {len(heads)} books from {file}.")
    for book, head in heads.items():
        print(f"  {book}  {head}")


def token(contract: str, user: str, purpose: str, days: int, may_send: bool, home: Path | None) -> None:
    """Print a new token, once."""
    serving.set_up(home, "local")
    from obc.bootstrap import tokens

    print(tokens.give(user, contract, purpose, datetime.now(UTC) + timedelta(days=days), may_send))
