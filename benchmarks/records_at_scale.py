"""Records of any number of people for timing, made in DuckDB from a hash; and the race against others' ways.

The records stand in a database on disk, in a folder of the system's own for what is temporary. What does not fit
into the memory that DuckDB may use is spilled there too; the folder is gone afterwards.
"""

import argparse
import atexit
import json
import resource
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import duckdb

from obc.domain.measurement.records.codes import CodeList

THREADS = 2
MEMORY = "3GB"


@dataclass(frozen=True)
class Budget:
    """How much more than the floor it may take, and how much memory, in bytes."""

    times: float = 2.0
    memory: int = 4 * 10**9


def about() -> dict[str, Any]:
    """What every definition must say."""
    return {
        "title": "A proportion",
        "why": "To time it.",
        "measure": "proportion",
        "direction": "higher is better",
        "member on": "anchor",
        "source": "a benchmark",
        "owner": "nobody",
        "review by": "2027-04-01",
    }


def code_lists() -> dict[str, CodeList]:
    """The one list that the definitions use."""
    attended = {"id": "attended", "title": "Attended", "source": "a benchmark", "codes": {"5": "on time", "6": "late"}}
    return {"attended": CodeList.model_validate(attended)}


_PEOPLE = """
CREATE TABLE people AS SELECT
  'P' || lpad(i::VARCHAR, 9, '0') AS person_id,
  DATE '1935-01-01' + (hash(i, 'born') % 27000)::INTEGER AS birth_date,
  (1 + hash(i, 'sex') % 2)::VARCHAR AS sex
FROM range({people}) AS t(i);
CREATE TABLE deaths AS SELECT person_id, DATE '2024-01-01' + (hash(person_id, 'died') % 1000)::INTEGER AS happened,
  'X' AS cause FROM people WHERE hash(person_id, 'dies') % 50 = 0;
CREATE TABLE memberships AS
WITH moves AS (SELECT person_id, DATE '2023-06-01' + (hash(person_id, 'moves') % 1200)::INTEGER AS moved FROM people)
SELECT person_id, 's' || (hash(person_id, turn) % 12) AS segment, 'p' || (hash(person_id, turn, 'by') % 6) AS provider,
  CASE WHEN turn = 0 THEN DATE '2022-01-01' ELSE moved END AS joined,
  CASE WHEN turn = 0 THEN moved - 1 ELSE DATE '2027-01-01' END AS left_on
FROM moves, range(2) AS t(turn);
CREATE TABLE referrals AS SELECT 'R' || i AS referral_id, {person}, {provider},
  DATE '2022-01-01' + (hash(i, 'r') % 1600)::INTEGER AS happened,
  CASE WHEN hash(i, 'closed') % 3 > 0 THEN
    DATE '2022-01-01' + (hash(i, 'r') % 1600 + hash(i, 'stay') % 700)::INTEGER END AS discharged
FROM range({people}) AS t(i);
CREATE TABLE diagnoses AS SELECT 'D' || i AS diagnosis_id, {person}, {provider},
  DATE '2022-01-01' + (hash(i, 'd') % 1600)::INTEGER AS happened, 'F20' AS diagnosis, 'primary' AS position
FROM range({people}) AS t(i);
"""
_EVENTS = {
    "contacts": (6.0, "CASE WHEN hash(i, 'at') % 10 < 7 THEN '5' ELSE '3' END AS attendance, 'C' || i AS contact_id"),
    "accommodation": (1.5, "['Y', 'N', 'Y', NULL][(1 + hash(i, 'home') % 4)::INTEGER] AS settled"),
    "employment": (1.5, "['01', '02', '04', '08'][(1 + hash(i, 'work') % 4)::INTEGER] AS status"),
    "reviews": (1.0, "'V' || i AS review_id"),
}
"""How many a person, and what columns they have."""


def arguments(about_it: str | None) -> argparse.ArgumentParser:
    """What every race may be asked for."""
    parser = argparse.ArgumentParser(description=about_it)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--times", type=float, default=Budget.times, help="how many times the floor it may take")
    parser.add_argument("--sorted", action="store_true", help="events in the order of people and days, not shuffled")
    parser.add_argument("--alone", action="store_true", help="without the others, whose ways need more memory")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what was measured")
    return parser


def people_and_events(
    people: int, each: Mapping[str, float] | None = None, in_order: bool = False
) -> duckdb.DuckDBPyConnection:
    """So many people and ten times as many events, in no order of people or days, unless `in_order` is asked for.

    `each`: other tables of events, and how many a person, in place of the usual mixture.
    """
    folder = Path(tempfile.mkdtemp(prefix="obc-race-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    spill = folder / "spill"
    connection = duckdb.connect(
        str(folder / "records.duckdb"),
        config={"threads": THREADS, "memory_limit": MEMORY, "temp_directory": str(spill)},
    )
    who = {
        "person": f"'P' || lpad((hash(i, 'who') % {people})::VARCHAR, 9, '0') AS person_id",
        "provider": "'p' || (hash(i, 'by') % 6) AS provider",
    }
    connection.execute("SET preserve_insertion_order = false")
    connection.execute(_PEOPLE.format(people=people, **who))
    order = " ORDER BY person_id, happened" if in_order else ""
    for name, (usual, columns) in _EVENTS.items():
        number = int(people * (usual if each is None else each.get(name, 0)))
        connection.execute(
            f"CREATE TABLE {name} AS SELECT {who['person'].replace('who', name)}, {who['provider']}, "
            f"DATE '2023-01-01' + (hash(i, '{name} day') % 1460)::INTEGER AS happened, {columns} "
            f"FROM range({number}) AS t(i){order}"
        )
    connection.execute("CHECKPOINT")
    return connection


Ways = Mapping[str, Callable[[], Mapping[Any, Any]]]
"""Each way to the cells, by the name of who goes it."""


def race(
    name: str,
    ways: Ways,
    connection: duckdb.DuckDBPyConnection,
    rounds: int,
    budget: Budget,
    told: Path | None = None,
    least: Ways | None = None,
) -> int:
    """Run all in turn, compare every cell, print sizes, seconds, ratio and memory; 1 where over budget.

    The ratio is of the time that the processor worked, all threads together, which a busy machine does not stretch.
    The first way is ours, the second the floor that the budget is about; of more the times are only told. `least`:
    what answers nothing, and is timed as the least that any way must do.
    """
    tables = connection.execute("SELECT table_name, estimated_size FROM duckdb_tables() ORDER BY 1").fetchall()
    sizes = ", ".join(f"{rows:,} {table}" for table, rows in tables)
    timed = {**ways, **(least or {})}
    times: dict[str, list[float]] = {who: [] for who in timed}
    worked: dict[str, list[float]] = {who: [] for who in timed}
    results, memory = {}, {}
    for _ in range(rounds):
        for who, run in timed.items():
            began, busy = perf_counter(), process_time()
            results[who] = run()
            times[who].append(perf_counter() - began)
            worked[who].append(process_time() - busy)
            memory.setdefault(who, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
    first, *others = timed
    different = sum(_different(results[first], results[other]) for other in others if other in ways)
    print(f"{name}: {sizes}")
    print(f"{len(results[first]):,} cells, {different} different")
    said = f"obc {min(times[first]):.2f} s ({min(worked[first]):.2f} s worked)"
    ratios = {other: min(worked[first]) / min(worked[other]) for other in others}
    for other in others:
        said += f", {other} {min(times[other]):.2f} s ({min(worked[other]):.2f} s worked): {ratios[other]:.2f} times"
        said += f" (budget {budget.times})" if other == others[0] else ""
    print(said)
    print(f"memory {memory[first] / 10**9:.2f} GB with data and Python (budget {budget.memory / 10**9:.0f} GB)")
    if told:
        found = {
            "name": name,
            "rows": dict(tables),
            "seconds": {who: min(taken) for who, taken in times.items()},
            "worked": {who: min(taken) for who, taken in worked.items()},
            "memory": memory[first],
        }
        told.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    slow = bool(others) and ratios[others[0]] > budget.times
    over = different or slow or memory[first] > budget.memory
    print("over budget" if over else "within budget", file=sys.stderr if over else sys.stdout)
    return int(bool(over))


def _different(mine: Mapping[Any, Any], theirs: Mapping[Any, Any]) -> int:
    return sum(mine.get(key) != value for key, value in theirs.items()) + len(mine.keys() - theirs.keys())
