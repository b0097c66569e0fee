"""Services and what they cost, by scope: every pound stands in exactly one."""

from typing import Any, Literal, Self, get_args

from pydantic import model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.problem import wrong
from obc.domain.money.finance.amount import Amount, thousands

ScopeName = Literal["in", "later", "influence", "out"]
"""in: in the contract from its first day. later: to be brought in during it. influence: paid elsewhere, but the
contract must move it. out: another contract's, or nobody's yet."""

SCOPES: tuple[ScopeName, ...] = get_args(ScopeName)


class Scope(Written):
    """Where a service stands: `in`, or amounts where it is split, `{in: 2_767k, later: 439k}`."""

    whole: ScopeName | None = None
    in_: Amount = 0
    later: Amount = 0
    influence: Amount = 0
    out: Amount = 0

    @model_validator(mode="before")
    @classmethod
    def _short(cls, given: Any) -> Any:
        return {"whole": given} if isinstance(given, str) else given

    @property
    def split(self) -> tuple[int, ...]:
        """The amounts by scope, in the order of `SCOPES`; all nothing where the service is whole."""
        return (self.in_, self.later, self.influence, self.out)


class Rounding(Written):
    """What printed totals hold beyond the printed lines, by scope: the lines were rounded before they were printed."""

    in_: Amount = 0
    later: Amount = 0
    influence: Amount = 0
    out: Amount = 0
    source: str | None = None

    @property
    def split(self) -> tuple[int, ...]:
        """The amounts by scope, in the order of `SCOPES`."""
        return (self.in_, self.later, self.influence, self.out)


class Service(Written):
    """A service line with what is planned to be spent on it in the base year.

    `forecast`: what it is now thought to cost, where that differs from the plan. `funded by: clusters` marks the
    lines whose pay follows activity by care cluster; efficiency targets and cluster savings fall on them.
    """

    id: Slug
    title: str
    spend: Amount
    forecast: Amount | None = None
    scope: Scope
    funded_by: Literal["clusters", "block"] = "block"
    provider: Slug | None = None
    reason: str | None = None
    source: str | None = None

    @model_validator(mode="after")
    def _every_pound_once(self) -> Self:
        split, total = self.scope.split, sum(self.scope.split)
        if self.scope.whole and total:
            raise wrong("a scope for the whole and amounts as well", "write the one or the other", "scope")
        if not self.scope.whole and total != self.spend:
            apart = thousands(abs(total - self.spend))
            where = f"{apart:,}k in two scopes" if total > self.spend else f"{apart:,}k in none"
            parts = " + ".join(f"{thousands(part):,}k" for part in split if part) or "nothing"
            raise wrong(
                f"{parts} for a spend of {thousands(self.spend):,}k: {where}",
                "make the amounts by scope add up to the spend; every pound stands in exactly one",
                "scope",
            )
        return self

    def spent(self, scope: ScopeName) -> int:
        """What of the planned spend stands in a scope (minor units)."""
        if self.scope.whole:
            return self.spend if self.scope.whole == scope else 0
        return self.scope.split[SCOPES.index(scope)]

    @property
    def expected(self) -> int:
        """What the part that is in scope is now thought to cost: the forecast where there is one, else the plan."""
        return self.spent("in") if self.forecast is None else self.forecast


def total(services: tuple[Service, ...], rounding: Rounding, scope: ScopeName | None = None) -> int:
    """The planned spend of services in a scope, or altogether, with what rounding kept from the lines (minor units)."""
    if scope is None:
        return sum(service.spend for service in services) + sum(rounding.split)
    return sum(service.spent(scope) for service in services) + rounding.split[SCOPES.index(scope)]
