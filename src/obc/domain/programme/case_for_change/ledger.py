"""The scope-to-budget ledger: every service, every scope, every pound once."""

from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict

from obc.domain.money.finance.finance import Finance
from obc.domain.money.finance.service import SCOPES

ROUNDING = "rounding"
"""The id of the line that holds what printed totals hold beyond printed lines."""


class LedgerLine(BaseModel):
    """A service line with its spend by scope (minor units)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    service: str
    title: str
    spend_minor: int
    in_minor: int
    later_minor: int
    influence_minor: int
    out_minor: int
    envelope_minor: int
    forecast_minor: int | None
    provider: str | None
    reason: str | None
    source: str | None


class Ledger(BaseModel):
    """All lines, and their sum; `services_with_spend` leaves out those that nothing is spent on yet."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    lines: tuple[LedgerLine, ...]
    total: LedgerLine
    services: int
    services_with_spend: int


def ledger(finance: Finance) -> Ledger:
    """The ledger of a case. Its lines add up to its total, by scope and across."""
    lines = tuple(_lines(finance))
    sums = {name: sum(getattr(line, name) for line in lines) for name in _SUMMED}
    forecast = sum(line.forecast_minor or 0 for line in lines)
    total = LedgerLine(
        service="total", title="Total", forecast_minor=forecast, provider=None, reason=None, source=None, **sums
    )
    return Ledger(
        lines=lines,
        total=total,
        services=len(finance.services),
        services_with_spend=sum(service.spend > 0 for service in finance.services),
    )


_SUMMED = ("spend_minor", "in_minor", "later_minor", "influence_minor", "out_minor", "envelope_minor")


def _lines(finance: Finance) -> Iterator[LedgerLine]:
    for service in finance.services:
        inside = service.spent("in")
        yield LedgerLine(
            service=service.id,
            title=service.title,
            spend_minor=service.spend,
            **{f"{scope}_minor": service.spent(scope) for scope in SCOPES},
            envelope_minor=inside,
            forecast_minor=service.expected if inside else None,
            provider=service.provider,
            reason=service.reason,
            source=service.source,
        )
    rounding = finance.rounding
    if any(rounding.split):
        yield LedgerLine(
            service=ROUNDING,
            title="Rounding of the lines",
            spend_minor=sum(rounding.split),
            **{f"{scope}_minor": amount for scope, amount in zip(SCOPES, rounding.split, strict=True)},
            envelope_minor=rounding.in_,
            forecast_minor=rounding.in_,
            provider=None,
            reason="the lines were rounded before they were printed",
            source=rounding.source,
        )
