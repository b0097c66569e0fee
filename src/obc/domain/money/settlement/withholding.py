"""Withholding: a sanction in the ledger. What is kept back waits on an account of its own until it is paid or lost."""

from fractions import Fraction

import numpy as np

from obc.domain.core.kernel.rate import spelled
from obc.domain.money.payment.mechanism import Mechanism
from obc.domain.money.payment.split import pennies
from obc.domain.money.settlement.circumstances import Circumstances, Withheld
from obc.domain.money.settlement.ledger import Entry
from obc.domain.money.settlement.settlement import Settlement

WITHHELD = "withheld"
"""The account of what is kept back, the line of its entries, and how their reasons begin."""


class SanctionRefusedError(ValueError):
    """The contract does not let this be withheld, or not so much."""


def less_withheld(settlement: Settlement, mechanism: Mechanism, met: Circumstances) -> Settlement:
    """The settlement with what is withheld of it; what was earned stays earned.

    Each sanction takes its share of what was payable before all of them, rounded down to the penny; nothing where
    nothing is payable. Raises `SanctionRefusedError` where the contract does not allow it, or not so much of it.
    """
    sanctions = [one for one in met.withheld if one.year == settlement.year]
    if not sanctions:
        return settlement
    _allowed(sanctions, mechanism, settlement.year)
    payable = settlement.payable_minor or 0
    entries: list[Entry] = []
    waiting = kept = 0
    for one in sanctions:
        amount = int(max(payable, 0) * one.share)
        if amount:
            kept += amount
            entries.append(_entry(settlement, settlement.party, WITHHELD, amount, one))
            if one.retained:
                entries += _lost(settlement, mechanism, amount, one)
            else:
                waiting += amount
    if not kept:
        return settlement
    return settlement.model_copy(
        update={
            "payable_minor": payable - kept,
            "withheld_minor": waiting,
            "entries": (*settlement.entries, *entries),
        }
    )


def _allowed(sanctions: list[Withheld], mechanism: Mechanism, year: int) -> None:
    clause = mechanism.withholding
    if clause is None:
        raise SanctionRefusedError(f"{sanctions[0].id}: payment.yaml has no clause that lets anything be withheld")
    most, total = clause.allowed(year), sum((one.share for one in sanctions), Fraction(0))
    if total > most:
        found = f"{', '.join(one.id for one in sanctions)}: {spelled(total * 100)} % withheld in year {year}"
        raise SanctionRefusedError(f"{found}, and the contract allows at most {spelled(most * 100)} %")


def _lost(settlement: Settlement, mechanism: Mechanism, amount: int, one: Withheld) -> list[Entry]:
    clause = mechanism.withholding
    shares = clause.retained_by if clause else ()
    parts = pennies(np.array([amount]), shares, np.array([settlement.year]))
    return [
        _entry(settlement, WITHHELD, share.account, int(part[0]), one)
        for share, part in zip(shares, parts, strict=True)
        if part[0]
    ]


def _entry(settlement: Settlement, credit: str, debit: str, amount: int, one: Withheld) -> Entry:
    return Entry(
        party=settlement.party,
        year=settlement.year,
        line=WITHHELD,
        debit=debit,
        credit=credit,
        amount_minor=amount,
        reason=f"{WITHHELD if debit == WITHHELD else 'retained'}: {one.id}",
    )
