"""How long the whole county contract takes: 25 indicators, 4 segments, 9 providers, and every year of its term of five:
20 quarters, with the four of the baseline before them 24, and 6 years.

From logical tables as Parquet, checked before, to indicator values: the tables are opened where they stand, everybody
is assigned to segments, everything is measured. The shipped truth of the made county ends in year 4; here its records
reach a quarter beyond the term, the last true values holding on. `--records DIR` takes records that stand there, or
makes and keeps them there. Reading and checking the same folder from scratch, which an extract needs once, is timed
apart with `--read`. The floor, in the same run, is what anybody must do who looks at the records once: add up one
number a row of every table. Fails where the processor worked more than the budget and half of it again, where more
memory was taken than allowed, or where the records do not reach the end of the term.
"""

import argparse
import json
import multiprocessing
import resource
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import duckdb

from obc.bootstrap.contracts import load_contract
from obc.bootstrap.measuring import TRUTH, code_lists_of, records_of
from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.period import Period, add_months
from obc.domain.measurement.records.tables import TABLES
from obc.engine.indicators.measure import measure_sums, values_of
from obc.engine.segmentation.assign import assign
from obc.loaders.whole import read_whole
from obc.services.measure import periods_of, segmentation_of
from obc.synthetic.make import make_records
from obc.synthetic.truth import Truth

CONTRACT = "oxfordshire-mental-health"
THREADS, MEMORY = 2, "3GB"
BUDGET, ALLOWED, MOST = 120.0, 1.5, 4.0
"""Seconds that both cores may work for a million people (60 s on two), how far it may be exceeded, and gigabytes."""
RUN_OUT = 3
"""Months of records beyond the term, so that what falls due after its last quarter is there."""

Stage = dict[str, float]


class Clock:
    """Seconds by the clock and by the processor, stage by stage, and the gigabytes of the process at most so far."""

    def __init__(self) -> None:
        self.stages: dict[str, Stage] = {}
        self._from = perf_counter(), process_time()

    def stage(self, name: str) -> None:
        """Note what has passed since the last stage."""
        now = perf_counter(), process_time()
        seconds, worked = (round(after - before, 2) for after, before in zip(now, self._from, strict=True))
        gigabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        self.stages[name] = {"seconds": seconds, "worked": worked, "gigabytes": round(gigabytes, 2)}
        self._from = perf_counter(), process_time()


def term_of(contract: Contract) -> tuple[int, Period]:
    """How many years the term has, without a possible extension, and the last of them."""
    years = contract.agreement.term.years.years
    return years, contract.period(years)


def make(people: int, out: Path) -> None:
    """Records of so many people that reach beyond the term."""
    _, last = term_of(load_contract(CONTRACT))
    truth = read_whole(TRUTH, Truth).model_copy(update={"records_end": add_months(last.end, RUN_OUT)})
    make_records(truth, people, 1, out)


def measure(records: Path) -> dict[str, Any]:
    """Everything from tables to values, by stages."""
    contract = load_contract(CONTRACT)
    clock = Clock()
    with tempfile.TemporaryDirectory(prefix="obc-contract-") as own:
        config = {"threads": THREADS, "memory_limit": MEMORY, "temp_directory": str(Path(own) / "spill")}
        with duckdb.connect(str(Path(own) / "records.duckdb"), config=config) as connection:
            connection.execute("SET enable_progress_bar = false")
            for table in TABLES:
                connection.execute(f"CREATE VIEW {table.name} AS FROM read_parquet('{records}/{table.name}.parquet')")
            clock.stage("open")
            for table in TABLES:
                named = ", ".join(f'"{column.name}"' for column in table.columns)
                connection.execute(f"SELECT sum(hash({named})::HUGEINT) FROM {table.name}").fetchall()
            clock.stage("floor")
            lists, segmentation = code_lists_of(contract), segmentation_of(contract)
            ((last,),) = connection.execute("SELECT max(happened) FROM contacts").fetchall()
            periods = periods_of(contract, min(last, term_of(contract)[1].end))
            assign(connection, segmentation, lists, max(period.end for period in periods))
            clock.stage("segment")
            sums = measure_sums(connection, contract.definitions, lists, periods)
            clock.stage("measure")
            segments = [segment.id for segment in segmentation.segments]
            providers = [one.code for one in contract.agreement.providers if one.code]
            values = values_of(sums, contract.definitions, periods, segments=segments, providers=providers)
            clock.stage("values")
            rows = {table.name: connection.table(table.name).count("*").fetchall()[0][0] for table in TABLES}
    quarters = sum(period.days < 100 for period in periods)
    return {
        "people": rows["people"],
        "rows": sum(rows.values()),
        "contacts": rows["contacts"],
        "bytes": sum(file.stat().st_size for file in records.glob("*.parquet")),
        "indicators": len(contract.definitions),
        "providers": len(providers),
        "quarters": quarters,
        "years": len(periods) - quarters,
        "values": len(values),
        "floor": clock.stages.pop("floor")["worked"],
        "stages": clock.stages,
    }


def read_and_check(records: Path) -> Stage:
    """The same folder read and checked from scratch, as an extract is."""
    clock = Clock()
    with records_of(load_contract(CONTRACT), records, "logical"):
        clock.stage("read and check")
    return clock.stages["read and check"]


def apart(work: Callable[..., Any], *given: Any) -> Any:
    """The same in a process of its own, whose memory is its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        return process.submit(work, *given).result()


def main() -> int:
    """Print each stage; 1 where over budget."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--people", type=int, default=1_000_000)
    given.add_argument("--records", type=Path, metavar="DIR")
    given.add_argument("--read", action="store_true", help="also read and check the folder as an extract is")
    given.add_argument("--json", type=Path, metavar="FILE", help="write what was measured, for pages.py --contract")
    asked = given.parse_args()
    with tempfile.TemporaryDirectory(prefix="obc-contract-") as own:
        records = asked.records or Path(own) / "records"
        if not records.exists():
            apart(make, asked.people, records)
        found = apart(measure, records)
        if asked.read:
            found["read and check"] = apart(read_and_check, records)
    stages: dict[str, Stage] = found["stages"]
    worked = round(sum(stage["worked"] for stage in stages.values()), 2)
    budget = max(BUDGET * found["people"] / 1_000_000, 15.0)
    print(f"{found['people']:,} people, {found['rows']:,} rows: {found['values']:,} values of", end=" ")
    print(f"{found['indicators']} indicators, {found['providers']} providers,", end=" ")
    print(f"{found['quarters']} quarters and {found['years']} years")
    for name, stage in {**stages, "read and check": found.get("read and check", {})}.items():
        if stage:
            print(f"  {name:<15}{stage['seconds']:8.1f} s {stage['worked']:8.1f} s worked {stage['gigabytes']:6.2f} GB")
    times = worked / found["floor"]
    print(f"open to values: {worked:.1f} s worked, {times:.1f} times the floor of {found['floor']:.1f} s;", end=" ")
    print(f"budget {budget:.0f} s, {MOST:.0f} GB")
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    years, _ = term_of(load_contract(CONTRACT))
    if found["years"] <= years:
        print(f"these records end before the term of {years} years does")
        return 1
    return int(worked > budget * ALLOWED or max(stage["gigabytes"] for stage in stages.values()) > MOST)


if __name__ == "__main__":
    sys.exit(main())
