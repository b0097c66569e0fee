"""An extract, opened: every file that a mapping asks for is loaded once, as text, into a scratch database.

CSV is read as text and never guessed at. Parquet keeps its own types; they are written out as text in one
way, so that the same checks apply to both. A scratch table holds the rows of its file in their order: its
`rowid` is the number of the row.
"""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from obc.domain.core.kernel.problem import Problem, Problems
from obc.engine.records.csv_text import CsvText, check_names, read_csv_text
from obc.engine.records.files import Found, find_files
from obc.engine.records.sql_text import name, text

SCRATCH = "obc_scratch"
_REJECTS = "obc_rejected_lines"
_SCANS = "obc_rejected_scans"


@dataclass(frozen=True)
class FileColumn:
    """A column of one file: the SQL that gives it as text, trimmed, NULL where empty."""

    name: str
    sql: str
    iso: bool = False
    """a date or moment by its type, written out as ISO 8601"""
    boolean: bool = False


@dataclass(frozen=True)
class OpenFile:
    """A file that has been loaded. `relation` is its scratch table; `rejected` has the first byte of what is no row."""

    path: Path
    shown: str
    columns: Mapping[str, FileColumn]
    relation: str
    rows: int
    csv: CsvText | None = None
    rejected: tuple[int, ...] = ()

    def column(self, wanted: str) -> FileColumn | None:
        """The column of that name, without regard to capitals."""
        return self.columns.get(wanted.casefold())


@contextmanager
def scratch(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """A database on disk for what is only needed while reading; it is gone afterwards, whatever happens.

    Rows keep their order meanwhile: their numbers tell the lines.
    """
    with tempfile.TemporaryDirectory(prefix="obc-records-") as folder:
        ((in_order,),) = connection.execute("SELECT current_setting('preserve_insertion_order')").fetchall()
        connection.execute(f"ATTACH {text(str(Path(folder) / 'scratch.duckdb'))} AS {SCRATCH}")
        try:
            connection.execute("SET preserve_insertion_order = true")
            yield
        finally:
            connection.execute(f"SET preserve_insertion_order = {in_order}")
            connection.execute(f"DETACH {SCRATCH}")


@dataclass
class Extract:
    """A folder whose files are loaded as they are asked for; what is wrong with them is among the problems.

    `wanted`: by table, without regard to capitals, the columns to load.
    """

    connection: duckdb.DuckDBPyConnection
    found: Found
    wanted: Mapping[str, frozenset[str]]
    problems: list[Problem] = field(default_factory=list)
    _loaded: dict[str, tuple[OpenFile, ...]] = field(default_factory=dict)
    _files: int = 0

    @classmethod
    def of(cls, folder: Path, connection: duckdb.DuckDBPyConnection, wanted: Mapping[str, frozenset[str]]) -> "Extract":
        """The extract in a folder."""
        found = find_files(folder)
        return cls(connection, found, wanted, list(found.problems))

    def table(self, asked: str) -> tuple[OpenFile, ...] | None:
        """The files of a table, loaded; those that cannot be read are left out. None where there is no such table."""
        files = self.found.table(asked)
        if files is None:
            return None
        key = files.name.casefold()
        if key not in self._loaded:
            self._loaded[key] = tuple(one for path in files.paths if (one := self._load(path, key)))
        return self._loaded[key]

    def _load(self, path: Path, key: str) -> OpenFile | None:
        shown = self.found.shown(path)
        try:
            if path.suffix.lower() == ".csv":
                csv = read_csv_text(path, shown)
                relation, columns = _csv(csv), {n: FileColumn(n, f"c{i}") for i, n in enumerate(csv.header) if n}
            else:
                csv, (relation, columns) = None, self._parquet(path, shown)
            return self._into_scratch(path, shown, key, relation, columns, csv)
        except Problems as wrong:
            self.problems += wrong.problems
        except duckdb.Error:
            self.problems.append(_broken(shown))
        return None

    def _parquet(self, path: Path, shown: str) -> tuple[str, dict[str, FileColumn]]:
        relation = f"read_parquet({text(str(path))}, hive_partitioning = false)"
        described = self.connection.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()
        check_names(tuple(row[0] for row in described), shown)
        return relation, {row[0]: _typed(row[0], row[1]) for row in described}

    def _into_scratch(
        self,
        path: Path,
        shown: str,
        key: str,
        relation: str,
        columns: Mapping[str, FileColumn],
        csv: CsvText | None,
    ) -> OpenFile:
        wanted = self.wanted.get(key, frozenset())
        taken = [column for column in columns.values() if column.name.casefold() in wanted]
        self._files += 1
        table = f"{SCRATCH}.file_{self._files}"
        parts = ", ".join(f"nullif(trim({column.sql}), '') AS t{n}" for n, column in enumerate(taken)) or "NULL AS t"
        self.connection.execute(f"CREATE TABLE {table} AS SELECT {parts} FROM {relation}")
        ((rows,),) = self.connection.execute(f"SELECT count(*) FROM {table}").fetchall()
        there = {
            column.name.casefold(): FileColumn(column.name, f"f.t{n}", column.iso, column.boolean)
            for n, column in enumerate(taken)
        }
        return OpenFile(path, shown, there, table, rows, csv, self._rejected() if csv else ())

    def _rejected(self) -> tuple[int, ...]:
        """DuckDB counts bytes from 1, and takes the end of the line before along."""
        first = self.connection.execute(f"SELECT DISTINCT line_byte_position - 1 FROM {_REJECTS} ORDER BY ALL")
        bytes_ = tuple(int(byte) for (byte,) in first.fetchall())
        self.connection.execute(f"DROP TABLE {_REJECTS}; DROP TABLE {_SCANS}")
        return bytes_


def _csv(csv: CsvText) -> str:
    types = ", ".join(f"'c{n}': 'VARCHAR'" for n in range(len(csv.header)))
    return (
        f"read_csv({text(str(csv.path))}, auto_detect = false, header = true, delim = {text(csv.separator)}, "
        f"quote = '\"', escape = '\"', columns = {{{types}}}, "
        f"store_rejects = true, rejects_table = '{_REJECTS}', rejects_scan = '{_SCANS}')"
    )


def _typed(column: str, kind: str) -> FileColumn:
    """A Parquet column as text: floating-point numbers to four places, moments in UTC."""
    here = name(column)
    if kind in ("FLOAT", "DOUBLE"):
        return FileColumn(column, f"CAST(TRY_CAST({here} AS DECIMAL(18, 4)) AS VARCHAR)")
    if kind.startswith("TIMESTAMP WITH"):
        return FileColumn(column, f"CAST({here} AT TIME ZONE 'UTC' AS VARCHAR)", iso=True)
    iso = kind == "DATE" or kind.startswith("TIMESTAMP")
    return FileColumn(column, f"CAST({here} AS VARCHAR)", iso, kind == "BOOLEAN")


def _broken(shown: str) -> Problem:
    """The message for a file that stops making sense. DuckDB's own would quote rows."""
    if shown.lower().endswith(".parquet"):
        found, expected = "no whole Parquet file: cut short or damaged", "copy it again, and compare the sizes"
    else:
        found, expected = "text that cannot be taken apart into columns", "save it as CSV, quoting what holds a comma"
    return Problem(file=shown, where="the file", found=found, expected=expected)
