"""How long reading and checking an extract takes, against reading the same files as they are, in the same run.

An extract needs it once: every value of every row is read as text, typed, compared with its code list, joined to what
it belongs to, counted by provider and month, and hashed. The floor is DuckDB that loads the same Parquet files into
tables and asks nothing. Fails where it works longer than allowed, or takes more than 4 GB.
"""

import argparse
import resource
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

import duckdb

from obc.bootstrap.contracts import load_contract
from obc.bootstrap.measuring import check_records, make_records

CONTRACT, MOST = "oxfordshire-mental-health", 4.0


def main() -> int:
    """Print both; 1 where over budget."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--people", type=int, default=200_000)
    given.add_argument("--times", type=float, default=60.0, help="how many times the floor it may take")
    asked = given.parse_args()
    contract = load_contract(CONTRACT)
    with tempfile.TemporaryDirectory(prefix="obc-check-") as own:
        records = Path(own) / "records"
        make_records(contract, records, asked.people, 1, names="logical")
        began, busy = perf_counter(), process_time()
        with duckdb.connect(str(Path(own) / "floor.duckdb"), config={"threads": 2, "memory_limit": "3GB"}) as floor:
            for path in sorted(records.glob("*.parquet")):
                floor.execute(f"CREATE TABLE {path.stem} AS FROM read_parquet('{path}')")
        least = process_time() - busy
        began, busy = perf_counter(), process_time()
        report = check_records(contract, records, "logical")
        seconds, worked = perf_counter() - began, process_time() - busy
    rows = sum(count.read for count in report.counts)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{rows:,} rows checked: {seconds:.1f} s, {worked:.1f} s worked, {1e6 * worked / rows:.2f} s a million rows")
    print(f"  loading them as they are: {least:.2f} s worked, so {worked / least:.1f} times that; {memory:.2f} GB")
    return int(worked > asked.times * least or memory > MOST or report.unusable)


if __name__ == "__main__":
    sys.exit(main())
