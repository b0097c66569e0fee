"""Scored assessments: the items of one day, their total, and how totals change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from obc.domain.core.kernel.problem import wrong
from obc.domain.measurement.indicators.answers import Answer
from obc.domain.measurement.indicators.case import Case, CodeLists
from obc.domain.measurement.indicators.conditions import Change, Choice
from obc.domain.measurement.indicators.definition import Score
from obc.domain.measurement.indicators.person import Row
from obc.domain.measurement.indicators.phrases import on_day
from obc.domain.measurement.records.codes import Codes


@dataclass(frozen=True, slots=True)
class Assessment:
    """All items of one day: the totals of the lower and of the higher score of each item."""

    day: date
    lower: Decimal
    higher: Decimal


def items_of(choice: Choice, lists: CodeLists) -> tuple[str, ...]:
    """The items that a choice stands for. Raises where it holds a range: every item must be named."""
    codes = Codes.of(choice, lists)
    if codes.ranges:
        raise wrong(f"the items {', '.join(choice)}", "name every item: a range of codes cannot be complete")
    return codes.single


def assessments(rows: Iterable[Row], column: str, items: tuple[str, ...]) -> list[Assessment]:
    """The days on which all items have a score, in order."""
    days: dict[date, dict[str, list[Decimal]]] = {}
    for row in rows:
        if row["item"] in items and row.get(column) is not None:
            days.setdefault(row["happened"], {}).setdefault(row["item"], []).append(Decimal(str(row[column])))
    return [
        Assessment(day, sum(map(min, scores.values()), Decimal()), sum(map(max, scores.values()), Decimal()))
        for day, scores in sorted(days.items())
        if len(scores) == len(items)
    ]


def score_of(score: Score, case: Case) -> tuple[Decimal | None, tuple[str, ...]]:
    """The total on the latest day in the window that has all items; None where there is none."""
    column = score.total.partition(".")[2]
    found = [
        assessment
        for assessment in assessments(
            case.rows(score.table, score.of_the, ()), column, items_of(score.items, case.lists)
        )
        if case.within(assessment.day, score.between)
    ]
    if not found:
        return None, ("no complete assessment in the window",)
    total = found[-1].higher if score.ties == "higher" else found[-1].lower
    return total, (f"{on_day(found[-1].day)}: total {total}",)


def change_of(change: Change, case: Case) -> tuple[Answer, tuple[str, ...]]:
    """Whether the last assessment is better than the first by as much as is asked."""
    column = change.change.partition(".")[2]
    found = assessments(case.rows(change.table, change.of_the, ()), column, items_of(change.items, case.lists))
    first = next((a for a in found if case.within(a.day, change.first)), None)
    last = next((a for a in reversed(found) if case.within(a.day, change.last)), None)
    if first is None or last is None:
        return Answer.UNKNOWN, (f"no complete {'first' if first is None else 'last'} assessment",)
    if last.day <= first.day:
        return Answer.UNKNOWN, (f"no assessment after that of {on_day(first.day)}",)
    if change.better == "higher":
        before, after, better_by = first.higher, last.lower, last.lower - first.higher
    else:
        before, after, better_by = first.lower, last.higher, first.lower - last.higher
    said = (f"{on_day(first.day)}: total {before}", f"{on_day(last.day)}: total {after}")
    return Answer.of(better_by >= change.by_at_least), said
