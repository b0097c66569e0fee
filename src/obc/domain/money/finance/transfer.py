"""Transfer: what each link of the party graph costs when money moves from today's contracts into one.

VAT sticks where a supplier cannot get back what it pays on its costs, or a customer what it is charged. What counts is
who buys: today the commissioners buy from every provider; in the contract each buys from the party above it. The
collapse of a contract in 2015 was put down in part to this (National Audit Office, Investigation into the collapse of
the UnitingCare Partnership contract, 2016). Stranded cost is what an old holder cannot shed at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.money import Minor
from obc.domain.money.finance.amount import minor
from obc.domain.money.finance.transfer_terms import Stranded, Transfer, Vat

MONTHS = 12


class Edge(NamedTuple):
    """A link: who pays, who supplies, and the money of a year (minor units)."""

    payer: str
    supplier: str
    amount: int


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LinkVat(_Row):
    """A year's VAT that sticks on a link: as today, when commissioners buy, and in the contract."""

    supplier_is: str
    customer_is: str
    today_minor: Minor
    in_contract_minor: Minor
    why: str
    source: str

    @property
    def added_minor(self) -> int:
        """What moving adds."""
        return self.in_contract_minor - self.today_minor


class LinkStranded(_Row):
    """Cost that stays at a party: in this year, and over all the months until it is gone."""

    at: str
    what: str
    months: int
    in_year_minor: Minor
    altogether_minor: Minor
    source: str


class LinkCost(_Row):
    """What one link carries in a year. `vat` is None where nobody says what the two bodies are."""

    payer: str
    supplier: str
    amount_minor: Minor
    contracts_ended: tuple[str, ...]
    vat: LinkVat | None
    stranded: tuple[LinkStranded, ...]


class HeldBy(_Row):
    """The VAT that moving would add if a body of this kind, apart from all providers, held the contract."""

    kind: str
    added_minor: Minor


class TransferCost(_Row):
    """Every link of a year, and what VAT would stick with another kind of holder."""

    year: int
    links: tuple[LinkCost, ...]
    held_by: tuple[HeldBy, ...]

    @property
    def vat_added_minor(self) -> int:
        """The VAT that moving adds in the year, over all links."""
        return sum(link.vat.added_minor for link in self.links if link.vat)

    @property
    def stranded_minor(self) -> int:
        """The cost that stays in the year, over all links."""
        return sum(one.in_year_minor for link in self.links for one in link.stranded)


def transfer_cost(
    terms: Transfer,
    edges: Sequence[Edge],
    commissioners: Mapping[str, Fraction],
    ended: Mapping[str, Sequence[str]],
    year: int,
    months_gone: int,
) -> TransferCost:
    """What the links carry in a year of the contract that begins `months_gone` after its first day.

    `commissioners`: the share that each pays. `ended`: the contracts of today that each supplier gives up.
    """
    links = tuple(
        LinkCost(
            payer=edge.payer,
            supplier=edge.supplier,
            amount_minor=edge.amount,
            contracts_ended=() if edge.payer in commissioners else tuple(ended.get(edge.supplier, ())),
            vat=_vat(terms.vat, edge, edges, commissioners) if terms.vat else None,
            stranded=tuple(_stays(one, edge, months_gone) for one in terms.stranded if _on(one, edge)),
        )
        for edge in edges
    )
    return TransferCost(year=year, links=links, held_by=tuple(_held_by(terms.vat, edges, commissioners)))


def _on(one: Stranded, edge: Edge) -> bool:
    return (one.from_, one.to) == (edge.payer, edge.supplier)


def _stays(one: Stranded, edge: Edge, gone: int) -> LinkStranded:
    """The area under a straight line that falls from the yearly cost to nothing."""
    a_month = edge.amount * one.share / MONTHS

    def until(month: int) -> Fraction:
        reached = min(month, one.months)
        return a_month * (reached - Fraction(reached * reached, 2 * one.months))

    return LinkStranded(
        at=one.at,
        what=one.what,
        months=one.months,
        in_year_minor=minor(until(gone + MONTHS) - until(gone)),
        altogether_minor=minor(until(one.months)),
        source=one.source,
    )


def _vat(vat: Vat, edge: Edge, edges: Sequence[Edge], commissioners: Mapping[str, Fraction]) -> LinkVat | None:
    supplier, customer = vat.body(edge.supplier), vat.body(edge.payer)
    if supplier is None or customer is None:
        return None
    rule = vat.rule(supplier.is_, customer.is_)
    today = _sticks_today(vat, edge, edges, commissioners)
    if rule is None or today is None:
        return None
    return LinkVat(
        supplier_is=supplier.is_,
        customer_is=customer.is_,
        today_minor=minor(today),
        in_contract_minor=minor(_sticks(vat, edge, edges, customer.is_) or Fraction(0)),
        why=rule.why,
        source=rule.source,
    )


def _sticks_today(
    vat: Vat, edge: Edge, edges: Sequence[Edge], commissioners: Mapping[str, Fraction]
) -> Fraction | None:
    """What sticks when the commissioners buy, each its share; a link from a commissioner is what it is today."""
    payers = {edge.payer: Fraction(1)} if edge.payer in commissioners else commissioners
    parts = []
    for payer, share in payers.items():
        body = vat.body(payer)
        sticks = _sticks(vat, edge, edges, body.is_) if body else None
        if sticks is None:
            return None
        parts.append(sticks * share)
    return sum(parts, Fraction(0))


def _sticks(vat: Vat, edge: Edge, edges: Sequence[Edge], customer: str) -> Fraction | None:
    """The VAT of a year that sticks on a link where a body of this kind buys; None where no rule says so."""
    body = vat.body(edge.supplier)
    rule = vat.rule(body.is_, customer) if body else None
    if body is None or rule is None:
        return None
    on_costs = body.taxed_costs.value * _own(edge, edges) * vat.rate.value if body.taxed_costs else Fraction(0)
    charged = rule.taxed.value * edge.amount * vat.rate.value if rule.taxed else Fraction(0)
    kept_back = 1 - (rule.buyer_recovers.value if rule.buyer_recovers else Fraction(1))
    return on_costs * (1 - rule.recovers.value) + charged * kept_back


def _own(edge: Edge, edges: Sequence[Edge]) -> Fraction:
    """What of the link's money the supplier spends itself: it passes the rest on, in proportion."""
    received = sum(one.amount for one in edges if one.supplier == edge.supplier)
    passed = sum(one.amount for one in edges if one.payer == edge.supplier)
    return edge.amount * (1 - Fraction(passed, received or 1))


def _held_by(vat: Vat | None, edges: Sequence[Edge], commissioners: Mapping[str, Fraction]) -> Iterator[HeldBy]:
    """Each kind of customer as the holder: a body of its own that buys all care from today's providers."""
    if vat is None:
        return
    for kind in vat.kinds:
        added = Fraction(0)
        for edge in edges:
            after, before = _sticks(vat, edge, edges, kind), _sticks_today(vat, edge, edges, commissioners)
            if after is None or before is None:
                break
            added += after - before
        else:
            yield HeldBy(kind=kind, added_minor=minor(added))
