"""Scored assessments: the total of the first or last complete day, as extremes of (day, total)."""

from sqlglot import exp

from obc.domain.measurement.indicators.assessments import items_of
from obc.domain.measurement.indicators.conditions import Change
from obc.domain.measurement.indicators.definition import Score
from obc.domain.measurement.indicators.windows import Window
from obc.engine.indicators.clocks import Clock, Turn
from obc.engine.indicators.expressions import (
    Expression,
    all_of,
    as_decimal,
    between,
    case,
    column,
    compare,
    day_number,
    greatest,
    is_there,
    least,
    minus,
    plus,
    times,
    whole,
)
from obc.engine.indicators.filters import CodeLists
from obc.engine.indicators.masks import Truth, where
from obc.engine.indicators.scans import ROW, Scan

_A_DAY = whole(10**12)
"""How far apart two days lie once packed: totals of fewer than twelve digits never touch the next day."""


def changed(leaf: Change, clock: Clock, scan: Scan, lists: CodeLists) -> Truth:
    """Whether the last total is better than the first by as much as is asked."""
    items = items_of(leaf.items, lists)
    higher = leaf.better == "higher"
    score = leaf.change.partition(".")[2]
    first_total, last_total = scan.total_of(score, items, higher), scan.total_of(score, items, not higher)
    asked = as_decimal(exp.Literal.number(str(leaf.by_at_least)))
    yes, no = [], []
    for turn in clock.turns:
        first_day, first = _extreme(scan, first_total, leaf.first, turn, last=False)
        last_day, last = _extreme(scan, last_total, leaf.last, turn, last=True)
        gain = minus(last, first) if higher else minus(first, last)
        paired = compare(exp.GT, last_day, first_day)
        yes.append((all_of([paired, compare(exp.GTE, gain, asked)]), turn.bits))
        no.append((all_of([paired, compare(exp.LT, gain, asked)]), turn.bits))
    scan.within(leaf.first, clock)
    scan.within(leaf.last, clock)
    return Truth(where(yes), where(no))


def scores(score: Score, clock: Clock, scan: Scan, lists: CodeLists) -> list[Expression]:
    """The total on the latest complete day, one a turn of the clock; empty where there is none."""
    sum_of_items = scan.total_of(score.total.partition(".")[2], items_of(score.items, lists), score.ties == "higher")
    scan.within(score.between, clock)
    return [_extreme(scan, sum_of_items, score.between, turn, last=True)[1] for turn in clock.turns]


def _extreme(
    scan: Scan, sum_of_items: Expression, window: Window, turn: Turn, last: bool
) -> tuple[Expression, Expression]:
    """The day number and the total of the first or last day in the window that has a total."""
    happened = column("happened", ROW)
    inside = all_of([is_there(sum_of_items), between(happened, turn.place(window.first), turn.place(window.last))])
    pick = greatest if last else least
    number = day_number(happened)
    packed = plus([as_decimal(times(number, _A_DAY), 38), as_decimal(sum_of_items, 38)])
    day = scan.ask(pick(case(inside, number)))
    best = scan.ask(pick(case(inside, packed)))
    return day, as_decimal(minus(best, as_decimal(times(day, _A_DAY), 38)))
