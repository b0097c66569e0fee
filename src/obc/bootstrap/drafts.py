"""Drafts of figures: begun in the form or sent with mistakes, kept for the organisation, made into a submission."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from obc.bootstrap.books import Held
from obc.bootstrap.submissions import submit
from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.workflow.place import Place
from obc.domain.contract.workflow.return_lines import COUNTS, Read, ReturnLine, figures_of
from obc.domain.contract.workflow.submission import Submission
from obc.domain.core.kernel.people import Person
from obc.domain.core.kernel.problem import Problem
from obc.domain.measurement.indicators.values import ALL, ValueSet
from obc.store import desk
from obc.store.desk import Begun

__all__ = ["Begun", "DraftOf", "drop", "kept", "row_name", "save", "save_lines"]


@dataclass(frozen=True)
class DraftOf:
    """Which draft: of a contract, for a period, of the organisation that somebody acts for."""

    held: Held
    year: int
    quarter: int | None
    by: Person

    @property
    def period(self) -> str:
        """As addresses have it: 2 for a year, 2-1 for its first quarter."""
        return str(self.year) if self.quarter is None else f"{self.year}-{self.quarter}"


def row_name(indicator: str, segment: str, provider: str = ALL) -> str:
    """What a row of a draft is called."""
    return f"{indicator}|{segment}|{provider}"


def kept(of: DraftOf) -> Begun | None:
    """The draft as it stands; None where nothing was begun."""
    return desk.draft(of.held.id, of.by.organisation, of.period)


def save(of: DraftOf, cells: Mapping[str, Mapping[str, str]], at: datetime) -> None:
    """Keep rows of the form as they were typed."""
    desk.keep_draft(of.held.id, of.by.organisation, of.period, cells, of.by.id, at)


def save_lines(of: DraftOf, lines: Iterable[ReturnLine], at: datetime) -> None:
    """Keep the lines of a file, in place of what was begun: those of the period that the form can show."""
    period = _days(of)
    cells = {}
    for line in lines:
        days = (line.texts.get("from", "")[:10], line.texts.get("to", "")[:10])
        if days in (period, ("", "")):
            texts = line.texts
            name = row_name(texts.get("indicator", ""), texts.get("segment") or ALL, texts.get("provider") or ALL)
            cells[name] = {column: texts.get(column, "")[:40] for column in COUNTS}
    desk.keep_draft(of.held.id, of.by.organisation, of.period, cells, of.by.id, at, whole=True)


def drop(of: DraftOf) -> None:
    """Forget a draft."""
    desk.drop_draft(of.held.id, of.by.organisation, of.period)


def read(of: DraftOf, places: Mapping[str, Place]) -> Read:
    """The figures of a draft. `places`: what the form calls each row and cell."""
    begun = kept(of)
    lines = _lines(begun.cells if begun else {}, places)
    return figures_of(of.held.contract, of.year, of.quarter, lines)


def submit_draft(of: DraftOf, places: Mapping[str, Place], at: datetime) -> tuple[Submission, tuple[Problem, ...]]:
    """Submit a draft, and forget it. Raises `Problems`: every error of its figures, in the place it was typed."""
    found = read(of, places)
    values = ValueSet(values=found.values)
    made = submit(of.held, values, of.year, of.quarter, of.by, at, found.places, found.problems)
    drop(of)
    return made


def _lines(cells: Mapping[str, Mapping[str, str]], places: Mapping[str, Place]) -> Iterator[ReturnLine]:
    for name, texts in cells.items():
        indicator, _, rest = name.partition("|")
        segment, _, provider = rest.partition("|")
        labels = {"indicator": indicator, "segment": segment, "provider": provider}
        yield ReturnLine({**labels, **texts}, places.get(name) or Place("the draft", None, name.replace("|", ", ")))


def _days(of: DraftOf) -> tuple[str, str]:
    contract: Contract = of.held.contract
    period = contract.period(of.year) if of.quarter is None else contract.quarters(of.year)[of.quarter - 1]
    return period.start.isoformat(), period.end.isoformat()
