"""Transfer terms: what moving money from today's contracts into one leaves behind, link by link."""

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.problem import wrong
from obc.domain.money.finance.amount import Share

Text = Annotated[str, StringConstraints(min_length=1)]


class Sourced(Written):
    """A share with its source: `{value: 20 %, source: …}`."""

    value: Share
    source: Text


class Body(Written):
    """What a party is to the taxman. `taxed costs`: the part of its costs, before VAT, that suppliers tax.

    Pay and exempt supplies bear none. Only who supplies something needs it.
    """

    party: Slug
    is_: Slug
    taxed_costs: Sourced | None = None
    source: Text


class Recovery(Written):
    """What happens to VAT where one kind of body supplies another.

    `taxed`: the part of the supply that VAT is charged on; nothing of an exempt supply. `recovers`: the share of the
    VAT on its costs that the supplier gets back; `buyer recovers`: that of the VAT charged that the customer does.
    """

    supplier: Slug
    customers: tuple[Slug, ...] = Field(min_length=1)
    taxed: Sourced | None = None
    recovers: Sourced
    buyer_recovers: Sourced | None = None
    why: Text
    source: Text


class Vat(Written):
    """The rate of VAT, what each party is, and what is recovered between any two kinds of body."""

    rate: Sourced
    bodies: tuple[Body, ...] = Field(min_length=1)
    rules: tuple[Recovery, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        for found, cure, at in self._unsound():
            raise wrong(found, cure, *at)
        return self

    def _unsound(self) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
        parties = [body.party for body in self.bodies]
        for i, name in enumerate(parties):
            if name in parties[:i]:
                yield f"'{name}' twice among the bodies", "say once what it is", ("bodies", i, "party")
        ways = [(i, (rule.supplier, customer)) for i, rule in enumerate(self.rules) for customer in rule.customers]
        for place, (i, way) in enumerate(ways):
            if way in [earlier for _, earlier in ways[:place]]:
                found = f"a second rule for what a {way[0]} supplies to a {way[1]}"
                yield found, "leave one rule for each pair", ("rules", i)
        known = {kind for _, way in ways for kind in way}
        for i, body in enumerate(self.bodies):
            if body.is_ not in known:
                cure = f"write one of {', '.join(sorted(known))}, or add a rule for it"
                yield f"'{body.is_}', of which no rule speaks", cure, ("bodies", i, "is")

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind of body that a rule speaks of as a customer, in the order of the rules."""
        return tuple(dict.fromkeys(customer for rule in self.rules for customer in rule.customers))

    def body(self, party: str) -> Body | None:
        """What a party is; None where nobody says."""
        return next((body for body in self.bodies if body.party == party), None)

    def rule(self, supplier: str, customer: str) -> Recovery | None:
        """The rule for two kinds of body; None where there is none."""
        return next((one for one in self.rules if one.supplier == supplier and customer in one.customers), None)


def _months(months: int) -> int:
    if not 1 <= months <= 120:
        raise wrong(f"{months} months", "write 1 to 120 months")
    return months


class Stranded(Written):
    """Cost that stays at a party when the money of a link moves: a share of it, falling in a straight line to nothing.

    `at`: who bears it; `from` and `to`: the link whose money it is a share of, a year's worth on the first day.
    """

    at: Slug
    from_: Slug
    to: Slug
    what: Text
    share: Share
    months: Annotated[int, AfterValidator(_months)]
    source: Text


class Transfer(Written):
    """What finance.yaml says of moving the money: VAT that cannot be recovered, and cost that stays behind."""

    vat: Vat | None = None
    stranded: tuple[Stranded, ...] = ()

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.vat is None and not self.stranded:
            raise wrong("a transfer that costs nothing", "give 'vat', 'stranded', or leave the transfer out")
        return self
