"""Changes of a contract in plain words: what it is about, what it was, what it becomes, from when, and who says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.variations.changed import year_named
from obc.domain.contract.variations.difference import Difference
from obc.domain.contract.variations.negotiable import SUBJECTS, Negotiable, negotiable
from obc.domain.core.kernel.rate import exact, spelled
from obc.reports.table import Column, Table
from obc.reports.wording import money_in_words

_NOTHING = "nothing"
_OTHER = "Other terms"


@dataclass(frozen=True, slots=True)
class PlainChange:
    """One place that reads otherwise. `when`: from which year, in words; empty where it holds throughout."""

    subject: str
    what: str
    was: str
    becomes: str
    when: str
    source: str

    @property
    def sentence(self) -> str:
        """Points for People will live longer: from 5 to 10, from year 3 on."""
        when = f", {self.when} on" if self.when else ""
        if self.was == _NOTHING:
            return f"{self.what}: new, {self.becomes}{when}"
        if self.becomes == _NOTHING:
            return f"{self.what}: {self.was} is taken out{when}"
        return f"{self.what}: from {self.was} to {self.becomes}{when}"


def plain_changes(found: Iterable[Difference], before: Contract, after: Contract) -> tuple[PlainChange, ...]:
    """Every difference in plain words, by what people negotiate about."""
    old, new = ({(one.file, one.at): one for one in negotiable(held)} for held in (before, after))
    listed = [_told(one, old, new, after.agreement.currency) for one in found]
    order = [*SUBJECTS.values(), _OTHER]
    return tuple(sorted(listed, key=lambda one: order.index(one.subject)))


def changes_table(changes: Iterable[PlainChange], caption: str = "What changes") -> Table:
    """The same as a table."""
    columns = tuple(map(Column, ("What", "From", "To", "From when", "Where it comes from")))
    rows = tuple((one.what, one.was, one.becomes, one.when or "throughout", one.source) for one in changes)
    return Table(caption, columns, rows)


Known = dict[tuple[str, str], Negotiable]


def _told(one: Difference, old: Known, new: Known, currency: str) -> PlainChange:
    *way, last = one.at.split(" / ")
    year = year_named(last)
    at = " / ".join(way) if year else one.at
    known = new.get((one.file, at)) or old.get((one.file, at))
    if known is None:
        what = f"{one.file.removesuffix('.yaml').capitalize()}, {at.replace(' / ', ' › ')}"
        return PlainChange(_OTHER, what, one.before or _NOTHING, one.after or _NOTHING, "", "")
    pounds = partial(_money, unit=known.unit, currency=currency)
    was, becomes = pounds(_value(one.before, old, one.file, at)), pounds(_value(one.after, new, one.file, at))
    when = ""
    if year and year.number is not None:
        when = f"from year {year.number}"
        was = was if one.before is not None else pounds(_holding(old.get((one.file, at)), year.number))
        becomes = becomes if one.after is not None else pounds(_holding(new.get((one.file, at)), year.number))
    what = f"{known.name} for {known.about}" if known.subject == "points" else f"{known.about}, {known.name.lower()}"
    what = known.name if known.name == known.about else what
    sources = [
        held.source for held in (new.get((one.file, at)) or known).history if year is None or held.from_ == year.number
    ]
    return PlainChange(SUBJECTS[known.subject], what, was, becomes, when, (sources[-1] if sources else None) or "")


def _value(raw: str | None, known: Known, file: str, at: str) -> str:
    """The value as people write it, found among those the contract has there; the raw text where it is in none."""
    if raw is None:
        return _NOTHING
    held = known.get((file, at))
    texts = {_bare(one.value): one.value for one in held.history} if held else {}
    return texts.get(_bare(raw), raw)


def _money(text: str, unit: str, currency: str) -> str:
    return money_in_words(int(exact(text) * 100), currency) if unit == "money" and text != _NOTHING else text


def _holding(one: Negotiable | None, year: int) -> str:
    return (one.holds(year) if one else "") or _NOTHING


def _bare(text: str) -> str:
    """What a number says, however it is written; other text as it is."""
    try:
        return spelled(exact(text))
    except ValueError:
        return text
