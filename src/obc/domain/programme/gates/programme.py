"""A programme: its bodies, the contracts it is to make, and what is handed from one to the other: `programme.yaml`."""

from collections import Counter
from datetime import date
from typing import Self

from pydantic import Field, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Text
from obc.domain.core.kernel.problem import wrong
from obc.domain.money.finance.amount import Amount
from obc.domain.programme.gates.body import Body


class PlannedContract(Written):
    """A contract that the programme is to make. `folder` names its contract folder, once there is one.

    `spend`: what is spent on it today, where no folder says so; without either it is not known, never nothing.
    """

    id: Slug
    title: Text
    for_: Text
    folder: Text | None = None
    spend: Amount | None = None
    manager: Slug
    source: Text


class Side(Written):
    """What one side says is handed over: which groups of people, and how much money goes with them.

    `service`: the line of the contract's finance file in which the money stands, where there is one.
    """

    contract: Slug
    groups: tuple[Text, ...]
    amount: Amount | None = None
    service: Slug | None = None
    stated: date | None = None
    source: Text


class Handover(Written):
    """People and money that leave the scope of one contract for that of another. Both sides must say the same."""

    id: Slug
    what: Text
    giver: Side
    taker: Side


class Programme(Written):
    """What the whole is for, who decides, and which contracts come out of it."""

    id: Slug
    title: Text
    summary: Text
    commissioner: Slug
    bodies: tuple[Body, ...] = Field(min_length=1)
    contracts: tuple[PlannedContract, ...] = Field(min_length=1)
    handovers: tuple[Handover, ...] = ()
    source: Text

    @model_validator(mode="after")
    def _names_hold(self) -> Self:
        for what, ids in (
            ("bodies", [one.id for one in self.bodies]),
            ("contracts", [one.id for one in self.contracts]),
            ("handovers", [one.id for one in self.handovers]),
        ):
            twice = [name for name, times in Counter(ids).items() if times > 1]
            if twice:
                raise wrong(f"'{twice[0]}' twice", "give each an id of its own", what)
        bodies, contracts = {one.id for one in self.bodies}, {one.id for one in self.contracts}
        for place, body in enumerate(self.bodies):
            if body.reports_to is not None and body.reports_to not in bodies - {body.id}:
                known = ", ".join(sorted(bodies - {body.id})) or "no other body"
                raise wrong(f"'{body.reports_to}'", f"name another body: {known}", "bodies", place, "reports to")
        for place, handover in enumerate(self.handovers):
            for key in ("giver", "taker"):
                named = getattr(handover, key).contract
                if named not in contracts:
                    raise wrong(f"'{named}'", f"name a contract: {', '.join(contracts)}", "handovers", place, key)
            if handover.giver.contract == handover.taker.contract:
                raise wrong("both sides the same contract", "hand over to another contract", "handovers", place)
        return self

    def body(self, name: str) -> Body:
        """The body of that id, which the checks at loading have found."""
        return next(one for one in self.bodies if one.id == name)
