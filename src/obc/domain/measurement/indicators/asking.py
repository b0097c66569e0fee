"""Asking: the answer of one unit's records to one condition, slow and obvious, with what it was read from.

This is what a definition means. Engines must agree with it on every count.
"""

from datetime import date, datetime, time, timedelta

from obc.domain.measurement.indicators.answers import Answer, every, some
from obc.domain.measurement.indicators.assessments import change_of
from obc.domain.measurement.indicators.case import Case
from obc.domain.measurement.indicators.conditions import (
    Age,
    Alive,
    AllOf,
    AnyOf,
    Change,
    Condition,
    Count,
    Latest,
    Not,
    OpenOn,
    Own,
)
from obc.domain.measurement.indicators.factors import age_on
from obc.domain.measurement.indicators.findings import Finding
from obc.domain.measurement.indicators.person import Row
from obc.domain.measurement.indicators.phrases import Speech, in_words, on_day
from obc.domain.measurement.indicators.windows import Window


def ask(condition: Condition, case: Case) -> Finding:
    """The answer to a condition, and why."""
    parts: tuple[Finding, ...] = ()
    because: tuple[str, ...] = ()
    match condition:
        case AllOf():
            parts = tuple(ask(part, case) for part in condition.all)
            answer = every(part.answer for part in parts)
        case AnyOf():
            parts = tuple(ask(part, case) for part in condition.any)
            answer = some(part.answer for part in parts)
        case Not():
            parts = (ask(condition.not_, case),)
            answer = parts[0].answer.opposite
        case Latest():
            answer, because = _latest(condition, case)
        case Count():
            answer, because = _count(condition, case)
        case Change():
            answer, because = change_of(condition, case)
        case Own():
            answer, because = _own(condition, case)
        case Age():
            answer, because = _age(condition, case)
        case Alive():
            answer, because = _alive(condition, case)
        case OpenOn():
            answer, because = _open(condition, case)
    return Finding(
        asked=in_words(condition, Speech(case.lists, case.unit, case.anchor_name)),
        answer=answer,
        because=because,
        parts=parts,
    )


def _latest(condition: Latest, case: Case) -> tuple[Answer, tuple[str, ...]]:
    rows = [
        row
        for row in case.rows(condition.table, condition.of_the, condition.where)
        if row.get(condition.column) is not None and case.within(row["happened"], condition.between)
    ]
    if not rows:
        return Answer.UNKNOWN, (f"no record {_window(condition.between, case)}",)
    last = [row for row in rows if row["happened"] == rows[-1]["happened"]]
    held = [case.holds(row, condition.column, condition.has) for row in last]
    yes = any(held) if condition.ties == "yes wins" else all(held)
    return Answer.of(yes), tuple(
        f"{on_day(row['happened'])}: {condition.column} {row[condition.column]}" for row in last
    )


def _count(condition: Count, case: Case) -> tuple[Answer, tuple[str, ...]]:
    rows = case.rows(condition.table, condition.of_the, condition.where)
    if condition.between.in_hours:
        sure = [row for row in rows if _surely(row, condition.between, case)]
        perhaps = [row for row in rows if row not in sure and _perhaps(row, condition.between, case)]
    else:
        sure, perhaps = [row for row in rows if case.within(row["happened"], condition.between)], []
    least, most = condition.bounds
    answers = {
        Answer.of(least <= number and (most is None or number <= most))
        for number in range(len(sure), len(sure) + len(perhaps) + 1)
    }
    said = [f"{_when(row)}: {condition.table}" for row in sure]
    said += [f"{_when(row)}: {condition.table}, perhaps in the window" for row in perhaps]
    if case.moment is None and condition.between.in_hours:
        said.append("the anchor has no time of day")
    because = tuple(said) or (f"no record {_window(condition.between, case)}",)
    return answers.pop() if len(answers) == 1 else Answer.UNKNOWN, because


def _surely(row: Row, window: Window, case: Case) -> bool:
    """Whether the row happened within the hours, where both moments are known."""
    if case.moment is None or row.get("happened_at") is None:
        return False
    first, last = (case.moment + timedelta(hours=point.offset.hours) for point in (window.first, window.last))
    return bool(first <= row["happened_at"] <= last)


def _perhaps(row: Row, window: Window, case: Case) -> bool:
    """Whether there are times of day for those that are missing that put the row within the hours."""
    earliest, latest = _possible(case.anchor, case.moment)
    first, last = _possible(row["happened"], row.get("happened_at"))
    if case.moment is not None and row.get("happened_at") is not None:
        return False
    return last >= earliest + timedelta(hours=window.first.offset.hours) and first <= latest + timedelta(
        hours=window.last.offset.hours
    )


def _possible(day: date, moment: datetime | None) -> tuple[datetime, datetime]:
    """The first and the last moment at which it can have happened, to the microsecond."""
    if moment is not None:
        return moment, moment
    return datetime.combine(day, time.min), datetime.combine(day, time.max)


def _own(condition: Own, case: Case) -> tuple[Answer, tuple[str, ...]]:
    row = case.row or {}
    if row.get(condition.own) is None:
        return Answer.UNKNOWN, (f"{condition.own} is empty",)
    return Answer.of(case.holds(row, condition.own, condition.has)), (f"{condition.own} {row[condition.own]}",)


def _age(condition: Age, case: Case) -> tuple[Answer, tuple[str, ...]]:
    people = case.records.rows("people")
    if not people:
        return Answer.UNKNOWN, ("no birth date",)
    age = age_on(people[0]["birth_date"], case.day(condition.at))
    youngest, oldest = condition.age
    return Answer.of(youngest <= age <= oldest), (f"aged {age} on {on_day(case.day(condition.at))}",)


def _alive(condition: Alive, case: Case) -> tuple[Answer, tuple[str, ...]]:
    died = case.records.died
    if died is None:
        return Answer.YES, ("no death recorded",)
    return Answer.of(died > case.day(condition.alive)), (f"died on {on_day(died)}",)


def _open(condition: OpenOn, case: Case) -> tuple[Answer, tuple[str, ...]]:
    day = case.day(condition.on)
    begun = day if condition.since is None else min(day, case.day(condition.since))
    rows = [
        row
        for row in case.rows(condition.table, condition.of_the, condition.where)
        if row["happened"] <= begun and (row.get(condition.ends) is None or row[condition.ends] > day)
    ]
    said = tuple(f"open since {on_day(row['happened'])}" for row in rows)
    return Answer.of(bool(rows)), said or (f"none open on {on_day(day)}",)


def _window(window: Window, case: Case) -> str:
    if window.in_hours:
        return f"between {window.first} and {window.last}"
    return f"from {on_day(case.day(window.first))} to {on_day(case.day(window.last))}"


def _when(row: Row) -> str:
    moment = row.get("happened_at")
    return on_day(row["happened"]) + (f" {moment:%H:%M}" if moment else "")
