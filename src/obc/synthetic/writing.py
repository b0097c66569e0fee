"""Write an extract as a folder of files, all or nothing."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import duckdb
import numpy as np

from obc.domain.core.kernel.problem import Problem, Problems
from obc.domain.measurement.records.mapping import RecordMapping
from obc.synthetic.extract import Rows
from obc.synthetic.faults import MONTHS_LATE, Columns
from obc.synthetic.layout import Layout, columns_read, layouts
from obc.synthetic.text import query

Form = Literal["parquet", "csv"]

_OPTIONS = {"parquet": "FORMAT parquet, COMPRESSION zstd", "csv": "FORMAT csv, HEADER"}
_MEMORY = "1GB"


@contextmanager
def folder_in_place(out: Path) -> Iterator[Path]:
    """A new folder beside `out` that becomes `out` when all went well, and is gone when it did not.

    Raises `Problems` where `out` is there already and holds something.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        problem = Problem(
            file=out.name,
            where="the folder to write to",
            found="a file" if not out.is_dir() else "a folder that is not empty",
            expected="name a new or an empty folder; records are never written over others",
        )
        raise Problems((problem,))
    out.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    try:
        yield making
        if out.exists():
            out.rmdir()
        making.chmod(0o755)
        making.rename(out)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise


class Writer:
    """Writes logical tables into a folder. The same rows give the same bytes, whatever the number of threads."""

    def __init__(self, folder: Path, form: Form, mapping: RecordMapping | None):
        self.folder, self.form, self.mapping = folder, form, mapping
        self._connection = duckdb.connect(config={"memory_limit": _MEMORY, "preserve_insertion_order": True})
        self._connection.execute("SET enable_progress_bar = false")

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def write(self, rows: Rows, columns: Columns) -> dict[str, int]:
        """Write one logical table; gives the number of rows by file."""
        late = MONTHS_LATE in columns
        self._connection.register("compact", {name: np.ascontiguousarray(values) for name, values in columns.items()})
        extra = f', "{MONTHS_LATE}"' if late else ""
        logical = query(rows, "compact").replace(" FROM compact", f"{extra} FROM compact")
        self._connection.execute(f"CREATE OR REPLACE TEMP VIEW logical AS {logical}")
        written = {
            layout.name: self._copy(layout)
            for layout in layouts(self.mapping, rows.table, f'"{MONTHS_LATE}"' if late else "0")
        }
        self._connection.unregister("compact")
        return written

    def write_the_rest(self) -> dict[str, int]:
        """Write what the mapping reads and no table gave rows to: files with their columns and nothing else."""
        read = columns_read(self.mapping) if self.mapping else {}
        lacking = [Layout.without_rows(*file) for file in read.items() if not self._path(file[0]).exists()]
        return {layout.name: self._copy(layout, "(SELECT 1)") for layout in lacking}

    def _path(self, file: str) -> Path:
        return self.folder / f"{file}.{self.form}"

    def _copy(self, layout: Layout, relation: str = "logical") -> int:
        """Write one file; gives its rows. Raises `Problems` where another table has written it already."""
        if self._path(layout.name).exists():
            problem = Problem(
                file=self.mapping.id if self.mapping else layout.name,
                where=layout.name,
                found="two logical tables in one file",
                expected="make the records in another layout: this mapping cannot be written backwards",
            )
            raise Problems((problem,))
        path = str(self._path(layout.name)).replace("'", "''")
        sql = f"COPY ({layout.query(relation)}) TO '{path}' ({_OPTIONS[self.form]})"
        return int(self._connection.execute(sql).fetchone()[0])
