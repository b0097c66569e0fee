"""Which mapping an extract was made for, told by the tables and columns that it has."""

from collections.abc import Iterable
from pathlib import Path

import duckdb

from obc.domain.core.kernel.problem import Problem, Problems
from obc.domain.measurement.records.mapping import RecordMapping
from obc.engine.records.csv_text import read_header
from obc.engine.records.files import Found, find_files
from obc.engine.records.sql_text import text


def recognise(folder: Path, mappings: Iterable[RecordMapping]) -> RecordMapping:
    """The one mapping all of whose marks the folder shows.

    Raises `Problems` where none or several fit: which to use is then for people to say.
    """
    mappings = tuple(mappings)
    found = find_files(folder)
    if not found.tables:
        raise Problems(tuple(found.problems))
    fitting = [one for one in mappings if one.recognised_by and all(_shows(found, mark) for mark in one.recognised_by)]
    if len(fitting) == 1:
        return fitting[0]
    names = ", ".join(one.id for one in fitting or mappings)
    said = f"tables that fit {names}" if fitting else f"tables that fit no mapping: {found.names}"
    cure = f"write --mapping with one of {names}" + ("" if fitting else ", or the file of a mapping of your own")
    raise Problems((Problem(file=folder.name, where="the folder", found=said, expected=cure),))


def _shows(found: Found, mark: str) -> bool:
    table, dot, column = mark.partition(".")
    files = found.table(table)
    if files is None or not dot:
        return files is not None
    return column.casefold() in {name.casefold() for name in _columns(files.paths[0], found.shown(files.paths[0]))}


def _columns(path: Path, shown: str) -> tuple[str, ...]:
    if path.suffix.lower() == ".csv":
        return read_header(path, shown)
    try:
        described = duckdb.execute(f"DESCRIBE SELECT * FROM read_parquet({text(str(path))})").fetchall()
    except duckdb.Error:
        return ()
    return tuple(row[0] for row in described)
