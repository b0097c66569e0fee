"""What Spark costs where one machine would do: four proportions of the same records, on DuckDB and on Spark.

A hundred thousand people with a million events, 8 quarters. Spark has two cores of this machine, like DuckDB. Every
cell must be equal. It prints both times and their ratio; there is no budget: Spark is for what one machine cannot hold,
and the page on measuring elsewhere says from where on that is. `--people 5000` tries it small.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from pyspark.sql import SparkSession

from measure import DEFINITIONS, QUARTERS
from obc.engine.indicators.measure import Sums, tally_strata
from obc.engine.spark.ours import OurSpark
from obc.engine.spark.sums import spark_sums
from records_at_scale import THREADS, code_lists, people_and_events


def main() -> int:
    """Time both; 0 when every cell is equal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    connection = people_and_events(asked.people)
    with tempfile.TemporaryDirectory(prefix="obc-spark-") as folder:
        tables = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        for name in tables:
            connection.execute(f"COPY {name} TO '{Path(folder) / name}.parquet'")
        began = perf_counter()
        ours = OurSpark(_spark())
        for name in tables:
            ours.session.read.parquet(str(Path(folder) / f"{name}.parquet")).createOrReplaceTempView(name)
        start = perf_counter() - began
        here, duckdb = _timed(lambda: tally_strata(connection, DEFINITIONS, code_lists(), QUARTERS), asked.rounds)
        there, spark = _timed(lambda: spark_sums(ours, DEFINITIONS, code_lists(), QUARTERS), asked.rounds)
        ours.theirs.stop()
    equal = {key: dict(cells) for key, cells in here.items()} == {key: dict(cells) for key, cells in there.items()}
    print(f"{asked.people:,} people, {10 * asked.people:,} events, {len(QUARTERS)} quarters, {THREADS} cores")
    print(f"Spark starts in {start:.1f} s")
    for name, seconds in (("DuckDB", duckdb), ("Spark", spark)):
        print(f"{name:<8}" + " ".join(f"{one:7.2f} s" for one in seconds) + f"   best {min(seconds):.2f} s")
    print(f"Spark took {min(spark) / min(duckdb):.1f} times as long; cells {'equal' if equal else 'DIFFER'}")
    return 0 if equal else 1


def _timed(measure: Callable[[], Sums], rounds: int) -> tuple[Sums, list[float]]:
    """What was measured, and how long each round took; the first holds what an engine does only once."""
    seconds, found = [], {}
    for _ in range(rounds):
        began = perf_counter()
        found = measure()
        seconds.append(perf_counter() - began)
    return found, seconds


def _spark() -> Any:
    made = (
        SparkSession.builder.master(f"local[{THREADS}]")
        .appName("obc benchmark")
        .config("spark.driver.memory", "3g")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.shuffle.partitions", str(THREADS))
        .getOrCreate()
    )
    made.sparkContext.setLogLevel("OFF")
    return made


if __name__ == "__main__":
    sys.exit(main())
