"""The sentence: what a definition means, in plain English, for people who will never read a query."""

from collections.abc import Mapping

from obc.domain.measurement.indicators.conditions import Condition
from obc.domain.measurement.indicators.definition import (
    CohortAnchor,
    EventAnchor,
    Events,
    HowMany,
    IndicatorDefinition,
    RowsAnchor,
    Score,
    Unit,
)
from obc.domain.measurement.indicators.phrases import (
    NOUNS,
    PERIOD_END,
    PERIOD_START,
    Speech,
    bare,
    codes_in_words,
    day_in_words,
    either,
    filters_in_words,
    in_words,
)
from obc.domain.measurement.records.codes import CodeList

UNITS: dict[Unit, str] = {
    "person": "people",
    "referral": "referrals",
    "spell": "hospital spells",
    "carer": "carers",
    "response": "answers",
    "row": "rows of records",
}
"""What several units are called."""

Lists = Mapping[str, CodeList]


def sentence(definition: IndicatorDefinition, lists: Lists | None = None) -> str:
    """The definition in plain words. With code lists it names what codes mean; without, the codes."""
    known = lists or {}
    if isinstance(definition.denominator, RowsAnchor):
        return _rows(definition.denominator, definition.quality or "")
    sentences = [_measured(definition, known), _unknowns(definition), _whose(definition), _adjusted(definition)]
    return " ".join(part for part in sentences if part)


def _measured(definition: IndicatorDefinition, lists: Lists) -> str:
    if definition.events:
        return _rate(definition, definition.events, lists)
    speech = Speech(lists, definition.counts, anchor_in_words(definition))
    whom = _whom(definition, speech)
    match definition.value:
        case Score() as score:
            return (
                f"Of {whom}, the mean total of {codes_in_words(score.items, lists)} on the latest day that has all "
                f"of them {speech.window(score.between)} (the {score.ties} where an item was scored twice)."
            )
        case HowMany() as many:
            return f"Of {whom}, the mean number of these that hold: {_listed(many.how_many, speech)}."
    return f"Of {whom}, the share of those {_listed(definition.numerator, speech)}."


def anchor_in_words(definition: IndicatorDefinition) -> str:
    """What the anchor is called: `the diagnosis`, `the last day of the period`."""
    match definition.denominator:
        case EventAnchor() as event:
            return f"the {bare(event.event)}" if event.column == "happened" else f"the day it was {event.column}"
        case CohortAnchor() as cohort:
            return PERIOD_START if cohort.cohort == "period start" else PERIOD_END
        case _:
            return PERIOD_START


def _whom(definition: IndicatorDefinition, speech: Speech) -> str:
    match definition.denominator:
        case EventAnchor() as event:
            whom = _units_of(event, definition.counts, speech.lists)
        case _:
            whom = f"{UNITS[definition.counts]} on {speech.anchor}"
    return f"{whom} {_listed(definition.who, speech)}".strip()


def _units_of(event: EventAnchor, unit: Unit, lists: Lists) -> str:
    where = filters_in_words(event.event, event.where, lists)
    when = f"{event.falls} before the period" if event.falls else "in the period"
    placed = "" if event.column == "happened" else f" {event.column}"
    if event.rows_are(unit):
        return f"{NOUNS[event.event][1]}{where}{placed} {when}"
    row = f"their first {bare(event.event)}" if event.take == "first" else NOUNS[event.event][0]
    return f"{UNITS[unit]} with {row}{where}{placed} {when}"


def _rate(definition: IndicatorDefinition, events: Events, lists: Lists) -> str:
    what = f"{NOUNS[events.events][1]}{filters_in_words(events.events, events.where, lists)}"
    per = "person-year" if definition.multiplier == 1 else f"{definition.multiplier:,} person-years"
    once = ", each person at most once," if events.once else ""
    compared = (
        " Beside it stands how many deaths there were for each that the general population of the same ages and "
        "sexes would have had."
        if definition.compared_with
        else ""
    )
    return f"Number of {what}{once} per {per} that people spend as members of a segment.{compared}"


_GOOD = {
    "complete": "are there and filled in, rows that a silent provider would usually have sent counted as missing",
    "timely": "were sent in time",
    "valid": "can be read and hold codes that exist",
    "consistent": "contradict neither themselves nor other rows",
}


def _rows(rows: RowsAnchor, quality: str) -> str:
    tables = either([name.replace("_", " ") for name in rows.rows_of], "and")
    return (
        f"Of the rows of {tables} in the period, the share of those that {_GOOD[quality]}. Each counts for the "
        "provider that recorded it."
    )


def _unknowns(definition: IndicatorDefinition) -> str:
    if definition.events or isinstance(definition.value, HowMany):
        return ""
    units = UNITS[definition.counts].capitalize()
    if isinstance(definition.value, Score):
        return f"{units} without such a day are not in the mean; their number is shown."
    whom = "whom" if definition.counts in ("person", "carer") else "which"
    goes = "stay in" if definition.unknown == "stays in the denominator" else "leave"
    return f"{units} of {whom} this is not known {goes} the denominator; their number is shown."


def _whose(definition: IndicatorDefinition) -> str:
    if definition.member_on is None:
        return "Every day and every event counts for the segment and provider of that day."
    day = day_in_words(definition.member_on, anchor_in_words(definition))
    provider = (
        "the provider that recorded it" if definition.provider == "of the row" else "the provider responsible then"
    )
    return f"Each counts for the segment {day} and for {provider}."


def _adjusted(definition: IndicatorDefinition) -> str:
    if not definition.adjusted_by:
        return ""
    factors = either([factor.name.replace("-", " ") for factor in definition.adjusted_by], "and")
    return f"They are also counted by {factors}, so that the mix of people can be allowed for."


def _listed(conditions: tuple[Condition, ...], speech: Speech) -> str:
    """The clauses one after another, set apart by semicolons where they have commas of their own."""
    clauses = [in_words(condition, speech) for condition in conditions]
    if len(clauses) > 1 and any("," in clause for clause in clauses):
        return "; ".join(clauses[:-1]) + f"; and {clauses[-1]}"
    return either(clauses, "and") if clauses else ""
