"""Person-time: the days that people spend in segments, and the events that happen to them then."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from sqlglot import exp

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.definition import Events, IndicatorDefinition
from obc.domain.measurement.indicators.general_population import BAND, GeneralPopulation, expected_deaths
from obc.domain.measurement.indicators.tally import Cell, Tally
from obc.engine.indicators.anchors import MEMBERS, Bucket
from obc.engine.indicators.cells import Place
from obc.engine.indicators.columns import Columns
from obc.engine.indicators.expressions import (
    FAR,
    Expression,
    all_of,
    between,
    case,
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

FIRST, LAST = column("first_day", "s"), column("last_day", "s")
BY = ("segment", "provider")


def stays(bucket: Bucket) -> exp.Select:
    """The memberships, ended by death: `person_id, segment, provider, first_day, last_day`."""
    left_on = either(column("left_on", "m"), day(FAR))
    died = either(column("happened", "d"), day(FAR))
    same = compare(exp.EQ, column("person_id", "d"), column("person_id", "m"))
    query = exp.select(
        *[column(name, "m") for name in ("person_id", *BY)],
        named(column("joined", "m"), "first_day"),
        named(earlier(left_on, died), "last_day"),
    ).from_(exp.to_table(MEMBERS, alias="m"))
    query = query.join(exp.to_table("deaths", alias="d"), on=same, join_type="left")
    lived = compare(exp.LTE, column("joined", "m"), earlier(left_on, died))  # nobody joins after death
    inside = bucket("m")
    return query.where(all_of([lived] if inside is None else [lived, inside]))


def _days_in(first: Expression, last: Expression) -> Expression:
    """How many days of the stay lie between the two, both included."""
    stay = minus(day_number(earlier(LAST, last)), day_number(later(FIRST, first)))
    overlap = all_of([compare(exp.LTE, FIRST, last), compare(exp.GTE, LAST, first)])
    return case(overlap, plus([stay, whole(1)]), whole(0))


def _by(*names: str) -> list[Expression]:
    return [column(name, "s") for name in (*BY, *names)]


class PersonDays:
    """The days of all periods by segment and provider: the denominator of every rate."""

    name = "person-time"

    def __init__(self, rates: Sequence[tuple[int, IndicatorDefinition]], periods: Sequence[Period]):
        self.rates, self.periods = rates, tuple(periods)

    def query(self, bucket: Bucket) -> exp.Select:
        """One sum a period."""
        days = [
            named(total(_days_in(day(period.start), day(period.end))), f"days_{k}")
            for k, period in enumerate(self.periods)
        ]
        query = exp.select(*_by(), *days).from_(exp.to_table("stays", alias="s")).group_by(*_by())
        return query.with_("stays", as_=stays(bucket))

    def read(self, row: Sequence[Any]) -> Iterator[tuple[Place, Cell, Tally]]:
        """The same days for every rate."""
        segment, provider, *days = row
        for k, spent in enumerate(days):
            for place, _ in self.rates:
                if spent:
                    yield (place, k), (segment, provider), Tally(denominator=Decimal(spent))


class EventCounts:
    """The events of all periods that one table holds, for the rates that count its rows."""

    def __init__(
        self,
        table: str,
        rates: Sequence[tuple[int, IndicatorDefinition, Events]],
        periods: Sequence[Period],
        lists: CodeLists,
    ):
        self.table, self.rates, self.periods, self.lists = table, rates, tuple(periods), lists
        self.name = ", ".join(definition.id for _, definition, _ in rates)

    def query(self, bucket: Bucket) -> exp.Select:
        """Events on days of a stay; of those counted once, the first."""
        return self._once(bucket) if self.rates[0][2].once else self._each(bucket)

    def read(self, row: Sequence[Any]) -> Iterator[tuple[Place, Cell, Tally]]:
        """The events of each rate and period."""
        segment, provider, *counts = row
        for n, count in enumerate(counts):
            which, k = divmod(n, len(self.periods))
            if count:
                yield (self.rates[which][0], k), (segment, provider), Tally(Decimal(count))

    def _happening(self, events: Events, period: Period) -> Expression:
        inside = between(column("happened", "t"), day(period.start), day(period.end))
        return all_of([*passes(events.where, "t", self.lists), inside])

    def _joined(self, query: exp.Select, bucket: Bucket) -> exp.Select:
        """Rows joined with the stay on whose days they happened."""
        rows = exp.to_table(self.table, alias="t")
        inside = bucket("t")
        kept = [
            compare(exp.EQ, column("person_id", "t"), column("person_id", "s")),
            between(column("happened", "t"), FIRST, LAST),
            between(
                column("happened", "t"),
                day(min(period.start for period in self.periods)),
                day(max(period.end for period in self.periods)),
            ),
        ]
        query = query.from_(exp.to_table("stays", alias="s")).join(rows, on=all_of(kept))
        return query if inside is None else query.where(inside)

    def _each(self, bucket: Bucket) -> exp.Select:
        counts = [
            total(case(self._happening(events, period), whole(1), whole(0)))
            for _, _, events in self.rates
            for period in self.periods
        ]
        selected = [named(count, f"events_{n}") for n, count in enumerate(counts)]
        query = self._joined(exp.select(*_by(), *selected), bucket).group_by(*_by())
        return query.with_("stays", as_=stays(bucket))

    def _once(self, bucket: Bucket) -> exp.Select:
        firsts = Columns("first_")
        for _, _, events in self.rates:
            for period in self.periods:
                firsts.place(case(self._happening(events, period), column("happened", "t")))
        person = column("person_id", "s")
        selected = [named(least(value), f"first_{n}") for n, value in firsts.values.values()]
        first = self._joined(exp.select(person, *selected), bucket).group_by(person.copy())
        counts = []
        for n, (_, _, events) in enumerate(self.rates):
            for k, period in enumerate(self.periods):
                happened = firsts.ask(case(self._happening(events, period), column("happened", "t")), "f")
                on_stay = case(between(happened, FIRST, LAST), whole(1), whole(0))
                counts.append(named(total(on_stay), f"events_{n * len(self.periods) + k}"))
        same = compare(exp.EQ, column("person_id", "f"), person)
        query = exp.select(*_by(), *counts).from_(exp.to_table("stays", alias="s"))
        query = query.join(exp.to_table("firsts", alias="f"), on=same).group_by(*_by())
        return query.with_("stays", as_=stays(bucket)).with_("firsts", as_=first)


class ExpectedDeaths:
    """Person-days by age band and sex, and the deaths that the general population's rates would bring."""

    name = "comparison with the general population"

    def __init__(
        self,
        rates: Sequence[tuple[int, IndicatorDefinition]],
        periods: Sequence[Period],
        population: GeneralPopulation | None,
    ):
        self.rates, self.periods, self.population = rates, tuple(periods), population

    def query(self, bucket: Bucket) -> exp.Select:
        """Days by period, segment, provider, sex and age band at the start of the period, or of the stay."""
        starts, ends = column("period_start", "p"), column("period_end", "p")
        spans = [(k, period.start, period.end) for k, period in enumerate(self.periods)]
        periods = exp.values(spans, alias="p", columns=["period", "period_start", "period_end"])
        overlap = all_of([compare(exp.LTE, FIRST, ends), compare(exp.GTE, LAST, starts)])
        lived = minus(year_month_day(later(FIRST, starts)), year_month_day(column("birth_date", "q")))
        bands = exp.Floor(this=exp.Div(this=exp.Paren(this=lived), expression=whole(BAND * 10_000)))
        age = exp.cast(times(bands, whole(BAND)), "INT")
        same = compare(exp.EQ, column("person_id", "q"), column("person_id", "s"))
        rows = exp.select(
            *_by(), column("period", "p"), column("sex", "q"), named(age, "age"), named(_days_in(starts, ends), "days")
        ).from_(exp.to_table("stays", alias="s"))
        rows = rows.join(periods, on=overlap).join(exp.to_table("people", alias="q"), on=same, join_type="left")
        keys = [column(name, "r") for name in (*BY, "period", "sex", "age")]
        query = exp.select(*keys, named(total(column("days", "r")), "days")).from_(rows.subquery("r"))
        query = query.group_by(*[key.copy() for key in keys])
        return query.with_("stays", as_=stays(bucket))

    def read(self, row: Sequence[Any]) -> Iterator[tuple[Place, Cell, Tally]]:
        """The expected deaths of one stratum."""
        segment, provider, k, sex, age, days = row
        expected = None if age is None else expected_deaths(self.population, self.periods[k], sex, age, int(days))
        for place, _ in self.rates:
            yield (place, k), (segment, provider), Tally(expected=expected)
