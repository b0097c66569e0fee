"""Key dates: what a contract has in store, by the calendar that its parties agreed."""

from collections.abc import Iterator
from datetime import date

from pydantic import BaseModel, ConfigDict

from obc.domain.contract.agreement.contract import Contract


class KeyDate(BaseModel):
    """A day and what happens on it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    day: date
    what: str


def key_dates(contract: Contract, on: date, until: date) -> tuple[KeyDate, ...]:
    """Everything that the contract sets for the days after `on`, up to `until`, in order."""
    found = {one for one in (*_of_years(contract), *_of_term(contract), *_of_terms(contract)) if on < one.day <= until}
    return tuple(sorted(found, key=lambda one: (one.day, one.what)))


def _of_years(contract: Contract) -> Iterator[KeyDate]:
    calendar = contract.agreement.calendar
    for year in contract.years:
        period = contract.period(year)
        for n, quarter in enumerate(contract.quarters(year), 1):
            if quarter.end != period.end:
                yield KeyDate(day=quarter.end, what=f"Quarter {n} of year {year} ends")
        yield KeyDate(day=period.end, what=f"Year {year} ends")
        if calendar is not None:
            yield KeyDate(day=calendar.final_from(period), what=f"The figures of year {year} are final from this day")
            yield KeyDate(day=calendar.balance_on(period), what=f"The balance of year {year} is paid")


def _of_term(contract: Contract) -> Iterator[KeyDate]:
    term = contract.agreement.term
    running = contract.years
    for clause in term.breaks:
        if clause.after in running:
            what = f"Last day for notice to end the contract after year {clause.after} ({clause.by})"
            yield KeyDate(day=term.notice_by(clause), what=what)
    if running and term.agreed_years[-1] in running:
        last = contract.period(term.agreed_years[-1]).end
        more = term.extension.years
        what = "The agreed term ends" + (
            f"; it may be extended by {more} year{'s' if more > 1 else ''}" if more else ""
        )
        yield KeyDate(day=last, what=what)


def _of_terms(contract: Contract) -> Iterator[KeyDate]:
    for change in contract.agreement.variations:
        yield KeyDate(day=change.effective, what=f"A change takes effect: {change.changes}")
    by_day: dict[date, list[str]] = {}
    for definition in contract.definitions:
        by_day.setdefault(definition.review_by, []).append(definition.title)
    for day, titles in by_day.items():
        what = titles[0] if len(titles) == 1 else f"{len(titles)} definitions of indicators"
        yield KeyDate(day=day, what=f"To be reviewed by this day: {what}")
