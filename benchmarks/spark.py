"""What Spark costs where one machine would do: four proportions of the same records, on DuckDB and on Spark.

Half a million people with five million events, 8 quarters; two cores each. Every cell must be equal. What counts is
what the processor worked, in Spark's Java as well as here, so that others on the machine do not decide; the better of
two rounds, since Java compiles in the first. Spark is for what one machine cannot hold: the ratio says how much more
machine it takes, and fails where it is more than allowed. `--people 5000` tries it small.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from pyspark.sql import SparkSession

from measure import DEFINITIONS, QUARTERS
from obc.engine.indicators.measure import Sums, tally_strata
from obc.engine.spark.ours import OurSpark
from obc.engine.spark.sums import spark_sums
from records_at_scale import THREADS, code_lists, people_and_events


def main() -> int:
    """Time both; 0 when every cell is equal and Spark within what it may take."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=500_000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--times", type=float, default=25.0, help="how many times DuckDB's work it may take")
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
        told = DEFINITIONS, code_lists(), QUARTERS
        here, duckdb = _timed(lambda: tally_strata(connection, *told), asked.rounds, process_time)
        there, spark = _timed(
            lambda: spark_sums(ours, *told), asked.rounds, lambda: process_time() + _worked_by(ours.theirs)
        )
        ours.theirs.stop()
    equal = {key: dict(cells) for key, cells in here.items()} == {key: dict(cells) for key, cells in there.items()}
    print(f"{asked.people:,} people, {10 * asked.people:,} events, {len(QUARTERS)} quarters, {THREADS} cores")
    print(f"Spark starts in {start:.1f} s")
    for name, rounds in (("DuckDB", duckdb), ("Spark", spark)):
        print(f"{name:<8}" + "  ".join(f"{worked:7.2f} s worked in {clock:.2f} s" for worked, clock in rounds))
    times = min(spark)[0] / min(duckdb)[0]
    print(f"Spark worked {times:.1f} times as long; cells {'equal' if equal else 'DIFFER'}")
    return 0 if equal and times <= asked.times else 1


def _timed(
    measure: Callable[[], Sums], rounds: int, worked: Callable[[], float]
) -> tuple[Sums, list[tuple[float, float]]]:
    """What was measured, and in each round the seconds worked and those on the clock; the first holds what an engine
    does only once."""
    seconds, found = [], {}
    for _ in range(rounds):
        began, busy = perf_counter(), worked()
        found = measure()
        seconds.append((worked() - busy, perf_counter() - began))
    return found, seconds


def _worked_by(spark: SparkSession) -> float:
    """The seconds that the processor has worked for Spark's Java."""
    return spark._jvm.java.lang.ProcessHandle.current().info().totalCpuDuration().get().toMillis() / 1_000


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
