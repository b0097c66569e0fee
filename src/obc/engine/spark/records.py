"""Records on Spark: read once, then segmented and measured, with the same figures as on one machine."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from pyspark.sql import SparkSession

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.records.codes import CodeList
from obc.domain.measurement.records.report import RecordsReport
from obc.domain.measurement.records.tables import TABLES
from obc.domain.measurement.segmentation.membership import SegmentCounts
from obc.domain.measurement.segmentation.segmentation import Segmentation
from obc.engine.dialects.rendering import translated
from obc.engine.indicators.measure import strata_of, values_of
from obc.engine.records.nhs_numbers import refuse_nhs_numbers
from obc.engine.segmentation.assign import decided, decisions, members
from obc.engine.segmentation.counts import counted_by
from obc.engine.session import Measurement
from obc.engine.spark.ours import OurSpark
from obc.engine.spark.reading import Reading
from obc.engine.spark.sums import spark_sums
from obc.engine.spark.tables import Where, find_tables, stop_if_unusable

Progress = Callable[[int, int], None]


class SparkRecords:
    """The logical tables as views of a Spark session of our own."""

    def __init__(self, ours: OurSpark, report: RecordsReport, lists: Mapping[str, CodeList]):
        self.ours, self.report, self.lists = ours, report, lists

    @property
    def records_hash(self) -> str:
        """The same for the same accepted rows, whatever engine read them."""
        return self.report.records_hash

    def last_day(self) -> date | None:
        """The latest day on which anything happened to anybody; None of no records."""
        happened = [table.name for table in TABLES if table.has("happened")]
        days = " UNION ALL ".join(f"SELECT max(happened) AS day FROM {name}" for name in happened)
        ((day,),) = self.ours.rows(f"SELECT max(day) FROM ({days})", "last day")
        return day

    def segment(self, segmentation: Segmentation, until: date) -> SegmentCounts:
        """Assign everybody to scope and segments up to `until`."""
        for name, query in (
            ("decided", decided(segmentation, self.lists, until, "TRUE")),
            ("scope_decisions", decisions(segmentation, until)),
            ("memberships", members(segmentation, until)),
        ):
            self.ours.worked_out(name, translated(query, "spark"))
        return counted_by(lambda query: self.ours.rows(query, "segments"), segmentation, until)

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
        sums = spark_sums(self.ours, definitions, self.lists, periods, absent=absent, progress=told)
        values = values_of(sums, definitions, periods, segments=segments, providers=providers, absent=absent)
        return Measurement(values, strata_of(sums, definitions, periods))

    def cancel(self) -> None:
        """Stop what runs; from another thread than the one that measures."""
        self.ours.cancel()


@contextmanager
def on_spark(
    spark: SparkSession,
    where: Where,
    lists: Mapping[str, CodeList],
    known_on: date | None = None,
    nhs_numbers: bool = False,
    at_once: int = 2,
) -> Iterator[SparkRecords]:
    """Read the logical tables of a session. Raises `Problems` where they cannot be measured at all, or where people
    are identified by their NHS numbers and `nhs_numbers` does not allow it.

    The session's own tables, views and settings stay as they are. `at_once`: how many queries run side by side.
    """
    found = find_tables(spark, where)
    stop_if_unusable(found)
    ours = OurSpark(spark, at_once)
    try:
        place = where.name if isinstance(where, Path) else where if isinstance(where, str) else "the session"
        report = Reading(ours, found, lists, known_on).report(place)
        if not nhs_numbers:
            refuse_nhs_numbers(lambda query: ours.rows(translated(query, "spark"), "identifiers")[0], report.absent)
        yield SparkRecords(ours, report, lists)
    finally:
        ours.close()
