"""Restatement: a settlement worked out again in full, less what the ledger has already moved."""

from collections import defaultdict
from collections.abc import Iterable

from obc.domain.money.settlement.ledger import Entry, Ledger
from obc.domain.money.settlement.settlement import Settlement

_Way = tuple[str, int, str, str, str]


def restate(ledger: Ledger, settlements: Iterable[Settlement]) -> tuple[Entry, ...]:
    """The entries that bring the ledger to what the settlements now say; none where it says so already.

    Entries are netted by party, year, line and pair of accounts. Only parties and years that are settled anew are
    touched: what a settlement no longer moves is moved back.
    """
    anew = list(settlements)
    settled = {(settlement.party, settlement.year) for settlement in anew}
    before = [entry for entry in ledger.entries if (entry.party, entry.year) in settled]
    known = {(entry.party, entry.year) for entry in before}
    owing: dict[_Way, int] = defaultdict(int)
    reasons: dict[_Way, str] = {}
    for sign, entries in (
        (-1, before),
        (1, [entry for settlement in anew for entry in settlement.entries]),
    ):
        for entry in entries:
            first, second = sorted((entry.credit, entry.debit))
            way = entry.party, entry.year, entry.line, first, second
            forward = 1 if entry.credit == first else -1
            owing[way] += sign * forward * entry.amount_minor
            again = _PREFIX if way[:2] in known else ""
            reasons[way] = again + entry.reason.removeprefix(_PREFIX)
    return tuple(_entry(way, amount, reasons[way]) for way, amount in owing.items() if amount)


_PREFIX = "restated: "


def _entry(way: _Way, amount: int, reason: str) -> Entry:
    party, year, line, first, second = way
    credit, debit = (first, second) if amount > 0 else (second, first)
    return Entry(
        party=party,
        year=year,
        line=line,
        debit=debit,
        credit=credit,
        amount_minor=abs(amount),
        reason=reason,
    )
