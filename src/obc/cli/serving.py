"""What the commands of the web application do and say."""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from obc.bootstrap import serving
from obc.cli import output
from obc.domain.core.kernel.problem import Problem, refusal


def serve(mode: str, contracts: list[str], port: int, home: Path | None) -> None:
    """Set up, check, take contracts in, and serve until interrupted."""
    serving.set_up(home, mode)
    from obc.bootstrap import books, demonstration

    if mode == "production":
        serving.refuse_what_is_unsafe()
    serving.make_ready()
    now = serving.clock()
    for contract in contracts:
        held = books.hold(contract, demonstration.LOADER, now, f"taken in as 'obc serve --contract {contract}' says")
        print(f"Holds {held.title}.")
    if mode == "demo":
        from obc.cli.demo import CONTRACT, PROGRAMME

        demonstration.load(CONTRACT, now)
        demonstration.load_programme(PROGRAMME, now)
        print(f"Users: {', '.join(demonstration.NAMES.values())}. Password of each: {demonstration.PASSWORD}")
    print(f"Serving on http://localhost:{port}/ (stop with Ctrl+C)", flush=True)
    serving.serve(port, serving.clock)


def verify_audit(file: Path, head: str | None, as_json: bool) -> tuple[Problem, ...]:
    """Say whether an exported trail holds. Returns the problems."""
    from obc.domain.core.kernel.trail import broken_export

    try:
        content = json.loads(file.read_bytes())
    except (OSError, ValueError) as error:
        raise refusal(
            file.name, "the file", "what cannot be read as JSON", "give the export of the audit page"
        ) from error
    problems = broken_export(content, head)
    if as_json:
        output.problems_as_json(problems)
    elif problems:
        output.say_problems(problems)
    else:
        print(f"Accepted. {content['lines']} actions, each chained to the one before. Head: {content['head']}")
        if head is None:
            print(
                "Give --head with the hash that you wrote down: only that shows that nothing was cut off.",
                file=sys.stderr,
            )
    return problems


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


def token(contract: str, user: str, purpose: str, days: int, home: Path | None) -> None:
    """Print a new token, once."""
    serving.set_up(home, "local")
    from obc.bootstrap import tokens

    print(tokens.give(user, contract, purpose, datetime.now(UTC) + timedelta(days=days)))
