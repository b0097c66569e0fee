"""Reach: the days whose records a definition may look at in a period, table by table."""

from datetime import date

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.conditions import Alive, Change, Count, Latest, Leaf, OpenOn, leaves
from obc.domain.measurement.indicators.definition import CohortAnchor, EventAnchor, IndicatorDefinition, Score
from obc.domain.measurement.indicators.needs import tables_of
from obc.domain.measurement.indicators.windows import Point

Span = tuple[date, date]
"""First and last day, both included."""


def reach_of(definition: IndicatorDefinition, period: Period) -> dict[str, Span | None]:
    """For each table without which the definition has no value, the days that matter; None where all of it does.

    An interval that is open on a day (a referral, a spell) may have begun long before: its table is looked at on the
    days themselves, when it is still being recorded.
    """
    first, last = _anchors(definition, period)
    spans: dict[str, Span] = {}

    def add(table: str, earliest: Point, latest: Point) -> None:
        begin, end = earliest.day(first, period), latest.day(last, period)
        known = spans.get(table, (begin, end))
        spans[table] = min(begin, known[0]), max(end, known[1])

    for leaf in (leaf for condition in definition.conditions for leaf in leaves(condition)):
        for table, earliest, latest in _asked(leaf):
            add(table, earliest, latest)
    if isinstance(definition.value, Score):
        add(definition.value.table, definition.value.between.first, definition.value.between.last)
    if isinstance(definition.denominator, EventAnchor):
        add(definition.denominator.event, Point(), Point())
    if definition.events:
        spans[definition.events.events] = spans["deaths"] = first, last
    return {table: spans.get(table) for table in sorted(tables_of(definition))}


def _anchors(definition: IndicatorDefinition, period: Period) -> Span:
    """The first and the last day on which an anchor of the period may lie."""
    match definition.denominator:
        case EventAnchor() as event:
            return event.days(period)
        case CohortAnchor() as cohort:
            day = period.start if cohort.cohort == "period start" else period.end
            return day, day
        case _:
            return period.start, period.end


def _asked(leaf: Leaf) -> list[tuple[str, Point, Point]]:
    match leaf:
        case Latest() | Count():
            return [(leaf.table, leaf.between.first, leaf.between.last)]
        case Change():
            return [(leaf.table, window.first, window.last) for window in (leaf.first, leaf.last)]
        case OpenOn():
            return [(leaf.table, leaf.since or leaf.on, leaf.on)]
        case Alive():
            return [("deaths", Point(), leaf.alive)]
        case _:
            return []
