"""Read a folder of records into the logical tables, and report everything that is wrong with it, in one go."""

import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb

from obc.domain.core.kernel.problem import Problems
from obc.domain.measurement.records.codes import CodeList
from obc.domain.measurement.records.mapping import RecordMapping
from obc.domain.measurement.records.report import Late, RecordsReport, Silence, TableCount, in_order
from obc.domain.measurement.records.row_quality import FaultyRows, RowQuality
from obc.domain.measurement.records.tables import BY_NAME, TABLES
from obc.engine.records.completeness import completeness, late, silences
from obc.engine.records.extract import Extract, scratch
from obc.engine.records.findings import findings, make_rejected, write_rejected
from obc.engine.records.fingerprint import records_hash
from obc.engine.records.lines import Lines
from obc.engine.records.lookups import make_lookups, wanted_columns
from obc.engine.records.messages import of_fault, of_late, of_silence
from obc.engine.records.row_quality import faulty_rows, row_quality
from obc.engine.records.stage import stage
from obc.engine.records.verdict import accept, judge, make_empty


def read_records(
    folder: Path,
    mapping: RecordMapping,
    connection: duckdb.DuckDBPyConnection,
    lists: Mapping[str, CodeList],
    known_on: date | None = None,
) -> RecordsReport:
    """Make every logical table in `connection`, with good rows only, and a table `rejected` of the others.

    `mapping` has been extended by those that it extends; `lists` are the code lists by id. `known_on` is the day
    on which the records were taken: later dates are errors; without it no date is. A table that the folder does
    not have is made empty and reported as absent. Never raises for what stands in the folder: look at `unusable`
    and `problems` of the report. Not within an open transaction: rows pass through a scratch database on disk.
    """
    _check_lists(lists)
    with scratch(connection):
        return _Reading(folder, mapping, connection, lists, known_on).report()


def check_records(
    folder: Path,
    mapping: RecordMapping,
    lists: Mapping[str, CodeList],
    known_on: date | None = None,
    rejected: Path | None = None,
    memory: str = "3GB",
) -> RecordsReport:
    """Every problem of a folder of records, in a database of its own that is thrown away.

    `rejected`: a CSV file to write, with table, file, line, reason and columns of every row that was set aside.
    """
    with tempfile.TemporaryDirectory(prefix="obc-check-") as own:
        connection = duckdb.connect(str(Path(own) / "records.duckdb"))
        try:
            connection.execute(f"SET memory_limit = '{memory}'")
            report = read_records(folder, mapping, connection, lists, known_on)
            if rejected:
                write_rejected(connection, rejected)
            return report
        finally:
            connection.close()


def _check_lists(lists: Mapping[str, CodeList]) -> None:
    wanted = {column.codes for table in TABLES for column in table.columns if column.codes}
    lacking = sorted(wanted - set(lists))
    if lacking:
        raise KeyError(f"the code lists {', '.join(lacking)}")


class _Reading:
    def __init__(
        self,
        folder: Path,
        mapping: RecordMapping,
        connection: duckdb.DuckDBPyConnection,
        lists: Mapping[str, CodeList],
        known_on: date | None,
    ):
        self.mapping, self.connection, self.lists, self.known_on = mapping, connection, lists, known_on
        self.extract = Extract.of(folder, connection, wanted_columns(mapping))
        self.lines: dict[str, Lines] = {}

    def report(self) -> RecordsReport:
        counts, faults, complete, problems = [], [], [], []
        silent: list[Silence] = []
        sent: list[Late] = []
        quality: list[RowQuality] = []
        places: list[FaultyRows] = []
        unusable = False
        make_rejected(self.connection)
        if not self.extract.found.tables:
            return self._nothing()
        for table in TABLES:
            lookups = make_lookups(self.extract, self.mapping, table)
            staged = stage(self.extract, self.mapping, table, self.lists, lookups, self.known_on)
            problems += staged.problems
            unusable |= staged.unusable
            if not staged.files:
                make_empty(self.connection, table)
                counts.append(TableCount(table=table.name, absent=staged.absent))
                continue
            judge(self.connection, staged)
            accept(self.connection, staged)
            self.lines |= {file.shown: Lines(file) for file in staged.files if file.shown not in self.lines}
            found = findings(self.connection, staged, self.lists, self.lines)
            counts.append(found.count)
            faults += found.faults
            complete += completeness(self.connection, staged)
            silent += silences(self.connection, table, self.known_on)
            sent += late(self.connection, staged, self.mapping.late_after)
            quality += row_quality(self.connection, staged, self.mapping.late_after)
            reasons = [one.reason for one in found.faults]
            places += faulty_rows(self.connection, staged, self.lines, reasons, self.mapping.dates)
        problems += [of_fault(one, BY_NAME[one.table], self.mapping.dates) for one in faults]
        folder = self.extract.found.folder.name
        problems += [of_silence(one, folder) for one in silent if not one.likely]
        problems += [of_late(one, folder, self.mapping.late_after) for one in sent if one.late]
        unread = [problem for problem in self.extract.problems if problem.severity == "error"]
        return RecordsReport(
            mapping=self.mapping.id,
            records_hash=records_hash(self.connection),
            problems=in_order({str(one): one for one in (*self.extract.problems, *problems)}.values()),
            counts=tuple(counts),
            faults=tuple(faults),
            completeness=tuple(complete),
            silences=tuple(silent),
            late=tuple(sent),
            quality=tuple(quality),
            faulty=tuple(places),
            unusable=unusable or bool(unread),
        )

    def _nothing(self) -> RecordsReport:
        for table in TABLES:
            make_empty(self.connection, table)
        return RecordsReport(
            mapping=self.mapping.id,
            records_hash=records_hash(self.connection),
            problems=tuple(self.extract.problems),
            counts=tuple(TableCount(table=table.name, absent=True) for table in TABLES),
            unusable=True,
        )


def stop_if_unusable(report: RecordsReport) -> None:
    """Raises `Problems` with the errors where the records cannot be measured."""
    if report.unusable:
        raise Problems(tuple(problem for problem in report.problems if problem.severity == "error"))
