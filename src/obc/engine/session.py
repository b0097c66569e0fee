"""A session over one folder of records: read once, then segmented, measured and asked about people."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.general_population import GeneralPopulation
from obc.domain.measurement.indicators.person import Membership, PersonRecords
from obc.domain.measurement.indicators.strata import Strata
from obc.domain.measurement.indicators.values import IndicatorValue
from obc.domain.measurement.records.codes import CodeList
from obc.domain.measurement.records.mapping import RecordMapping
from obc.domain.measurement.records.report import RecordsReport
from obc.domain.measurement.records.tables import TABLES, Table
from obc.domain.measurement.segmentation.membership import SegmentCounts
from obc.domain.measurement.segmentation.score_grid import ScoreGrid
from obc.domain.measurement.segmentation.segmentation import Segmentation
from obc.engine.indicators.measure import (
    compared_population,
    general_population,
    measurable,
    measure_sums,
    strata_of,
    values_of,
)
from obc.engine.keeping.again import Reuse, tally_again
from obc.engine.keeping.kept import Kept
from obc.engine.records.nhs_numbers import refuse_nhs_numbers
from obc.engine.records.read import read_records, stop_if_unusable
from obc.engine.segmentation.agreement import GridAgreement, agreement
from obc.engine.segmentation.assign import assign

MEMORY = "3GB"
"""What DuckDB may use; the process stays under 4 GB."""

Progress = Callable[[int, int], None]


class Measurement(NamedTuple):
    """What one pass over the records comes to. `strata`: the counts of the definitions that are adjusted."""

    values: tuple[IndicatorValue, ...]
    strata: Strata


class Session:
    """Records in a database of their own, which is thrown away when the session ends."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        report: RecordsReport,
        lists: Mapping[str, CodeList],
        kept: Kept | None = None,
    ):
        """`kept`: where sums are kept from run to run."""
        self.connection, self.report, self.lists, self.kept = connection, report, lists, kept
        self.reuse: Reuse | None = None

    @property
    def records_hash(self) -> str:
        """The same for the same accepted rows."""
        return self.report.records_hash

    def last_day(self) -> date | None:
        """The latest day on which anything happened to anybody; None of no records."""
        days = [
            self.connection.execute(f"SELECT max(happened) FROM {table.name}").fetchall()[0][0]
            for table in TABLES
            if table.has("happened")
        ]
        return max(filter(None, days), default=None)

    def segment(self, segmentation: Segmentation, until: date) -> SegmentCounts:
        """Assign everybody to scope and segments up to `until`."""
        return assign(self.connection, segmentation, self.lists, until)

    def measure(
        self,
        definitions: Sequence[IndicatorDefinition],
        periods: Sequence[Period],
        segments: Sequence[str],
        providers: Sequence[str],
        progress: Progress | None = None,
    ) -> Measurement:
        """Every indicator, period, segment and provider. Segment first."""
        absent = frozenset(self.report.absent)
        told = (lambda share, _: progress(int(share * 100), 100)) if progress else None
        if self.kept:
            asked = measurable(definitions, absent)
            population = compared_population(self.connection, asked, absent)
            sums, self.reuse = tally_again(
                self.connection, asked, self.lists, periods, population, self.kept, progress=told
            )
        else:
            sums = measure_sums(self.connection, definitions, self.lists, periods, absent=absent, progress=told)
        values = values_of(sums, definitions, periods, segments=segments, providers=providers, absent=absent)
        return Measurement(values, strata_of(sums, definitions, periods))

    def clusters_against(self, grid: ScoreGrid) -> GridAgreement:
        """How the recorded clusters agree with a score grid."""
        return agreement(self.connection, grid)

    def person(self, person_id: str) -> PersonRecords | None:
        """All rows and memberships of one person; None where the records do not know the person."""
        tables = {table.name: tuple(self._rows(table, person_id)) for table in TABLES if table.has("person_id")}
        if not tables["people"]:
            return None
        stays = self.connection.execute(
            "SELECT segment, provider, joined, left_on FROM memberships WHERE person_id = ? ORDER BY joined",
            [person_id],
        ).fetchall()
        return PersonRecords(person_id, tables, tuple(Membership(*stay) for stay in stays))

    def general_population(self) -> GeneralPopulation:
        """The general population that deaths are compared with."""
        return general_population(self.connection)

    def _rows(self, table: Table, person_id: str) -> Iterator[dict[str, Any]]:
        order = ", ".join(table.key)
        found = self.connection.execute(f"SELECT * FROM {table.name} WHERE person_id = ? ORDER BY {order}", [person_id])
        names = [column[0] for column in found.description]
        for row in found.fetchall():
            yield dict(zip(names, row, strict=True))


@contextmanager
def opened(
    folder: Path,
    mapping: RecordMapping,
    lists: Mapping[str, CodeList],
    known_on: date | None = None,
    kept: Kept | None = None,
    nhs_numbers: bool = False,
) -> Iterator[Session]:
    """Read a folder of records. Raises `Problems` where it cannot be measured at all, or people are identified by
    their NHS numbers and `nhs_numbers` does not allow it.
    """
    with tempfile.TemporaryDirectory(prefix="obc-records-") as own:
        connection = duckdb.connect(str(Path(own) / "records.duckdb"))
        try:
            connection.execute(f"SET memory_limit = '{MEMORY}'")
            report = read_records(folder, mapping, connection, lists, known_on)
            stop_if_unusable(report)
            if not nhs_numbers:
                refuse_nhs_numbers(lambda query: connection.execute(query).fetchall()[0], report.absent)
            yield Session(connection, report, lists, kept)
        finally:
            connection.close()
