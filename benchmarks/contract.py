"""How long the whole county contract takes: 25 indicators, 4 segments, 9 providers, 20 quarters, and the years.

From logical tables as Parquet, checked before, to indicator values: the tables are opened where they stand, everybody
is assigned to segments, everything is measured. `--records DIR` names a folder that `obc records make --names logical`
wrote; without it one is made. Reading and checking the same folder from scratch, which an extract needs once, is
timed apart with `--read`. The floor, in the same run, is what anybody must do who looks at the records once: add up
one number a row of every table. Fails where the processor worked more than the budget and half of it again, or where
more memory was taken than allowed.
"""

import argparse
import json
import resource
import sys
import tempfile
from datetime import date
from pathlib import Path
from time import perf_counter, process_time

import duckdb

from obc.bootstrap.contracts import load_contract
from obc.bootstrap.measuring import code_lists_of, make_records, records_of
from obc.domain.measurement.records.tables import TABLES
from obc.engine.indicators.measure import measure_sums, values_of
from obc.engine.segmentation.assign import assign
from obc.services.measure import periods_of, segmentation_of

CONTRACT = "oxfordshire-mental-health"
THREADS, MEMORY = 2, "3GB"
BUDGET, ALLOWED, MOST = 120.0, 1.5, 4.0
"""Seconds that both cores may work for a million people (60 s on two), how far it may be exceeded, and gigabytes."""


class Clock:
    """Seconds by the clock and by the processor, stage by stage."""

    def __init__(self) -> None:
        self.stages: dict[str, dict[str, float]] = {}
        self._from = perf_counter(), process_time()

    def stage(self, name: str) -> None:
        """Note what has passed since the last stage."""
        now = perf_counter(), process_time()
        seconds, worked = (round(after - before, 2) for after, before in zip(now, self._from, strict=True))
        self.stages[name] = {"seconds": seconds, "worked": worked, "gigabytes": round(_peak(), 2)}
        self._from = perf_counter(), process_time()


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def main() -> int:
    """Print each stage; 1 where over budget."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--people", type=int, default=1_000_000)
    given.add_argument("--records", type=Path, metavar="DIR")
    given.add_argument("--read", action="store_true", help="also read and check the folder as an extract is")
    given.add_argument("--json", type=Path, metavar="FILE", help="write what was measured")
    asked = given.parse_args()
    contract = load_contract(CONTRACT)
    with tempfile.TemporaryDirectory(prefix="obc-contract-") as own:
        records = asked.records or Path(own) / "records"
        if not asked.records:
            make_records(contract, records, asked.people, 1, names="logical")
        config = {"threads": THREADS, "memory_limit": MEMORY, "temp_directory": str(Path(own) / "spill")}
        clock = Clock()
        with duckdb.connect(str(Path(own) / "records.duckdb"), config=config) as connection:
            for table in TABLES:
                connection.execute(f"CREATE VIEW {table.name} AS FROM read_parquet('{records}/{table.name}.parquet')")
            rows = sum(connection.execute(f"SELECT count(*) FROM {t.name}").fetchall()[0][0] for t in TABLES)
            people = connection.execute("SELECT count(*) FROM people").fetchall()[0][0]
            clock.stage("open")
            for table in TABLES:
                named = ", ".join(f'"{column.name}"' for column in table.columns)
                connection.execute(f"SELECT sum(hash({named})::HUGEINT) FROM {table.name}").fetchall()
            clock.stage("floor")
            lists, segmentation = code_lists_of(contract), segmentation_of(contract)
            last = connection.execute("SELECT max(happened) FROM contacts").fetchall()[0][0]
            assert isinstance(last, date)
            periods = periods_of(contract, last)
            assign(connection, segmentation, lists, max(period.end for period in periods))
            clock.stage("segment")
            sums = measure_sums(connection, contract.definitions, lists, periods)
            clock.stage("measure")
            segments = [segment.id for segment in segmentation.segments]
            providers = [one.code for one in contract.agreement.providers if one.code]
            values = values_of(sums, contract.definitions, periods, segments=segments, providers=providers)
            clock.stage("values")
        if asked.read:
            with records_of(contract, records, "logical"):
                clock.stage("read and check")
    stages = clock.stages
    ours = sum(stages[name]["worked"] for name in ("open", "segment", "measure", "values"))
    budget = max(BUDGET * people / 1_000_000, 15.0)
    quarters = sum(period.days < 100 for period in periods)
    print(f"{people:,} people, {rows:,} rows: {len(contract.definitions)} indicators, {len(segments)} segments,")
    print(
        f"{len(providers)} providers, {quarters} quarters and {len(periods) - quarters} years: {len(values):,} values"
    )
    for name, stage in stages.items():
        print(f"  {name:<15}{stage['seconds']:8.1f} s {stage['worked']:8.1f} s worked {stage['gigabytes']:6.2f} GB")
    times = ours / stages["floor"]["worked"]
    print(f"open to values: {ours:.1f} s worked, {times:.1f} times the floor; budget {budget:.0f} s, {MOST:.0f} GB")
    if asked.json:
        found = {"people": people, "rows": rows, "values": len(values), "worked": round(ours, 2), "stages": stages}
        asked.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return int(ours > budget * ALLOWED or max(stage["gigabytes"] for stage in stages.values()) > MOST)


if __name__ == "__main__":
    sys.exit(main())
