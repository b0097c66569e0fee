"""Cost centres: which account of the mechanism a finance department books where. Its chart, not the contract's."""

import csv
from pathlib import Path

from obc.domain.core.kernel.problem import Problem, Problems

_COLUMNS = ("account", "cost_centre")


def read_cost_centres(path: Path) -> dict[str, str]:
    """Cost centre by account, from a CSV file with the columns account and cost_centre. Raises `Problems`."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = csv.DictReader(file)
            if tuple(rows.fieldnames or ()) != _COLUMNS:
                found = ", ".join(rows.fieldnames or ()) or "no heading row"
                raise Problems((_problem(path, 1, found, f"write the heading row {','.join(_COLUMNS)}"),))
            return _read(path, rows)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        found = getattr(error, "strerror", None) or "content that cannot be read"
        raise Problems((_problem(path, None, found, "give a CSV file in UTF-8"),)) from error


def _read(path: Path, rows: "csv.DictReader[str]") -> dict[str, str]:
    known: dict[str, str] = {}
    problems = []
    for row in rows:
        account, centre = (row[name] or "" for name in _COLUMNS)
        if not account or not centre or None in row:
            problems.append(_problem(path, rows.line_num, "a row without both", "write account and cost_centre"))
        elif account in known:
            problems.append(_problem(path, rows.line_num, f"'{account}' twice", "give each account one cost centre"))
        known[account] = centre
    if problems:
        raise Problems(tuple(problems))
    return known


def _problem(path: Path, line: int | None, found: str, expected: str) -> Problem:
    return Problem(file=path.name, line=line, where="cost centres", found=found, expected=expected)
