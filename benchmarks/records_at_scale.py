"""Records of any number of people for timing, made in DuckDB from a hash; and the race against SQL by hand."""

import resource
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import perf_counter
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


def people_and_events(people: int, each: Mapping[str, float] | None = None) -> duckdb.DuckDBPyConnection:
    """So many people and ten times as many events, in no order of people or days.

    `each`: other tables of events, and how many a person, in place of the usual mixture.
    """
    connection = duckdb.connect(config={"threads": THREADS, "memory_limit": MEMORY})
    who = {
        "person": f"'P' || lpad((hash(i, 'who') % {people})::VARCHAR, 9, '0') AS person_id",
        "provider": "'p' || (hash(i, 'by') % 6) AS provider",
    }
    connection.execute(_PEOPLE.format(people=people, **who))
    for name, (usual, columns) in _EVENTS.items():
        number = int(people * (usual if each is None else each.get(name, 0)))
        connection.execute(
            f"CREATE TABLE {name} AS SELECT {who['person'].replace('who', name)}, {who['provider']}, "
            f"DATE '2023-01-01' + (hash(i, '{name} day') % 1460)::INTEGER AS happened, {columns} "
            f"FROM range({number}) AS t(i)"
        )
    return connection


def race(
    name: str,
    ours: Callable[[], dict[Any, Any]],
    floor: Callable[[], dict[Any, Any]],
    connection: duckdb.DuckDBPyConnection,
    rounds: int,
    budget: Budget,
) -> int:
    """Run both in turn, compare every cell, print sizes, seconds, ratio and memory; 1 where over budget."""
    tables = connection.execute("SELECT table_name, estimated_size FROM duckdb_tables() ORDER BY 1").fetchall()
    sizes = ", ".join(f"{rows:,} {table}" for table, rows in tables)
    times: dict[str, list[float]] = {"ours": [], "by hand": []}
    results = {}
    for _ in range(rounds):
        for who, run in (("ours", ours), ("by hand", floor)):
            began = perf_counter()
            results[who] = run()
            times[who].append(perf_counter() - began)
    mine, theirs = min(times["ours"]), min(times["by hand"])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    different = sum(results["ours"].get(key) != value for key, value in results["by hand"].items())
    different += len(results["ours"].keys() - results["by hand"].keys())
    print(f"{name}: {sizes}")
    print(f"{len(results['by hand']):,} cells, {different} different")
    print(f"obc {mine:.2f} s, by hand {theirs:.2f} s: {mine / theirs:.2f} times (budget {budget.times})")
    print(f"memory {memory / 10**9:.2f} GB of data, both and Python (budget {budget.memory / 10**9:.0f} GB)")
    over = different or mine > budget.times * theirs or memory > budget.memory
    print("over budget" if over else "within budget", file=sys.stderr if over else sys.stdout)
    return int(bool(over))
