"""Phrases: conditions, points in time and codes in plain words."""

from collections.abc import Mapping
from datetime import date

from obc.domain.measurement.indicators.conditions import (
    Age,
    Alive,
    AllOf,
    AnyOf,
    Change,
    Choice,
    Condition,
    Count,
    Filter,
    Latest,
    Not,
    OpenOn,
    Own,
)
from obc.domain.measurement.indicators.windows import Point, Window
from obc.domain.measurement.records.codes import CodeList
from obc.domain.measurement.records.tables import BY_NAME

NOUNS: dict[str, tuple[str, str]] = {
    "people": ("a person", "people"),
    "deaths": ("a death", "deaths"),
    "referrals": ("a referral", "referrals"),
    "contacts": ("a contact", "contacts"),
    "spells": ("a hospital spell", "hospital spells"),
    "diagnoses": ("a diagnosis", "diagnoses"),
    "scores": ("a score", "scores"),
    "clusters": ("a care cluster", "care clusters"),
    "care_programmes": ("a care programme", "care programmes"),
    "reviews": ("a care review", "care reviews"),
    "care_plans": ("a care plan", "care plans"),
    "employment": ("an employment record", "employment records"),
    "accommodation": ("an accommodation record", "accommodation records"),
    "roles": ("a record of a role", "records of roles"),
    "carers": ("a caring relationship", "caring relationships"),
    "carer_assessments": ("an offer of a carer's assessment", "offers of a carer's assessment"),
    "carer_scores": ("a carer's score", "carers' scores"),
    "carer_surveys": ("a carer's answer", "carers' answers"),
    "patient_surveys": ("a patient's answer", "patients' answers"),
    "emergency_attendances": ("an emergency attendance", "emergency attendances"),
    "screenings": ("a physical-health check", "physical-health checks"),
    "activity": ("an activity", "activities"),
}
"""What one row of a table, and several, are called."""


def bare(table: str) -> str:
    """What a row of the table is called, without an article."""
    return NOUNS[table][0].partition(" ")[2]


def on_day(day: date) -> str:
    """A day in words: 3 May 2026."""
    return f"{day:%-d %B %Y}"


def either(items: list[str], word: str = "or") -> str:
    """A list in words: `a, b or c`."""
    return f" {word} ".join(filter(None, [", ".join(items[:-1]), items[-1]]))


def codes_in_words(choice: Choice, lists: Mapping[str, CodeList], column_list: str | None = None) -> str:
    """The titles of code lists; the meanings of single codes, where their column's list is at hand."""
    meanings = (
        {code.code: code.meaning for code in lists[column_list].codes} if column_list and column_list in lists else {}
    )
    names = [lists[name].title if name in lists else meanings.get(name, name) for name in choice]
    return either([f"'{name}'" for name in names])


def filters_in_words(table: str, where: tuple[Filter, ...], lists: Mapping[str, CodeList]) -> str:
    """` with the team 'crisis team'`, or nothing."""
    if not where:
        return ""
    said = [
        f"the {_column(item.column)} {codes_in_words(item.among, lists, BY_NAME[table].column(item.column).codes)}"
        for item in where
    ]
    return " with " + either(said, "and")


def point_in_words(point: Point, anchor: str) -> str:
    """`9 months after the diagnosis`."""
    mark = {"anchor": anchor, "period start": "the start of the period", "period end": "the end of the period"}
    length = point.offset
    if not (length.months or length.days or length.hours):
        return mark[point.mark]
    side = "before" if min(length.months, length.days, length.hours) < 0 else "after"
    return f"{length} {side} {mark[point.mark]}"


def window_in_words(window: Window, anchor: str) -> str:
    """`from 9 to 15 months after the diagnosis`."""
    first, last = point_in_words(window.first, anchor), point_in_words(window.last, anchor)
    if (first, last) == ("the start of the period", "the end of the period"):
        return "in the period"
    if first == last:
        return f"on the day {first}" if window.first.offset != type(window.first.offset)() else f"on the day of {first}"
    size, _, rest = first.partition(" ")
    if size.isdigit() and last.partition(" ")[2] == rest:
        return f"from {size} to {last}"
    return f"from {first} to {last}"


def in_words(
    condition: Condition, lists: Mapping[str, CodeList], anchor: str = "the anchor", who: str = "who", no: bool = False
) -> str:
    """The condition as a clause after the people (or referrals …) it is asked of; `no` says the opposite."""
    match condition:
        case Not():
            return in_words(condition.not_, lists, anchor, who, not no)
        case AllOf() | AnyOf():
            parts = condition.all if isinstance(condition, AllOf) else condition.any
            joined = "and" if isinstance(condition, AllOf) != no else "or"
            clauses = [in_words(part, lists, anchor, who, no) for part in parts]
            return f" {joined} ".join(f"({c})" if " or " in c or " and " in c else c for c in clauses)
        case Latest():
            where = filters_in_words(condition.table, condition.where, lists)
            codes = codes_in_words(condition.has, lists, BY_NAME[condition.table].column(condition.column).codes)
            return (
                f"whose latest {bare(condition.table)}{where}, {window_in_words(condition.between, anchor)}, "
                f"{'does not say' if no else 'says'} {_column(condition.column)} {codes}"
            )
        case Count():
            return f"{who} {_number(condition, no)} {_rest(condition, lists, anchor)}"
        case Change():
            became = "did not become" if no else "became"
            return (
                f"whose total of {codes_in_words(condition.items, lists)} {became} {condition.better} "
                f"by at least {condition.by_at_least} between "
                f"the first assessment ({window_in_words(condition.first, anchor)}) and the last "
                f"({window_in_words(condition.last, anchor)})"
            )
        case Own():
            codes = codes_in_words(condition.has, lists)
            return f"whose own {_column(condition.own)} {'is not' if no else 'is'} {codes}"
        case Age():
            youngest, oldest = condition.age
            return f"{who} {'are not' if no else 'are'} aged {youngest} to {oldest} at {_at(condition.at, anchor)}"
        case Alive():
            return f"{who} {'have died by' if no else 'are alive at'} {_at(condition.alive, anchor)}"
        case OpenOn():
            return f"{who} have {_open(condition, lists, anchor, no)}"


def _number(condition: Count, no: bool) -> str:
    least, most = condition.bounds
    one, several = NOUNS[condition.table]
    where_none = f"have no {bare(condition.table)}"
    if (least, most) == (1, None):
        return where_none if no else f"have {one}"
    if most == 0:
        return f"have {one}" if no else where_none
    bounds = [f"at least {least}"] * bool(least) + [f"at most {most}"] * (most is not None)
    return f"{'do not have' if no else 'have'} {either(bounds, 'and')} {several}"


def _rest(condition: Count, lists: Mapping[str, CodeList], anchor: str) -> str:
    where = filters_in_words(condition.table, condition.where, lists).strip()
    return f"{where} {window_in_words(condition.between, anchor)}".strip()


def _open(condition: OpenOn, lists: Mapping[str, CodeList], anchor: str, no: bool) -> str:
    since = f", begun by {point_in_words(condition.since, anchor)}" if condition.since else ""
    where = filters_in_words(condition.table, condition.where, lists)
    noun = f"no open {bare(condition.table)}" if no else f"an open {bare(condition.table)}"
    return f"{noun}{where} at {_at(condition.on, anchor)}{since}"


def _at(point: Point, anchor: str) -> str:
    return point_in_words(point, anchor)


def _column(name: str) -> str:
    return name.replace("_", " ")
