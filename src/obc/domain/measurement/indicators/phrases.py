"""Phrases: conditions, points in time and codes in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass
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
from obc.domain.measurement.indicators.definition import Unit
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


_COLUMNS = {"settled": "settled indicator", "holds": "role held", "happened_at": "time"}
"""Columns whose name is not how people speak of them."""


def column_in_words(name: str) -> str:
    """What a column is called."""
    return _COLUMNS.get(name, name.replace("_", " "))


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
    said = [f"the {column_in_words(item.column)} {_codes_of(table, item, lists)}" for item in where]
    return " with " + either(said, "and")


def _codes_of(table: str, item: Filter, lists: Mapping[str, CodeList]) -> str:
    return codes_in_words(item.among, lists, BY_NAME[table].column(item.column).codes)


def point_in_words(point: Point, anchor: str) -> str:
    """`9 months after the diagnosis`."""
    mark, length, side = _placed(point, anchor)
    return f"{length} {side} {mark}" if length else mark


def day_in_words(point: Point, anchor: str) -> str:
    """The same as an adverb: `on the last day of the period`, `1 year after the diagnosis`."""
    mark, length, _ = _placed(point, anchor)
    if length:
        return point_in_words(point, anchor)
    return f"{'on' if mark.startswith(('the day ', 'the first day ', 'the last day ')) else 'at'} {mark}"


def window_in_words(window: Window, anchor: str) -> str:
    """`from 9 to 15 months after the diagnosis`."""
    (mark, before, side), (last_mark, after, last_side) = _placed(window.first, anchor), _placed(window.last, anchor)
    first, last = point_in_words(window.first, anchor), point_in_words(window.last, anchor)
    if (first, last) == (PERIOD_START, PERIOD_END):
        return "in the period"
    if first == last:
        return (
            f"on the day {first}" if before else f"on the day of {first}" if " day of " not in first else f"on {first}"
        )
    if mark != last_mark:
        return f"from {first} to {last}"
    if side == last_side and before and after and before.split()[1] == after.split()[1]:
        return f"from {before.split()[0]} to {last}"
    if not after and side == "before":
        return f"in the {before.removeprefix('1 ')} up to {mark}"
    return f"from {first} to {after} {last_side} it" if after else f"from {first} to {last}"


PERIOD_START, PERIOD_END = "the first day of the period", "the last day of the period"


def _placed(point: Point, anchor: str) -> tuple[str, str, str]:
    """The mark, how long before or after it (nothing where on it), and which."""
    mark = {"anchor": anchor, "period start": PERIOD_START, "period end": PERIOD_END}[point.mark]
    offset = point.offset
    if not (offset.months or offset.days or offset.hours):
        return mark, "", ""
    return mark, str(offset), "before" if min(offset.months, offset.days, offset.hours) < 0 else "after"


@dataclass(frozen=True, slots=True)
class Speech:
    """Of what kind of unit is spoken, what its anchor is called, and which code lists are known."""

    lists: Mapping[str, CodeList]
    unit: Unit = "person"
    anchor: str = "the anchor"

    @property
    def who(self) -> str:
        """`who` of people, `that` of things."""
        return "who" if self.unit in ("person", "carer") else "that"

    def codes(self, choice: Choice, table: str, column: str) -> str:
        """Codes of a column of a table."""
        return codes_in_words(choice, self.lists, BY_NAME[table].column(column).codes)

    def window(self, window: Window) -> str:
        """A window."""
        return window_in_words(window, self.anchor)

    def day(self, point: Point) -> str:
        """A day."""
        return day_in_words(point, self.anchor)

    def where(self, table: str, where: tuple[Filter, ...]) -> str:
        """Filters."""
        return filters_in_words(table, where, self.lists)


def in_words(condition: Condition, speech: Speech, no: bool = False) -> str:
    """The condition as a clause after the people (or referrals …) it is asked of; `no` says the opposite."""
    match condition:
        case Not():
            return in_words(condition.not_, speech, not no)
        case AllOf() | AnyOf():
            parts = condition.all if isinstance(condition, AllOf) else condition.any
            joined = "and" if isinstance(condition, AllOf) != no else "or"
            clauses = [in_words(part, speech, no) for part in parts]
            return f" {joined} ".join(f"({c})" if " or " in c or " and " in c else c for c in clauses)
        case Latest():
            return _latest(condition, speech, no)
        case Count():
            return _count(condition, speech, no)
        case Change():
            became = "did not become" if no else "became"
            return (
                f"whose total of {codes_in_words(condition.items, speech.lists)} {became} {condition.better} by at "
                f"least {condition.by_at_least} between the first assessment {speech.window(condition.first)} and the "
                f"last {speech.window(condition.last)}"
            )
        case Own():
            codes = codes_in_words(condition.has, speech.lists)
            if condition.has == ("Y",):
                return f"whose own row {'does not say' if no else 'says'} yes to {column_in_words(condition.own)}"
            return f"whose own {column_in_words(condition.own)} {'is not' if no else 'is'} {codes}"
        case Age():
            youngest, oldest = condition.age
            return f"{_person(speech)} {'not ' if no else ''}aged {youngest} to {oldest} {speech.day(condition.at)}"
        case Alive():
            return f"{_person(speech)} {'no longer ' if no else ''}alive {speech.day(condition.alive)}"
        case OpenOn():
            since = f", begun by {point_in_words(condition.since, speech.anchor)}" if condition.since else ""
            noun = (
                f"{'no' if no else 'an'} open {bare(condition.table)}{speech.where(condition.table, condition.where)}"
            )
            return f"{speech.who} have {noun} {speech.day(condition.on)}{since}"


def _person(speech: Speech) -> str:
    """Who is alive or of an age: the person, whatever the unit."""
    return {"person": "who are", "carer": "whose person cared for is"}.get(speech.unit, "whose person is")


def _latest(condition: Latest, speech: Speech, no: bool) -> str:
    row = f"whose latest {bare(condition.table)}{speech.where(condition.table, condition.where)}"
    says = "does not say" if no else "says"
    what = speech.codes(condition.has, condition.table, condition.column)
    if BY_NAME[condition.table].column(condition.column).kind == "flag" and condition.has == ("Y",):
        what = f"yes to {column_in_words(condition.column)}"
    return f"{row}, {speech.window(condition.between)}, {says} {what}"


def _count(condition: Count, speech: Speech, no: bool) -> str:
    least, most = condition.bounds
    one, several = NOUNS[condition.table]
    if (least, most) == (1, None) or most == 0:
        some = (most == 0) == no
        number = f"have {one}" if some else f"have no {bare(condition.table)}"
    else:
        bounds = [f"at least {least}"] * bool(least) + [f"at most {most}"] * (most is not None)
        number = f"{'do not have' if no else 'have'} {either(bounds, 'and')} {several}"
    where = speech.where(condition.table, condition.where)
    return f"{speech.who} {number}{where} {speech.window(condition.between)}"
