"""Chase: which records to go after before a year is settled, by what the contract would pay for knowing them."""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.values import ALL, IndicatorValue, ValueSet
from obc.domain.outcomes.framework.framework import Outcome
from obc.domain.outcomes.scoring.judging import Key
from obc.domain.outcomes.scoring.scorecard import Scorecard
from obc.services.score import score_year


class Chase(NamedTuple):
    """One indicator in one segment, as it would be scored today.

    `points` are those to be had, `gain` those that more come in if every record that does not say turned out well:
    the most that chasing can bring. `stopped` says why it is not scored at all; empty where it is.
    """

    indicator: str
    segment: str
    paid: bool
    points: Fraction
    gain: Fraction
    evidence: Evidence
    value: IndicatorValue | None
    stopped: str


def chase(contract: Contract, values: ValueSet, year: int) -> tuple[Chase, ...]:
    """Every indicator of the year's scorecard; what cannot be paid first, then by what chasing could bring.

    Raises `Problems` where the year cannot be scored at all: see `score_year`.
    """
    definitions = {one.id: one for one in contract.definitions}
    known = {_key(one): one for one in values.values if one.provider == ALL and _of(one, contract, year)}
    turned = [_turned_out_well(one, definitions) for one in values.values]
    card = score_year(contract, values, year)
    earned = _points(score_year(contract, values.model_copy(update={"values": tuple(turned)}), year))
    cases = {use.id: use.minimum_cases for outcome in _outcomes(contract) for use in outcome.indicators}
    found = [
        Chase(
            indicator=one.id,
            segment=one.segment,
            paid=one.incentivised and outcome.pays,
            points=one.points_available,
            gain=max(Fraction(0), earned[one.id, one.segment] - one.points_earned),
            evidence=one.evidence,
            value=known.get((one.id, one.segment)),
            stopped=_stopped(known.get((one.id, one.segment)), one.evidence, cases.get(one.id, 0)),
        )
        for outcome in card.outcomes
        for one in outcome.indicators
    ]
    return tuple(sorted(found, key=lambda one: (not one.paid, not one.stopped, -one.gain, -unknown_share(one.value))))


def unknown_share(value: IndicatorValue | None) -> Fraction:
    """The part of those looked at whose record does not say; 0 where nothing is known of it."""
    if value is None or not value.unknown or value.denominator is None or value.measure == "rate":
        return Fraction(0)
    return Fraction(value.unknown) / max(Fraction(value.denominator), Fraction(value.unknown))


def _outcomes(contract: Contract) -> tuple[Outcome, ...]:
    return contract.framework.outcomes if contract.framework else ()


def _key(one: IndicatorValue) -> Key:
    return one.indicator, one.segment


def _of(one: IndicatorValue, contract: Contract, year: int) -> bool:
    period = contract.period(year)
    return (one.period_start, one.period_end) == (period.start, period.end)


def _points(card: Scorecard) -> dict[Key, Fraction]:
    return {(one.id, one.segment): one.points_earned for outcome in card.outcomes for one in outcome.indicators}


def _turned_out_well(one: IndicatorValue, definitions: dict[str, IndicatorDefinition]) -> IndicatorValue:
    """A proportion in which everybody who is not known is known, and well."""
    definition = definitions.get(one.indicator)
    if definition is None or one.measure != "proportion" or not one.unknown or one.numerator is None:
        return one
    if one.denominator is None or not one.evidence.usable:
        return one
    more = Decimal(one.unknown)
    under = one.denominator + (more if definition.unknown == "leaves the denominator" else 0)
    top = min(under, one.numerator + more) if definition.direction == "higher is better" else one.numerator
    counts = {"numerator": top, "denominator": under, "unknown": 0, "value": top / under if under else None}
    return one.model_copy(update=counts)


def _stopped(value: IndicatorValue | None, evidence: Evidence, fewest: int) -> str:
    """Why an indicator is not scored, in words."""
    if value is None or value.denominator is None:
        return "no figure was given"
    if not value.evidence.usable:
        return f"the evidence is {value.evidence.value}"
    if not value.denominator:
        return "nobody was counted"
    if value.denominator < fewest:
        return f"{value.denominator:,} counted, where the contract asks for {fewest:,}"
    return "" if evidence.usable else f"the evidence is {evidence.value}"
