"""A values file that a stranger sent, looked through before it is read as one."""

import json
from pathlib import Path

import duckdb

from obc.domain.core.kernel.problem import refusal
from obc.domain.measurement.indicators.values import ValueSet
from obc.engine.values_file import COLUMNS, read_values

MOST_ROWS = 200_000
MOST_UNPACKED = 60_000_000
"""Bytes of all columns."""
LONGEST = 200
"""Characters of a text in a row."""
MEMORY = "256MB"
"""What the reader may take for a file of this kind."""
_SAME = "write it again with 'obc measure', and send that file"


def read_sent(path: Path, shown: str) -> ValueSet:
    """The values in a file, by its ending; `shown` is what messages call it. Raises `Problems`.

    Nothing is read whole before its size is known: a small file can stand for gigabytes.
    """
    match path.suffix:
        case ".parquet":
            _look_through_parquet(path, shown)
        case ".json":
            _look_through_json(path, shown)
    try:
        return read_values(path)
    except (RecursionError, ValueError) as error:
        raise refusal(shown, "the file", f"content that cannot be read ({type(error).__name__})", _SAME) from error


def _look_through_json(path: Path, shown: str) -> None:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (RecursionError, ValueError) as error:
        raise refusal(shown, "the file", f"no JSON that can be read ({type(error).__name__})", _SAME) from error
    rows = content.get("values") if isinstance(content, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise refusal(shown, "the file", "no list of values", _SAME)
    if len(rows) > MOST_ROWS:
        raise refusal(shown, "the file", f"{len(rows):,} rows", f"send up to {MOST_ROWS:,}")


def _look_through_parquet(path: Path, shown: str) -> None:
    content = path.read_bytes()
    if len(content) < 12 or not (content.startswith(b"PAR1") and content.endswith(b"PAR1")):
        raise refusal(shown, "the file", "no Parquet, whatever its ending says", _SAME)
    try:
        with duckdb.connect(config={"threads": 1, "memory_limit": MEMORY, "temp_directory": ""}) as connection:
            _check_parquet(connection, str(path), shown)
    except duckdb.Error as error:
        raise refusal(shown, "the file", f"content that cannot be read ({type(error).__name__})", _SAME) from error


def _check_parquet(connection: duckdb.DuckDBPyConnection, path: str, shown: str) -> None:
    names = [row[0] for row in connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [path]).fetchmany(1_000)]
    if strange := [name for name in names if name not in COLUMNS]:
        found = f"{len(strange):,} columns that no value has, such as '{strange[0][:40]}'"
        raise refusal(shown, "the columns", found, _SAME)
    rows, unpacked = connection.execute(
        "SELECT (SELECT sum(num_rows) FROM parquet_file_metadata($path)), sum(total_uncompressed_size)"
        " FROM parquet_metadata($path)",
        {"path": path},
    ).fetchall()[0]
    if (rows or 0) > MOST_ROWS or (unpacked or 0) > MOST_UNPACKED:
        found = f"{rows:,} rows, {unpacked:,} bytes once unpacked"
        raise refusal(shown, "the file", found, f"send up to {MOST_ROWS:,} rows and {MOST_UNPACKED:,} bytes")
    texts = [f'max(strlen("{name}"::VARCHAR))' for name in names]
    longest = connection.execute(f"SELECT {', '.join(texts)} FROM read_parquet(?)", [path]).fetchall()[0]
    if max((length or 0 for length in longest), default=0) > LONGEST:
        raise refusal(shown, "the file", "texts far longer than any name", _SAME)
