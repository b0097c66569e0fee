"""Everything in a contract that does not fit together, found at once."""

from collections.abc import Iterator
from datetime import date

from obc.domain.contract.agreement.check_definitions import definition_findings
from obc.domain.contract.agreement.check_figures import figure_findings
from obc.domain.contract.agreement.check_framework import framework_findings
from obc.domain.contract.agreement.check_payment import payment_findings
from obc.domain.contract.agreement.contract import Parts
from obc.domain.contract.agreement.finding import Finding


def findings(parts: Parts, on: date | None = None) -> tuple[Finding, ...]:
    """What does not fit between the parts of a contract. Parts that are None are left out of it.

    `on` is the day on which review dates are looked at; without it they are not.
    """
    return tuple(_findings(parts, on))


def _findings(parts: Parts, on: date | None) -> Iterator[Finding]:
    years = parts.agreement.term.possible_years if parts.agreement else ()
    yield from _nothing_to_settle(parts)
    yield from framework_findings(parts)
    yield from payment_findings(parts)
    yield from figure_findings("framework.yaml", parts.framework, years)
    yield from figure_findings("payment.yaml", parts.mechanism, years, sources=False)  # each step asks for its own
    yield from _years(parts)
    yield from definition_findings(parts, on)


def _nothing_to_settle(parts: Parts) -> Iterator[Finding]:
    if parts.mechanism is None and "payment.yaml" not in parts.unread:
        expected = "say in payment.yaml how points or values become money, or leave it so while you agree the rest"
        yield Finding(file="payment.yaml", at=(), found="no such file", expected=expected, severity="warning")


def _years(parts: Parts) -> Iterator[Finding]:
    """Years that the framework speaks of and the term does not have."""
    if parts.framework is None or parts.agreement is None:
        return
    years = parts.agreement.term.possible_years
    named: list[tuple[tuple[str | int, ...], int | None]] = []
    for i, outcome in enumerate(parts.framework.outcomes):
        named.append((("outcomes", i, "pays from"), outcome.pays_from))
        named.append((("outcomes", i, "pays until"), outcome.pays_until))
    named += [(("levels", i, "from"), entry.from_) for i, entry in enumerate(parts.framework.levels)]
    for i, extra in enumerate(parts.framework.additional):
        named += [(("additional", i, "from"), extra.from_), (("additional", i, "until"), extra.until)]
    for at, year in named:
        if year is not None and year not in years:
            expected = f"the contract's years run from {years[0]} to {years[-1]}"
            yield Finding(file="framework.yaml", at=at, found=f"year {year}", expected=expected)
