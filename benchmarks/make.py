"""How long synthetic records take, and how much memory; fails where a budget is exceeded by half.

Each size runs in a process of its own, so that its peak of memory is its own. The floor, in the same run, is the
least that any maker must do: draw as many plain numbers as there are cells and let DuckDB write them to Parquet,
with no meaning, no text and no order.
"""

import multiprocessing
import resource
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

import duckdb
import numpy as np

from obc.domain.measurement.records.tables import TABLES
from obc.loaders.validation import validate
from obc.loaders.yaml_nodes import read_yaml
from obc.synthetic.make import make_records
from obc.synthetic.truth import Truth

TRUTH = Path(__file__).parents[1] / "src" / "obc" / "definitions" / "synthetic" / "oxfordshire.yaml"
BUDGETS = {30_000: 5.0, 1_000_000: 120.0}
"""Seconds by number of people. Judged by the time that the processor worked, all threads together, which a busy
machine does not stretch; the clock shows less on two idle cores."""
MEMORY = 4.0
"""Gigabytes."""
ALLOWED = 1.5


def make(people: int, rows: dict[str, int], results: "multiprocessing.SimpleQueue") -> None:  # type: ignore[type-arg]
    """Make the records; reports seconds, peak memory and the rows of each file."""
    truth, problems = validate(read_yaml(TRUTH), Truth)
    assert truth is not None, problems
    with tempfile.TemporaryDirectory() as home:
        start, worked = perf_counter(), process_time()
        report = make_records(truth, people, 1, Path(home) / "records")
        seconds, worked = perf_counter() - start, process_time() - worked
    results.put((seconds, worked, _peak(), {Path(made.file).stem: made.rows for made in report.files}))


def floor(people: int, rows: dict[str, int], results: "multiprocessing.SimpleQueue") -> None:  # type: ignore[type-arg]
    """Draw and write as many numbers."""
    rng = np.random.default_rng(1)
    with tempfile.TemporaryDirectory() as home, duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        start, worked = perf_counter(), process_time()
        for table in TABLES:
            cells = {column.name: rng.integers(0, people, rows[table.name], np.int32) for column in table.columns}
            connection.register("cells", cells)
            connection.execute(f"COPY (FROM cells) TO '{home}/{table.name}.parquet' (FORMAT parquet, COMPRESSION zstd)")
            connection.unregister("cells")
        seconds, worked = perf_counter() - start, process_time() - worked
    results.put((seconds, worked, _peak(), {}))


def _peak() -> float:
    """Gigabytes that this process held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def measured(what, people: int, rows: dict[str, int]) -> tuple[float, float, float, dict[str, int]]:
    """Run in a fresh process."""
    context = multiprocessing.get_context("spawn")
    results = context.SimpleQueue()
    process = context.Process(target=what, args=(people, rows, results))
    process.start()
    process.join()
    if process.exitcode:
        sys.exit(f"{what.__name__} of {people:,} people failed")
    return results.get()


def main() -> int:
    """Print both sizes; 1 where one is too slow or too large."""
    print("    people         rows  clock s worked s  budget    GB floor s  times")
    failed = False
    for people, budget in BUDGETS.items():
        seconds, worked, memory, rows = measured(make, people, {})
        _, least, _, _ = measured(floor, people, rows)
        over = worked > budget * ALLOWED or memory > MEMORY
        failed |= over
        print(
            f"{people:>10,} {sum(rows.values()):>12,} {seconds:>8.1f} {worked:>8.1f} {budget:>7.0f} {memory:>5.2f} "
            f"{least:>7.1f} {worked / least:>6.1f}{'  TOO MUCH' if over else ''}"
        )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
