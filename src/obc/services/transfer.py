"""Transfer: the links of a contract in a year, with the VAT that sticks and the cost that stays on each."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.figure import Figure
from obc.domain.money.finance.amount import minor
from obc.domain.money.finance.finance import Finance
from obc.domain.money.finance.transfer import MONTHS, Edge, TransferCost, transfer_cost
from obc.domain.money.payment.settle import PAYER, Settle


def transfer_of(contract: Contract, year: int) -> TransferCost | None:
    """What moving the money costs in a contract year; None where finance.yaml says nothing of it."""
    finance = contract.finance
    if finance is None or finance.transfer is None:
        return None
    commissioners = dict(_commissioners(contract, year))
    first = contract.agreement.term.first_year
    return transfer_cost(
        finance.transfer,
        tuple(_edges(contract, finance, commissioners, year)),
        commissioners,
        _ended(finance),
        year,
        (year - first) * MONTHS,
    )


def _commissioners(contract: Contract, year: int) -> Iterator[tuple[str, Fraction]]:
    """Who pays which share: as the first step that pays says, through a pooled budget to those who fill it."""
    mechanism, own = contract.mechanism, [one.id for one in contract.agreement.commissioners]
    shares = [step.paid_by for step in mechanism.steps if isinstance(step, Settle)] if mechanism else []
    budgets = {one.account: one.filled_by for one in mechanism.pooled_budgets} if mechanism else {}
    payers = shares[0] if shares else ()
    payers = budgets.get(payers[0].account, payers) if len(payers) == 1 else payers
    named = [(one.account, _in(one.share, year)) for one in payers if one.account in own]
    if sum(share for _, share in named) == 1:
        yield from named
    elif len(own) == 1 or [one.account for one in payers] == [PAYER]:
        yield from ((name, Fraction(1, len(own))) for name in own)
    else:
        yield own[0], Fraction(1)


def _edges(contract: Contract, finance: Finance, commissioners: dict[str, Fraction], year: int) -> Iterator[Edge]:
    """The links of the year: from commissioners to who holds the contract, and down from there."""
    envelope = _envelope(contract, finance, year)
    below = dict(_below(contract, finance, envelope, year))
    holder = contract.agreement.holder
    tops = {to: amount for (_, to), amount in below.items()} if holder is None else {holder.id: envelope}
    for to, amount in tops.items():
        for name, share in commissioners.items():
            yield Edge(name, to, minor(amount * share))
    if holder is not None:
        for (payer, to), amount in below.items():
            yield Edge(payer, to, amount)


def _below(contract: Contract, finance: Finance, envelope: int, year: int) -> Iterator[tuple[tuple[str, str], int]]:
    """What goes on: by the links of the mechanism, else by whose service the money is for."""
    links = contract.mechanism.links if contract.mechanism else ()
    holder = contract.agreement.holder
    top = holder.id if holder else ""
    held: dict[str, Fraction] = defaultdict(Fraction, {top: Fraction(envelope)})
    for link in links:
        amount = held[link.from_] * _in(link.share, year)
        held[link.to] += amount
        yield (link.from_, link.to), minor(amount)
    if not links:
        spent: dict[str, int] = defaultdict(int)
        for service in finance.services:
            spent[service.provider or top] += service.spent("in")
        for name, pence in spent.items():
            if name and name != top and pence:
                yield (top, name), minor(Fraction(pence * envelope, finance.in_scope))


def _envelope(contract: Contract, finance: Finance, year: int) -> int:
    """The envelope of the financial year in which a contract year begins; beyond those costed, that of the last."""
    term = contract.agreement.term
    begins = term.start.year + year - term.first_year
    place = min(max(begins - finance.base_year, 0), len(finance.years))
    return finance.envelopes()[place]


def _ended(finance: Finance) -> dict[str, list[str]]:
    """Today's contracts for services that the contract takes in, by who holds them."""
    inside = {service.id for service in finance.services if service.spent("in")}
    found: dict[str, list[str]] = defaultdict(list)
    for one in finance.today.contracts if finance.today else ():
        if inside & set(one.services):
            found[one.provider].append(one.id)
    return found


def _in(figure: Figure, year: int) -> Fraction:
    return figure.at(np.array([year]))[0][0]
