"""What a change is worth: two versions of a contract settled at their least, on target and at their most."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache

from obc.bootstrap import submissions
from obc.bootstrap.showing import Shown, shown
from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.workflow.submission import Submission
from obc.domain.money.settlement.price_of_chance import PriceOfChance
from obc.domain.outcomes.scoring.judging import chosen
from obc.reports.stands_to_earn import Amounts, Compared, earning_document, parted, worth
from obc.services.power import price_of_chance
from obc.services.stands_to_earn import keepers, stakes

SPREAD = Fraction(1, 20)
"""How far costs are taken to turn out from what they are compared with, where nobody says otherwise."""
ASSUMED_CASES = 400
"""People behind an indicator where no year was measured yet."""


@dataclass(frozen=True, eq=False)
class Version:
    """A contract that is worked out once, whoever asks: versions of one hash are the same."""

    contract: Contract

    def __eq__(self, other: object) -> bool:
        """Whether both say the same."""
        return isinstance(other, Version) and other.contract.hash == self.contract.hash

    def __hash__(self) -> int:
        """By the contract's own hash."""
        return hash(self.contract.hash)


@dataclass(frozen=True, eq=False)
class Earning:
    """What each party stands to earn: the document, what it comes to, and apart from it what it means party by party.

    Both halves are safe to embed; every table and picture in them is offered as the whole document's.
    """

    document: Shown
    summary: str
    parties: str


def earning(
    before: Contract, after: Contract, on: date, last: Submission | None, spread: Fraction, names: tuple[str, str]
) -> Earning | None:
    """What each party stands to earn under both; None where it cannot be worked out in advance."""
    made = _compared(before, after, on, last, spread, names)
    return _shown(Version(before), Version(after), _years(after, on), _paper(last), spread, names) if made else None


def on_page(earning: Earning | None) -> dict[str, object]:
    """What a page says of it: the two halves, and the document whose files it offers."""
    return {"earning": earning, "document": earning and earning.document}


def worth_of(before: Contract, after: Contract, on: date) -> str:
    """The difference for the providers, in a few words."""
    made = _compared(before, after, on, None, SPREAD, ("today", "as drafted"))
    return worth(made) if made else "Not to be worked out in advance: what is paid hangs on published figures."


def last_year(book: str) -> Submission | None:
    """The figures of the last whole year that was submitted and not sent back."""
    return next(
        (one for one in submissions.submissions(book) if one.quarter is None and one.state != "sent back"), None
    )


def chance(contract: Contract, last: Submission | None) -> PriceOfChance | None:
    """What the thresholds pay for chance alone; None where the contract has none."""
    return _chance(Version(contract), last.values if last else None) if contract.framework else None


def _years(contract: Contract, on: date) -> tuple[int, ...]:
    """The years of the term that are not over; the last one where all are."""
    agreed = contract.agreement.term.agreed_years
    return tuple(year for year in agreed if contract.period(year).end >= on) or agreed[-1:]


def _paper(last: Submission | None) -> tuple[str, int] | None:
    return (last.values, last.year) if last else None


def _compared(
    before: Contract, after: Contract, on: date, last: Submission | None, spread: Fraction, names: tuple[str, str]
) -> Compared | None:
    return _worked(Version(before), Version(after), _years(after, on), _paper(last), spread, names)


@lru_cache(maxsize=64)
def _worked(
    before: Version,
    after: Version,
    years: tuple[int, ...],
    last: tuple[str, int] | None,
    spread: Fraction,
    names: tuple[str, str],
) -> Compared | None:
    first, second = (_amounts(one, years, last, spread) for one in (before, after))
    if not first or not second:
        return None
    return Compared(after.contract, first, second, spread, names)


@lru_cache(maxsize=16)
def _shown(
    before: Version,
    after: Version,
    years: tuple[int, ...],
    last: tuple[str, int] | None,
    spread: Fraction,
    names: tuple[str, str],
) -> Earning | None:
    from obc.reports.page import fragment

    made = _worked(before, after, years, last, spread, names)
    if made is None:
        return None
    whole = shown(earning_document(made))
    summary, parties = (fragment(half, whole.parts) for half in parted(whole.document))
    return Earning(whole, summary, parties)


@lru_cache(maxsize=64)
def _amounts(
    one: Version, years: tuple[int, ...], last: tuple[str, int] | None, spread: Fraction
) -> tuple[Amounts, ...] | None:
    contract = one.contract
    paid = tuple(year for year in years if year in contract.years)
    values = None
    if last and last[1] in contract.years:
        values = chosen(submissions.values_in_paper(last[0]).values, contract.period(last[1]))
    found = stakes(contract, paid, spread, values)
    if found is None:
        return None
    together = keepers(contract)
    return tuple(Amounts(s.year, s.case, s.accounts, s.kept(together), s.waits) for s in found)


@lru_cache(maxsize=16)
def _chance(one: Version, values: str | None) -> PriceOfChance:
    measured = submissions.values_in_paper(values) if values else None
    return price_of_chance(one.contract, measured, None if measured else ASSUMED_CASES, 0.05)
