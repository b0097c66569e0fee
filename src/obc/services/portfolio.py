"""The portfolio of a programme: phase, money and risk of each contract, what is handed over, and what is due next."""

from datetime import date, timedelta

from obc.domain.programme.gates.gate import Gate
from obc.domain.programme.gates.handover import Agreement, agreement
from obc.domain.programme.gates.portfolio import SOON, Due, Portfolio, Stands, due, due_on, next_gate, phase_of
from obc.domain.programme.gates.programme import Handover, PlannedContract
from obc.domain.programme.gates.schedule import critical_path, schedule
from obc.domain.programme.risks.heat_map import banded
from obc.services.governance import Governance

CURRENCY = "GBP"
"""Of amounts that no contract folder gives a currency to: the programmes there are run in England."""


def portfolio(governed: Governance, on: date) -> Portfolio:
    """The programme as it stands on a day. Raises `Problems`."""
    gates, plan = governed.gates.records, governed.plan
    handovers = tuple(agreed(governed, one) for one in governed.handovers.records)
    return Portfolio(
        on=on,
        contracts=tuple(_stands(governed, one, gates) for one in governed.programme.contracts),
        handovers=handovers,
        due=_due(governed, on),
        path=critical_path(schedule(plan, on)),
    )


def agreed(governed: Governance, handover: Handover) -> Agreement:
    """Whether both sides of a handover say the same, and the giver's own finance file with them."""
    money = governed.money(governed.contracts[handover.giver.contract])
    booked = money.services.get(handover.giver.service) if money and handover.giver.service else None
    return agreement(handover, money.currency if money else CURRENCY, booked)


def _stands(governed: Governance, contract: PlannedContract, gates: tuple[Gate, ...]) -> Stands:
    money = governed.money(contract)
    risks = [one for one in governed.risks.records if contract.id in one.contracts]
    sides = governed.handovers.records
    return Stands(
        contract=contract,
        phase=phase_of(contract.id, gates, governed.process),
        next_gate=next_gate(contract.id, gates),
        currency=money.currency if money else CURRENCY,
        in_scope_minor=money.in_scope if money else contract.spend,
        later_minor=money.later if money else None,
        given_minor=_together([one.giver.amount for one in sides if one.giver.contract == contract.id]),
        taken_minor=_together([one.taker.amount for one in sides if one.taker.contract == contract.id]),
        risks=tuple(banded(risks, "standing").items()),
        waiting=tuple(one.id for one in governed.carried.waiting(risks)) if governed.carried else (),
    )


def _together(amounts: list[int | None]) -> int | None:
    """The sum; not known as soon as one is not."""
    return None if None in amounts else sum(one for one in amounts if one is not None)


def _due(governed: Governance, on: date) -> tuple[Due, ...]:
    until = on + timedelta(days=SOON)
    reviews = [
        due_on(one.review_by, f"Review: {one.title}", "risk", one.id, one.owner, on)
        for one in governed.risks.records
        if one.live and one.review_by <= until
    ]
    known = [*due(governed.gates.records, governed.plan, on), *reviews]
    return tuple(sorted(known, key=lambda one: (one.day, one.kind, one.id)))
