"""A copy of the records in another order, other files and another compression comes to the same values."""

import json
from pathlib import Path

import duckdb

from command import obc
from obc.bootstrap import contracts, measuring

CONTRACT = "oxfordshire-mental-health"
KINDS = ("zstd", "gzip", "snappy", "uncompressed", "lz4_raw")


def test_a_shuffled_partitioned_and_recompressed_copy_has_the_same_values(tmp_path: Path) -> None:
    made, copied = tmp_path / "made", tmp_path / "copied"
    measuring.make_records(contracts.load_contract(CONTRACT), made, 100, 7, names="logical")
    ways = {copy_of(path, copied, KINDS[n % len(KINDS)]) for n, path in enumerate(sorted(made.glob("*.parquet")))}
    assert ways == {"by month", "by year", "in parts", "as text"}
    assert len(list((copied / "contacts").glob("year=*/month=*/*.parquet"))) > 12
    first, second = (measured(records, tmp_path / f"{records.name}.parquet") for records in (made, copied))
    assert second["values_hash"] == first["values_hash"]
    assert second["records_hash"] == first["records_hash"]
    assert (tmp_path / "copied.parquet").read_bytes() == (tmp_path / "made.parquet").read_bytes()
    assert any(value["value"] is not None for value in first["values"])


def measured(records: Path, out: Path) -> dict[str, object]:
    ended = obc("measure", CONTRACT, "--records", records, "--known-on", "2016-09-30", "--out", out, "--format", "json")
    assert ended.status == 0, ended.err
    found: dict[str, object] = json.loads(ended.out)
    return found


def copy_of(path: Path, copied: Path, compression: str) -> str:
    """A table shuffled with a seed: contacts by year and month, by year what else happened, the rest in parts of 50
    rows; the smallest as CSV."""
    there = copied / path.stem
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute("SELECT setseed(0.42)")
        connection.execute(f"CREATE TABLE t AS SELECT * FROM '{path}' ORDER BY random()")
        rows = connection.execute("SELECT count(*) FROM t").fetchone() or (0,)
        columns = [name for name, *_ in connection.execute("DESCRIBE t").fetchall()]
        if rows[0] < 50:
            copied.mkdir(exist_ok=True)
            connection.execute(f"COPY t TO '{there}.csv' (FORMAT csv, HEADER)")
            return "as text"
        there.mkdir(parents=True)
        written = f"FORMAT parquet, COMPRESSION {compression}, ROW_GROUP_SIZE 2048"
        if "happened" in columns:
            parts = "SELECT *, year(happened) AS year, month(happened) AS month FROM t"
            by, way = ("year, month", "by month") if path.stem == "contacts" else ("year", "by year")
            connection.execute(f"COPY ({parts}) TO '{there}' ({written}, PARTITION_BY ({by}), OVERWRITE_OR_IGNORE)")
            return way
        for first in range(0, rows[0], 50):
            connection.execute(f"COPY (FROM t LIMIT 50 OFFSET {first}) TO '{there}/{first}.parquet' ({written})")
        return "in parts"
