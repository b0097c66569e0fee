"""Names: what people call the parties, accounts, segments and indicators that files call by their ids."""

from dataclasses import replace
from functools import cached_property

from obc.domain.contract.agreement.contract import Contract
from obc.domain.measurement.indicators.values import ALL
from obc.domain.money.payment.pool import Pool, Reinvested
from obc.domain.money.payment.settle import Settle
from obc.domain.money.payment.split import Share
from obc.domain.outcomes.framework.framework import IndicatorUse
from obc.reports.reading import Reading
from obc.reports.wording import capital


class Names:
    """The names that a contract gives; an id without one is read as words."""

    def __init__(self, contract: Contract):
        self.contract = contract

    def account(self, account: str) -> str:
        """A party, a commissioner, a pot or a service."""
        return self._accounts.get(account) or capital(account.replace("-", " "))

    def segment(self, segment: str) -> str:
        """A segment; `all` stands for everybody."""
        if segment == ALL:
            return "Everybody"
        segmentation = self.contract.segmentation
        titles = {rule.id: rule.title for rule in segmentation.segments} if segmentation else {}
        return titles.get(segment) or capital(segment.replace("-", " "))

    def use(self, indicator: str) -> IndicatorUse:
        """An indicator as the framework uses it. Raises StopIteration where it does not."""
        framework = self.contract.framework
        outcomes = framework.outcomes if framework else ()
        return next(use for outcome in outcomes for use in outcome.indicators if use.id == indicator)

    def reading(self, use: IndicatorUse) -> Reading:
        """How an indicator's figures read under an outcome."""
        return replace(self.measured(use.id), ratio=use.figure == "ratio")

    def measured(self, indicator: str) -> Reading:
        """How an indicator's own figures read, as they were measured."""
        return self._readings.get(indicator) or Reading(capital(indicator.replace("-", " ")))

    @cached_property
    def _readings(self) -> dict[str, Reading]:
        return {definition.id: Reading.of(definition) for definition in self.contract.definitions}

    @cached_property
    def _accounts(self) -> dict[str, str]:
        agreement = self.contract.agreement
        named = {"alliance": "The alliance"}
        named |= {party.id: party.name for party in (*agreement.commissioners, *agreement.providers)}
        mechanism = self.contract.mechanism
        for titled in (*self._shares(), *(mechanism.pooled_budgets if mechanism else ())):
            if titled.title:
                named.setdefault(titled.account, titled.title)
        return named

    def _shares(self) -> list[Share]:
        shares: list[Share] = []
        for step in self.contract.mechanism.steps if self.contract.mechanism else ():
            if isinstance(step, Settle):
                shares += [*step.paid_by, *step.paid_to]
            elif isinstance(step, Pool) and isinstance(step.unearned, Reinvested):
                shares += step.unearned.reinvested_in
        for budget in self.contract.mechanism.pooled_budgets if self.contract.mechanism else ():
            shares += budget.filled_by
        return shares
