"""Windows of hours: rows that are in the window for certain, and rows that may be, for want of a time of day."""

from sqlglot import exp

from obc.domain.core.kernel.period import Duration
from obc.domain.measurement.indicators.conditions import Count
from obc.engine.indicators.clocks import Clock
from obc.engine.indicators.expressions import (
    Expression,
    all_of,
    any_of,
    case,
    column,
    compare,
    either,
    hours_after,
    is_empty,
    is_there,
    moment,
    negated,
    plus,
    shifted,
    total,
    whole,
)
from obc.engine.indicators.filters import CodeLists, passes
from obc.engine.indicators.masks import Truth
from obc.engine.indicators.scans import ROW, Scan

DAY = Duration(days=1)


def counted_in_hours(leaf: Count, clock: Clock, scan: Scan, lists: CodeLists) -> Truth:
    """Yes (or no) where it is so whether the rows that may be in the window are in it or not."""
    scan.of_any_day()
    began, happened = column("moment", "a"), column("happened_at", ROW)
    first, last = leaf.between.first.offset.hours, leaf.between.last.offset.hours
    kept = passes(leaf.where, ROW, lists)
    placed = all_of([is_there(began), is_there(happened)])
    inside = all_of(
        [
            compare(exp.GTE, happened, hours_after(began, first)),
            compare(exp.LTE, happened, hours_after(began, last)),
        ]
    )
    sure = either(scan.ask(total(case(all_of([*kept, placed, inside]), whole(1), whole(0))), of=kept), whole(0))
    possible = all_of([*kept, negated(placed), _not_before(first), _not_after(last)])
    perhaps = either(scan.ask(total(case(possible, whole(1), whole(0))), of=kept), whole(0))
    at_most = plus([sure, perhaps])
    least, most = leaf.bounds
    yes = [compare(exp.GTE, sure, whole(least))]
    no = [compare(exp.LT, at_most, whole(least))]
    if most is not None:
        yes.append(compare(exp.LTE, at_most, whole(most)))
        no.append(compare(exp.GT, sure, whole(most)))
    return Truth(case(all_of(yes), clock.full, whole(0)), case(any_of(no), clock.full, whole(0)))


def _not_before(hours: int) -> Expression:
    """Whether the latest moment of the row is not before the earliest at which the window can open."""
    opens = hours_after(either(column("moment", "a"), moment(column("day", "a"))), hours)
    happened, whole_day = column("happened_at", ROW), column("happened", ROW)
    by_day = compare(exp.GT, moment(shifted(whole_day, DAY)), opens)
    return any_of([all_of([is_empty(happened), by_day]), compare(exp.GTE, happened, opens)])


def _not_after(hours: int) -> Expression:
    """Whether the earliest moment of the row is not after the latest at which the window can close."""
    happened = either(column("happened_at", ROW), moment(column("happened", ROW)))
    began = column("moment", "a")
    by_day = compare(exp.LT, happened, hours_after(moment(shifted(column("day", "a"), DAY)), hours))
    by_moment = compare(exp.LTE, happened, hours_after(began, hours))
    return any_of([all_of([is_empty(began), by_day]), by_moment])
