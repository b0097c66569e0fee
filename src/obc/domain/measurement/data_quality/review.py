"""A review of records that a provider can act on: what falls short, where, and what it costs in evidence."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from obc.domain.core.kernel.period import Period
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.measurement.data_quality.evidence import Judging, Shortfall
from obc.domain.measurement.data_quality.held import Held, RecordsQuality
from obc.domain.measurement.data_quality.rules import MEASURES, EvidenceRules, Measure
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.reach import reach_of
from obc.domain.measurement.indicators.values import ALL
from obc.domain.measurement.records.report import EVERYBODY, FaultCount, Late, RecordsReport, Silence
from obc.domain.measurement.records.row_quality import FaultyRows


class TableQuality(NamedTuple):
    """One provider's table over some months: each measure, what falls short, and the best evidence it bears.

    `state` is None where nothing was judged: no rules, no rows, or too few of them.
    """

    provider: str
    table: str
    first: date | None
    last: date | None
    held: tuple[tuple[Measure, Held], ...]
    short: tuple[Shortfall, ...]
    state: Evidence | None

    def of(self, measure: Measure) -> Held:
        """One measure."""
        return dict(self.held)[measure]


class Cost(NamedTuple):
    """What a shortfall does to an indicator's values of a period: of one provider, or of all together."""

    provider: str
    indicator: str
    period: Period
    state: Evidence
    short: tuple[Shortfall, ...]


class Review(NamedTuple):
    """All of it, over `period`: tables as a whole and month by month, costs, and where to look.

    `known_on`: the day on which the records were taken; without it a table that stopped for all goes unnoticed.
    """

    period: Period
    known_on: date | None
    judged: bool
    tables: tuple[TableQuality, ...]
    months: tuple[TableQuality, ...]
    costs: tuple[Cost, ...]
    faulty: tuple[FaultyRows, ...]
    malformed: tuple[FaultCount, ...]
    silences: tuple[Silence, ...]
    late: tuple[Late, ...]

    @property
    def providers(self) -> tuple[str, ...]:
        """Who sent anything, in the order of their names; `all` stands for tables that name no provider."""
        return tuple(sorted({one.provider for one in self.tables}))


def review(
    report: RecordsReport,
    rules: EvidenceRules | None,
    definitions: Sequence[IndicatorDefinition],
    periods: Sequence[Period],
    period: Period,
    year_of: Callable[[Period], int],
    providers: Sequence[str] = (),
    known_on: date | None = None,
) -> Review:
    """Review the records of a `period` of whole months; `providers` are those to show, all where none is named.

    `periods` are those of the values whose evidence is looked at.
    """
    quality = RecordsQuality(report)
    judging = Judging(rules, quality) if rules else None
    year = year_of(period)
    pairs = [
        (provider, table)
        for table in quality.tables
        for provider in sorted(quality.providers(table))
        if not providers or provider in providers
    ]
    whole = [_looked(quality, judging, rules, provider, table, period, year) for provider, table in pairs]
    tables = tuple(one for one in whole if any(held.of for _, held in one.held))
    months = tuple(_by_month(quality, judging, rules, tables, period, year_of))
    shown = {ALL, *(one.provider for one in tables)}
    costs = _costs(judging, quality, definitions, periods, year_of, sorted(shown)) if judging else ()
    known = {(one.provider, one.table) for one in tables}
    return Review(
        period=period,
        known_on=known_on,
        judged=judging is not None,
        tables=tables,
        months=months,
        costs=tuple(costs),
        faulty=tuple(one for one in report.faulty if _about(one, known, period)),
        malformed=tuple(one for one in report.faults if one.reason == "malformed line"),
        silences=tuple(
            one
            for one in report.silences
            if not one.likely and (one.provider, one.table) in known and one.first_month <= period.end
        ),
        late=tuple(one for one in report.late if one.late and (one.provider, one.table) in known),
    )


def _looked(
    quality: RecordsQuality,
    judging: Judging | None,
    rules: EvidenceRules | None,
    provider: str,
    table: str,
    period: Period,
    year: int,
) -> TableQuality:
    dated = bool(quality.months(table, provider))
    span = (period.start, period.end) if dated else None
    needed = rules.needed_of(table) if rules else ()
    held = tuple((measure, quality.held(measure, table, provider, span, needed)) for measure in MEASURES)
    short = judging.of_table(table, provider, span, year) if judging else ()
    state = None
    if judging and judging.enough(held[0][1], year):
        state = Evidence.weakest(Evidence.FINAL, *(one.state for one in short))
    first, last = span or (None, None)
    return TableQuality(provider, table, first, last, held, short, state)


def _by_month(
    quality: RecordsQuality,
    judging: Judging | None,
    rules: EvidenceRules | None,
    tables: Iterable[TableQuality],
    period: Period,
    year_of: Callable[[Period], int],
) -> Iterator[TableQuality]:
    for month in period.parts(1):
        for one in tables:
            if one.first is not None and month.start in quality.months(one.table, one.provider):
                yield _looked(quality, judging, rules, one.provider, one.table, month, year_of(month))


def _costs(
    judging: Judging,
    quality: RecordsQuality,
    definitions: Sequence[IndicatorDefinition],
    periods: Sequence[Period],
    year_of: Callable[[Period], int],
    providers: Sequence[str],
) -> Iterator[Cost]:
    """What is short for each indicator. A provider is charged with its own tables, and those that name nobody."""
    for definition in definitions:
        for period in periods:
            tables = reach_of(definition, period)
            for provider in providers:
                own = {
                    table for table in tables if provider == ALL or {provider, EVERYBODY} & {*quality.providers(table)}
                }
                short = [
                    one for one in judging.shortfalls(definition, provider, period, year_of(period)) if one.table in own
                ]
                if short:
                    state = Evidence.weakest(*(one.state for one in short))
                    yield Cost(provider, definition.id, period, state, tuple(short))


def _about(rows: FaultyRows, known: set[tuple[str, str]], period: Period) -> bool:
    """Whether the rows are of a provider and table that are shown, and any of them of the period or of no known day."""
    first, last = rows.first_month, rows.last_month
    within = first is None or last is None or (first <= period.end and last >= period.start)
    return within and (rows.provider, rows.table) in known
