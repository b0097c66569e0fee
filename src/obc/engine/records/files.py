"""The files of an extract: one a table, or a folder of parts a table; CSV or Parquet."""

from dataclasses import dataclass, field
from pathlib import Path

from obc.domain.core.kernel.problem import Problem

_KINDS = {".csv": "CSV", ".parquet": "Parquet"}
_READ = "a table is one file `Table.csv` or `Table.parquet`, or a folder `Table` of such parts"


@dataclass(frozen=True)
class TableFiles:
    """The files that hold one table of the extract, in the order of their names."""

    name: str
    paths: tuple[Path, ...]


@dataclass
class Found:
    """What a folder holds. Names of tables are compared without regard to capitals."""

    folder: Path
    tables: dict[str, TableFiles] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def table(self, name: str) -> TableFiles | None:
        """The files of that table, if there are any."""
        return self.tables.get(name.casefold())

    def shown(self, path: Path) -> str:
        """A path as people see it: within the folder."""
        return path.relative_to(self.folder).as_posix()

    @property
    def names(self) -> str:
        """The tables that are there, for messages."""
        return ", ".join(sorted(files.name for files in self.tables.values())) or "none"


def find_files(folder: Path) -> Found:
    """Find the tables in a folder. Never raises: what is wrong is among the problems."""
    found = Found(folder)
    if not folder.is_dir():
        found.problems.append(_problem(folder.name, "the folder", "no such folder", "write the folder of the records"))
        return found
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        paths = _parts(path)
        if not paths:
            continue
        key = path.name.casefold() if path.is_dir() else path.stem.casefold()
        if key in found.tables:
            others = ", ".join(map(found.shown, found.tables[key].paths[:1])) or "several files"
            cure = "keep one of them; none is read"
            found.problems.append(_problem(path.name, "the table", f"the same table as in {others}", cure))
            found.tables[key] = TableFiles(found.tables[key].name, ())
            continue
        found.tables[key] = TableFiles(path.name if path.is_dir() else path.stem, paths)
    if not found.tables:
        found.problems.append(_problem(folder.name, "the folder", "no CSV and no Parquet file in it", _READ))
    return found


def _parts(path: Path) -> tuple[Path, ...]:
    if path.is_dir():
        return tuple(sorted(part for part in path.rglob("*") if part.is_file() and part.suffix.lower() in _KINDS))
    return (path,) if path.suffix.lower() in _KINDS else ()


def _problem(file: str, where: str, found: str, expected: str) -> Problem:
    return Problem(file=file, where=where, found=found, expected=expected)
