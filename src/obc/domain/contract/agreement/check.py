"""Everything in a contract that does not fit together, found at once."""

from collections.abc import Iterator
from datetime import date

from obc.domain.contract.agreement.check_case_mix import case_mix_findings
from obc.domain.contract.agreement.check_definitions import definition_findings
from obc.domain.contract.agreement.check_figures import figure_findings
from obc.domain.contract.agreement.check_finance import finance_findings
from obc.domain.contract.agreement.check_framework import framework_findings
from obc.domain.contract.agreement.check_parties import party_findings
from obc.domain.contract.agreement.check_payment import payment_findings
from obc.domain.contract.agreement.check_published import published_findings
from obc.domain.contract.agreement.check_schedules import schedule_findings
from obc.domain.contract.agreement.check_segments import segment_findings
from obc.domain.contract.agreement.contract import Parts
from obc.domain.contract.agreement.finding import TERM, At, Finding


def findings(parts: Parts, on: date | None = None) -> tuple[Finding, ...]:
    """What does not fit between the parts of a contract. Parts that are None are left out of it.

    `on` is the day on which review dates are looked at; without it they are not.
    """
    return tuple(_findings(parts, on))


def _findings(parts: Parts, on: date | None) -> Iterator[Finding]:
    years = parts.agreement.term.possible_years if parts.agreement else ()
    yield from party_findings(parts)
    yield from _nothing_to_settle(parts)
    yield from framework_findings(parts)
    yield from segment_findings(parts)
    yield from payment_findings(parts)
    yield from published_findings(parts)
    yield from finance_findings(parts)
    yield from schedule_findings(parts)
    yield from case_mix_findings(parts)
    yield from figure_findings("framework.yaml", parts.framework, years)
    yield from figure_findings("payment.yaml", parts.mechanism, years, sources=False)  # each step asks for its own
    yield from figure_findings("finance.yaml", parts.finance, ())
    yield from figure_findings("schedules.yaml", parts.schedules, years)
    yield from figure_findings("evidence.yaml", parts.evidence, years)
    yield from _years(parts)
    yield from definition_findings(parts, on)


def _nothing_to_settle(parts: Parts) -> Iterator[Finding]:
    if parts.mechanism is None and "payment.yaml" not in parts.unread:
        expected = "say in payment.yaml how points or values become money, or leave it so while you agree the rest"
        yield Finding(file="payment.yaml", at=(), found="no such file", expected=expected, severity="warning")


def _years(parts: Parts) -> Iterator[Finding]:
    """Years and days that the contract speaks of and its term does not have."""
    if parts.agreement is None:
        return
    term = parts.agreement.term
    for i, variation in enumerate(parts.agreement.variations):
        at: At = ("variations", i, "effective")
        if term.year_of(variation.effective) is None:
            found = f"{variation.effective}, which is outside the term"
            rests_on = (("contract.yaml", at), TERM)
            yield Finding(
                file="contract.yaml", at=at, found=found, expected="write a day within the term", rests_on=rests_on
            )
    for at, year in _framework_years(parts):
        if year not in term.possible_years:
            expected = f"the contract's years run from {term.possible_years[0]} to {term.possible_years[-1]}"
            rests_on = (("framework.yaml", at), TERM)
            yield Finding(file="framework.yaml", at=at, found=f"year {year}", expected=expected, rests_on=rests_on)


def _framework_years(parts: Parts) -> Iterator[tuple[At, int]]:
    if parts.framework is None:
        return
    for i, outcome in enumerate(parts.framework.outcomes):
        yield ("outcomes", i, "pays from"), outcome.pays_from
        if outcome.pays_until is not None:
            yield ("outcomes", i, "pays until"), outcome.pays_until
    for i, entry in enumerate(parts.framework.levels):
        yield ("levels", i, "from"), entry.from_
    for i, extra in enumerate(parts.framework.additional):
        yield ("additional", i, "from"), extra.from_
        if extra.until is not None:
            yield ("additional", i, "until"), extra.until
