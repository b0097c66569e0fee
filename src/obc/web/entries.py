"""Entries: what was typed into a form of contract terms, read as changes, refused at the field with what was typed."""

import re
from collections.abc import Mapping
from datetime import date

from obc.domain.contract.agreement.change import Change
from obc.domain.contract.variations.negotiable import Negotiable
from obc.domain.core.kernel.problem import Problem, Problems
from obc.domain.core.kernel.rate import exact

KINDS = (".yaml", ".csv")
"""The files of a contract that somebody can have written wrongly."""
_LONGEST = 500
"""Letters of a source."""
FORM = "the form"


class Entries:
    """What was typed for each field, for a year: what has a history is shown, and changed, as it holds from then on."""

    def __init__(self, fields: tuple[Negotiable, ...], sent: Mapping[str, str], year: int):
        self._fields, self._sent, self._year = fields, sent, year

    def held(self, field: Negotiable) -> str:
        """What stands in a field before anybody types."""
        return field.holds(self._year) if field.dated else field.value

    def typed(self, field: Negotiable) -> str:
        """What was typed, else what stands there."""
        return self._sent.get(name_of(field), self.held(field))

    @property
    def source(self) -> str:
        """Where the new values are said to come from."""
        return re.sub(r"\s+", " ", self._sent.get("source", "")).strip()

    def changes(self) -> tuple[Change, ...]:
        """Every change that was typed. Raises `Problems`, all at once; a value that reads as before is no change."""
        problems: list[Problem] = []
        changed = [(one, self.typed(one).strip()) for one in self._fields if self.typed(one).strip() != self.held(one)]
        if not changed:
            problems.append(_problem("the values", "nothing that was changed", "type a new value, or go back"))
        if not self.source:
            cure = "say where the new values come from; 'illustrative' where no paper says so"
            problems.append(_problem("source", "no source", cure))
        if len(self.source) > _LONGEST:
            problems.append(_problem("source", f"{len(self.source)} letters", f"say it in {_LONGEST}"))
        for one, value in changed:
            if cure := _refused(one, value):
                problems.append(_problem(label_of(one), f"'{value}'"[:80] if value else "nothing", cure))
        if problems:
            raise Problems(tuple(problems))
        return tuple(one.reading(_plain(one, value), self._year) for one, value in changed)


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
    return in_file(problem)


def in_file(problem: Problem) -> Problem:
    """The same with its file before its place: a folder has many, and a page says which."""
    if not problem.file.endswith(KINDS):
        return problem
    return problem.model_copy(update={"where": f"{problem.file}: {problem.where}"})


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
    if field.unit == "percent" and abs(number) > 1 and "%" not in value:
        return f"write {value} % or {value}/100: without a sign {value} is {value}00 %"
    return None


def _plain(field: Negotiable, value: str) -> str:
    """The value as a file says it: thousands joined, no sign of a currency."""
    if field.unit in ("day", "length", "choice"):
        return value
    return value.replace(",", "_").replace("−", "-").lstrip("£$€").strip()


def _problem(where: str, found: str, expected: str) -> Problem:
    return Problem(file=FORM, where=where, found=found, expected=expected)
