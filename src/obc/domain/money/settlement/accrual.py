"""Accrual: a year's money month by month, as far as it could be known, and the journal that books it.

Each month brings the accounts to the part of the year's estimate that its days stand for; what an estimate changes is
caught up in the month in which it is known. The year-end adjustment brings the twelve months to the statement, so that
the journal and the statement agree to the penny (accruals: IAS 1, paragraph 27; estimates: IAS 8, paragraph 36).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.money import Minor
from obc.domain.core.kernel.period import Period
from obc.domain.money.settlement.ledger import Entry

YEAR_END = "year-end adjustment"
"""What brings twelve months to the statement."""

_Way = tuple[str, str, str]


class JournalLine(BaseModel):
    """One side of a posting in one month: `debit` is what an account receives, `credit` what it gives."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    posted: date
    text: str
    account: str
    cost_centre: str
    debit_minor: Minor
    credit_minor: Minor


def accrued(estimates: Sequence[int], year: Period) -> tuple[int, ...]:
    """What to book in each month, given what the year's amount was thought to be at the end of it.

    After month m the bookings add up to the m-th estimate × the days gone ÷ the days of the year, rounded to the
    minor unit, halves to even. Raises ValueError where there are more estimates than months.
    """
    months = list(year.parts(1))
    if len(estimates) > len(months):
        raise ValueError(f"{len(estimates)} estimates for {len(months)} months")
    booked: list[int] = []
    gone = 0
    for month, estimate in zip(months, estimates, strict=False):
        gone += month.days
        booked.append(round(Fraction(estimate * gone, year.days)) - sum(booked))
    return tuple(booked)


def journal(
    estimates: Sequence[Iterable[Entry]],
    statement: Iterable[Entry] | None,
    year: Period,
    cost_centres: Mapping[str, str],
) -> tuple[JournalLine, ...]:
    """The year's journal by account and cost centre.

    `estimates`: the entries of the settlement as it was thought to become, at the end of each month; `statement`:
    those of the statement, once there is one: with it the journal adds up to the statement's balances. Every movement
    is booked on both of its accounts, so that debits equal credits. An account without a cost centre is its own.
    """
    expected = [_moved(entries) for entries in estimates]
    final = None if statement is None else _moved(statement)
    ways = list(dict.fromkeys(way for one in (*expected, final or {}) for way in one))
    booked = {way: accrued([one.get(way, 0) for one in expected], year) for way in ways}
    lines: list[JournalLine] = []
    for i, month in enumerate(list(year.parts(1))[: len(expected)]):
        for way in ways:
            lines += _both_sides(month.end, f"accrual {month.end:%B %Y}", way, booked[way][i], cost_centres)
    for way in ways if final is not None else ():
        rest = final.get(way, 0) - sum(booked[way]) if final is not None else 0
        lines += _both_sides(year.end, YEAR_END, way, rest, cost_centres)
    return tuple(lines)


def _moved(entries: Iterable[Entry]) -> dict[_Way, int]:
    """What moves from the first to the second of two accounts, by line of the mechanism."""
    result: dict[_Way, int] = {}
    for entry in entries:
        first, second = sorted((entry.credit, entry.debit))
        way = entry.line, first, second
        forward = entry.amount_minor if entry.credit == first else -entry.amount_minor
        result[way] = result.get(way, 0) + forward
    return result


def _both_sides(
    posted: date, text: str, way: _Way, amount: int, cost_centres: Mapping[str, str]
) -> Iterator[JournalLine]:
    line, first, second = way
    for account, received in ((first, -amount), (second, amount)) if amount else ():
        yield JournalLine(
            posted=posted,
            text=f"{text}: {line}",
            account=account,
            cost_centre=cost_centres.get(account, account),
            debit_minor=max(received, 0),
            credit_minor=max(-received, 0),
        )


def totals(lines: Iterable[JournalLine]) -> dict[str, int]:
    """Each account's balance after the lines: debits less credits. Accounts that end at nothing are left out."""
    result: dict[str, int] = {}
    for line in lines:
        result[line.account] = result.get(line.account, 0) + line.debit_minor - line.credit_minor
    return {name: amount for name, amount in result.items() if amount}
