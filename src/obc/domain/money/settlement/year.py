"""One contract year settled from indicator values: scored, paid, and frozen where a figure is in dispute."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.values import IndicatorValue
from obc.domain.money.payment.evaluation import Evaluation
from obc.domain.money.payment.mechanism import Mechanism
from obc.domain.money.settlement.circumstances import NONE, Circumstances
from obc.domain.money.settlement.contract_year import ContractYear
from obc.domain.money.settlement.dispute import at_an_end, frozen, in_dispute
from obc.domain.money.settlement.inputs import inputs_from
from obc.domain.money.settlement.returns import NOTHING_RETURNED, Returns
from obc.domain.money.settlement.settlement import Settlement, settle
from obc.domain.money.settlement.withholding import less_withheld
from obc.domain.outcomes.framework.framework import Framework
from obc.domain.outcomes.scoring.evidenced import Evidenced
from obc.domain.outcomes.scoring.judging import Direction, chosen
from obc.domain.outcomes.scoring.score import score
from obc.domain.outcomes.scoring.scorecard import Scorecard


class Terms(NamedTuple):
    """What a contract says of payment: mechanism, framework, which way each indicator is better, its years in days."""

    mechanism: Mechanism
    framework: Framework | None
    directions: Mapping[str, Direction]
    years: Mapping[int, ContractYear] = MappingProxyType({})

    def others(self, year: int, returns: Returns) -> Mapping[str, Evidenced]:
        """What fills inputs that neither scorecard nor values fill: what was handed in, and the part of the year."""
        parts = self.years[year].parts if year in self.years else {}
        return {**parts, **returns.of_year(year).inputs(self.mechanism)}


class SettledYear(NamedTuple):
    """A settlement with the evaluation and the scorecard that it comes from (which say nothing of the disputed)."""

    settlement: Settlement
    done: Evaluation
    scorecard: Scorecard | None


def settle_year(
    terms: Terms,
    values: Iterable[IndicatorValue],
    year: int,
    period: Period,
    party: str,
    met: Circumstances = NONE,
    returns: Returns = NOTHING_RETURNED,
) -> SettledYear:
    """Settle a year, under its circumstances and with what was handed in. Raises what its parts raise."""
    given = tuple(values)
    done = _settled(terms, given, year, period, party, met, returns)
    used = chosen(given, period).values()
    if in_dispute(used):
        least, most = (
            _settled(terms, at_an_end(used, terms.directions, end), year, period, party, met, returns).settlement
            for end in ("worst", "best")
        )
        done = done._replace(settlement=frozen(terms.mechanism, least, most))
    return done._replace(settlement=less_withheld(done.settlement, terms.mechanism, met))


def _settled(
    terms: Terms,
    values: tuple[IndicatorValue, ...],
    year: int,
    period: Period,
    party: str,
    met: Circumstances,
    returns: Returns,
) -> SettledYear:
    card = score(terms.framework, values, terms.directions, year, period) if terms.framework else None
    inputs = inputs_from(terms.mechanism, card, chosen(values, period), met, terms.others(year, returns))
    done, settlements = settle(terms.mechanism, inputs, [party], [year], terms.years, met.relieved)
    return SettledYear(settlements[0], done, card)
