"""Handovers between the scopes of contracts: both sides must say the same of people and of money."""

from collections.abc import Mapping
from datetime import date

from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.money import written
from obc.domain.core.kernel.people import Person
from obc.domain.core.kernel.problem import refusal
from obc.domain.programme.gates.programme import Handover, PlannedContract


class Agreement(BaseModel):
    """Whether two sides agree on a handover; where they do not, what stands between them, in words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    handover: Handover
    apart: tuple[str, ...]

    @property
    def agreed(self) -> bool:
        """Whether nothing stands between them."""
        return not self.apart


def agreement(handover: Handover, currency: str, booked: int | None = None) -> Agreement:
    """What stands between two sides. `booked`: what the giver's own finance file says of the service (minor units)."""
    giver, taker = handover.giver, handover.taker
    apart = []
    for name, one, other in (("only the giver", giver, taker), ("only the taker", taker, giver)):
        alone = [group for group in one.groups if group not in other.groups]
        if alone:
            apart.append(f"{name} names {', '.join(alone)}")
    for side in (giver, taker):
        if side.amount is None:
            apart.append(f"{side.contract} has not said how much money goes with them")
    if giver.amount is not None and taker.amount is not None and giver.amount != taker.amount:
        amounts = f"{written(giver.amount, currency)} given, {written(taker.amount, currency)} taken"
        apart.append(f"{amounts}: {written(abs(giver.amount - taker.amount), currency)} apart")
    if booked is not None and giver.amount is not None and booked != giver.amount:
        apart.append(f"the giver's finance file says {written(booked, currency)}")
    return Agreement(handover=handover, apart=tuple(apart))


def stated(
    handover: Handover,
    contracts: Mapping[str, PlannedContract],
    by: Person,
    contract: str,
    amount: int,
    groups: tuple[str, ...] | None,
    on: date,
) -> Handover:
    """The handover with what one side says. It is for the manager of that side's contract to say. Raises `Problems`."""
    where = f"handover '{handover.id}'"
    key = next((key for key in ("giver", "taker") if getattr(handover, key).contract == contract), None)
    if key is None:
        sides = f"{handover.giver.contract} or {handover.taker.contract}"
        raise refusal(where, "the side", f"'{contract}', which is neither", f"write {sides}")
    manager = contracts[contract].manager
    if by.id != manager:
        raise refusal(where, "state", f"{by.id}, who does not manage '{contract}'", f"it is for {manager} to say")
    side = getattr(handover, key)
    given = {"amount": amount, "groups": groups or side.groups, "stated": on, "source": f"stated by {by.id}"}
    return handover.model_copy(update={key: side.model_copy(update=given)})
