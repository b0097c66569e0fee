"""Person-time: the days that people spend in segments, and the events that happen to them then."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from sqlglot import exp

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.definition import Events, IndicatorDefinition
from obc.domain.measurement.indicators.factors import Levels
from obc.domain.measurement.indicators.general_population import BAND, GeneralPopulation, expected_deaths
from obc.domain.measurement.indicators.tally import Cell, Tally
from obc.engine.indicators.anchors import MEMBERS
from obc.engine.indicators.buckets import Bucket
from obc.engine.indicators.cells import Place
from obc.engine.indicators.columns import Columns
from obc.engine.indicators.expressions import (
    FAR,
    Expression,
    all_of,
    between,
    case,
    cast,
    column,
    compare,
    day,
    day_number,
    earlier,
    either,
    later,
    least,
    minus,
    named,
    plus,
    times,
    total,
    whole,
    year_month_day,
)
from obc.engine.indicators.filters import CodeLists, passes
from obc.engine.indicators.queries import Join, columns, equal, part, select, table, with_parts

FIRST, LAST = column("first_day", "s"), column("last_day", "s")
BY = ("segment", "provider")


def stays(bucket: Bucket) -> exp.Select:
    """The memberships, ended by death: `person_id, segment, provider, first_day, last_day`."""
    left_on = either(column("left_on", "m"), day(FAR))
    died = either(column("happened", "d"), day(FAR))
    values = [
        *columns(["person_id", *BY], "m"),
        named(column("joined", "m"), "first_day"),
        named(earlier(left_on, died), "last_day"),
    ]
    deaths = Join(table("deaths", "d"), equal(["person_id"], "d", "m"), "left")
    lived = compare(exp.LTE, column("joined", "m"), earlier(left_on, died))  # nobody joins after death
    return select(values, table(MEMBERS, "m"), joins=[deaths], where=[lived, bucket("m")])


def _days_in(first: Expression, last: Expression) -> Expression:
    """How many days of the stay lie between the two, both included."""
    stay = minus(day_number(earlier(LAST, last)), day_number(later(FIRST, first)))
    overlap = all_of([compare(exp.LTE, FIRST, last), compare(exp.GTE, LAST, first)])
    return case(overlap, plus([stay, whole(1)]), whole(0))


def _by() -> list[Expression]:
    return columns(BY, "s")


class PersonDays:
    """The days of all periods by segment and provider: the denominator of every rate."""

    name = "person-time"
    width = 0

    def __init__(self, rates: Sequence[tuple[int, IndicatorDefinition]], periods: Sequence[Period]):
        self.rates, self.periods = rates, tuple(periods)

    def query(self, bucket: Bucket) -> exp.Select:
        """One sum a period."""
        days = [
            named(total(_days_in(day(period.start), day(period.end))), f"days_{k}")
            for k, period in enumerate(self.periods)
        ]
        query = select([*_by(), *days], table("stays", "s"), by=_by())
        return with_parts(query, [("stays", stays(bucket))])

    def read(self, row: Sequence[Any]) -> Iterator[tuple[Place, Cell, Levels, Tally]]:
        """The same days for every rate."""
        segment, provider, *days = row
        for k, spent in enumerate(days):
            for place, _ in self.rates:
                if spent:
                    yield (place, k), (segment, provider), (), Tally(denominator=Decimal(spent))


class EventCounts:
    """The events of all periods that one table holds, for the rates that count its rows."""

    def __init__(
        self,
        name: str,
        rates: Sequence[tuple[int, IndicatorDefinition, Events]],
        periods: Sequence[Period],
        lists: CodeLists,
    ):
        self.table, self.rates, self.periods, self.lists = name, rates, tuple(periods), lists
        self.name = ", ".join(definition.id for _, definition, _ in rates)
        self.width = len(rates) * len(self.periods) if rates[0][2].once else 0

    def query(self, bucket: Bucket) -> exp.Select:
        """Events on days of a stay; of those counted once, the first."""
        return self._once(bucket) if self.rates[0][2].once else self._each(bucket)

    def read(self, row: Sequence[Any]) -> Iterator[tuple[Place, Cell, Levels, Tally]]:
        """The events of each rate and period."""
        segment, provider, *counts = row
        for n, count in enumerate(counts):
            which, k = divmod(n, len(self.periods))
            if count:
                yield (self.rates[which][0], k), (segment, provider), (), Tally(Decimal(count))

    def _happening(self, events: Events, period: Period) -> Expression:
        inside = between(column("happened", "t"), day(period.start), day(period.end))
        return all_of([*passes(events.where, "t", self.lists), inside])

    def _counted(self, values: list[Expression], by: list[Expression], bucket: Bucket) -> exp.Select:
        """Sums over the rows that happened on a day of a stay."""
        first, last = min(p.start for p in self.periods), max(p.end for p in self.periods)
        happened = column("happened", "t")
        same = [equal(["person_id"], "t", "s"), between(happened, FIRST, LAST)]
        inside = between(happened, day(first), day(last))
        joins = [Join(table(self.table, "t"), all_of([*same, inside]))]
        return select([*by, *values], table("stays", "s"), joins=joins, where=[bucket("t")], by=by)

    def _each(self, bucket: Bucket) -> exp.Select:
        counts = [
            total(case(self._happening(events, period), whole(1), whole(0)))
            for _, _, events in self.rates
            for period in self.periods
        ]
        query = self._counted([named(count, f"events_{n}") for n, count in enumerate(counts)], _by(), bucket)
        return with_parts(query, [("stays", stays(bucket))])

    def _once(self, bucket: Bucket) -> exp.Select:
        """The first event of each person and period, counted in the stay in which it happened."""
        firsts, counts = Columns("first_"), []
        for _, _, events in self.rates:
            for period in self.periods:
                first = firsts.ask(least(case(self._happening(events, period), column("happened", "t"))), "f")
                on_stay = total(case(between(first, FIRST, LAST), whole(1), whole(0)))
                counts.append(named(on_stay, f"events_{len(counts)}"))
        joins = [Join(table("firsts", "f"), equal(["person_id"], "f", "s"))]
        query = select([*_by(), *counts], table("stays", "s"), joins=joins, by=_by())
        people = self._counted(firsts.selected, [column("person_id", "s")], bucket)
        return with_parts(query, [("stays", stays(bucket)), ("firsts", people)])


class ExpectedDeaths:
    """Person-days by age band and sex, and the deaths that the general population's rates would bring."""

    name = "comparison with the general population"
    width = 0

    def __init__(
        self,
        rates: Sequence[tuple[int, IndicatorDefinition]],
        periods: Sequence[Period],
        population: GeneralPopulation | None,
    ):
        self.rates, self.periods, self.population = rates, tuple(periods), population
        self._yearly: dict[tuple[int, str | None, int], Decimal | None] = {}

    def query(self, bucket: Bucket) -> exp.Select:
        """Days by period, segment, provider, sex and age band at the start of the period, or of the stay."""
        starts, ends = column("period_start", "p"), column("period_end", "p")
        spans = [(k, period.start, period.end) for k, period in enumerate(self.periods)]
        periods = exp.values(spans, alias="p", columns=["period", "period_start", "period_end"])
        overlap = all_of([compare(exp.LTE, FIRST, ends), compare(exp.GTE, LAST, starts)])
        lived = minus(year_month_day(later(FIRST, starts)), year_month_day(column("birth_date", "q")))
        bands = exp.Floor(this=exp.Div(this=exp.Paren(this=lived), expression=whole(BAND * 10_000)))
        age = cast(times(bands, whole(BAND)), exp.DataType.build("INT"))
        values = [*_by(), column("period", "p"), column("sex", "q"), named(age, "age")]
        joins = [Join(periods, overlap), Join(table("people", "q"), equal(["person_id"], "q", "s"), "left")]
        rows = select([*values, named(_days_in(starts, ends), "days")], table("stays", "s"), joins=joins)
        keys = columns([*BY, "period", "sex", "age"], "r")
        query = select([*keys, named(total(column("days", "r")), "days")], part(rows, "r"), by=keys)
        return with_parts(query, [("stays", stays(bucket))])

    def read(self, row: Sequence[Any]) -> Iterator[tuple[Place, Cell, Levels, Tally]]:
        """The expected deaths of one stratum."""
        segment, provider, k, sex, age, days = row
        stratum = k, sex, age
        if stratum not in self._yearly:
            known = self.population is not None and age is not None
            self._yearly[stratum] = self.population.rate(self.periods[k], sex, age) if known else None
        expected = expected_deaths(self._yearly[stratum], int(days))
        for place, _ in self.rates:
            yield (place, k), (segment, provider), (), Tally(expected=expected)
