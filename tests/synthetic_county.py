"""Synthetic Oxfordshires for tests: the shipped truth, and what is made of it, opened in DuckDB."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

import duckdb

from obc.domain.measurement.records.mapping import RecordMapping
from obc.domain.measurement.records.tables import TABLES
from obc.synthetic.faults import Faults
from obc.synthetic.make import MadeReport, make_records
from obc.synthetic.truth import Truth
from shipped import DEFINITIONS, read

IN_SCOPE = ("anxiety-and-depression", "psychosis", "substance-misuse", "behavioural-and-developmental")


@cache
def oxfordshire() -> Truth:
    """The shipped truth."""
    return read(DEFINITIONS / "synthetic" / "oxfordshire.yaml", Truth)


def opened(folder: Path) -> duckdb.DuckDBPyConnection:
    """A connection with a view of each logical table in a folder."""
    connection = duckdb.connect()
    for table in TABLES:
        connection.execute(f"CREATE VIEW {table.name} AS FROM '{folder / table.name}.parquet'")
    return connection


@cache
def county(people: int = 20_000) -> duckdb.DuckDBPyConnection:
    """The shipped truth, made once with seed 1; with a view `grouped` of each person's group, by what is recorded."""
    home = Path(tempfile.mkdtemp(prefix="obc-county-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    make_records(oxfordshire(), people, 1, home / "records")
    connection = opened(home / "records")
    services = " ".join(f"WHEN '{group.team}' THEN '{group.id}'" for group in oxfordshire().groups if group.referred)
    connection.execute(
        "CREATE TABLE grouped AS SELECT person_id, arg_min(CASE team "
        f"{services} END, happened) AS grp FROM referrals WHERE team <> 'A02' GROUP BY person_id"
    )
    return connection


def made(
    out: Path, people: int = 300, seed: int = 1, *, mapping: RecordMapping | None = None, faults: Faults | None = None
) -> MadeReport:
    """A small county in `out`."""
    return make_records(oxfordshire(), people, seed, out, mapping=mapping, faults=faults)
