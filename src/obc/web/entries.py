"""Entries: what was typed into a form of contract terms, read as changes, refused at the field with what was typed."""

import re
from collections.abc import Mapping
from datetime import date

from obc.domain.contract.agreement.change import Change
from obc.domain.contract.variations.negotiable import Negotiable
from obc.domain.core.kernel.problem import Problem, Problems
from obc.domain.core.kernel.rate import exact

_ONCE, _MOST = 500, 1
FORM = "the form"


class Entries:
    """What was typed for each field. A value that reads as before is none."""

    def __init__(self, fields: tuple[Negotiable, ...], sent: Mapping[str, str]):
        self._fields, self._sent = fields, sent

    def typed(self, field: Negotiable) -> str:
        """What stands in a field: what was typed, else what holds."""
        return self._sent.get(name_of(field), field.value)

    def said(self, name: str) -> str:
        """What was typed beside the fields: source, year."""
        return self._sent.get(name, "").strip()

    def changes(self) -> tuple[tuple[Change, ...], str]:
        """Every change that was typed, and its source. Raises `Problems`, all at once."""
        problems: list[Problem] = []
        changed = [(one, self.typed(one).strip()) for one in self._fields if self.typed(one).strip() != one.value]
        source, year = self.said("source"), self.said("year")
        if not changed:
            problems.append(_problem("the values", "nothing that was changed", "type a new value, or go back"))
        if not source:
            cure = "say where the new values come from; 'illustrative' where no paper says so"
            problems.append(_problem("source", "no source", cure))
        if len(source) > _ONCE:
            problems.append(_problem("source", f"{len(source)} letters", f"say it in {_ONCE}"))
        if any(one.dated for one, _ in changed) and not re.fullmatch(r"\d{1,4}", year):
            problems.append(_problem("year", f"'{year}'", "choose the first year for which the new values hold"))
        for one, value in changed:
            if cure := _refused(one, value):
                problems.append(_problem(label_of(one), f"'{value}'"[:80] if value else "nothing", cure))
        if problems:
            raise Problems(tuple(problems))
        made = (one.reading(_plain(one, value), int(year) if one.dated else None) for one, value in changed)
        return tuple(made), re.sub(r"\s+", " ", source)


def name_of(field: Negotiable) -> str:
    """What a field is called in the form: its place in the folder."""
    return f"{field.file}:{field.at}"


def label_of(field: Negotiable) -> str:
    """What people call it."""
    return field.name if field.name == field.about else f"{field.about}: {field.name}"


def told_at_fields(problems: tuple[Problem, ...], fields: tuple[Negotiable, ...]) -> tuple[Problem, ...]:
    """Problems of the folder, said of the fields in which they were typed; those of no field keep their place."""
    return tuple(_at_field(one, fields) for one in problems)


def _at_field(problem: Problem, fields: tuple[Negotiable, ...]) -> Problem:
    if problem.file == FORM:
        return problem
    for field in fields:
        place = re.sub(r" > (\d+)(?= >|$)", r" > item \1", field.at.replace(" / ", " > "))
        if problem.file == field.file and f"{problem.where} > ".startswith(f"{place} > "):
            return problem.model_copy(update={"where": label_of(field)})
    return problem


def _refused(field: Negotiable, value: str) -> str | None:
    """Why a value cannot stand in a field; None: it can."""
    if not value:
        return "write a value: a form takes nothing out"
    if field.choices:
        return None if value in field.choices else f"choose {' or '.join(field.choices)}"
    if field.unit == "day":
        try:
            date.fromisoformat(value)
        except ValueError:
            return "write a day as 2027-04-01"
        return None
    if field.unit == "length":
        return None if re.fullmatch(r"\d{1,3} (day|month|year)s?", value) else "write a length as 3 months"
    try:
        number = exact(value)
    except ValueError:
        return {"percent": "write a share, as 45 %"}.get(field.unit, "write a number, as 1,000,000 or 0.5")
    if field.unit == "percent" and abs(number) > _MOST and "%" not in value:
        return f"write {value} % or {value}/100: without a sign {value} is {value}00 %"
    return None


def _plain(field: Negotiable, value: str) -> str:
    """The value as a file says it: thousands joined, no sign of a currency."""
    if field.unit in ("day", "length", "choice"):
        return value
    return value.replace(",", "_").replace("−", "-").lstrip("£$€").strip()


def _problem(where: str, found: str, expected: str) -> Problem:
    return Problem(file=FORM, where=where, found=found, expected=expected)
