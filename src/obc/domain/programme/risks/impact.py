"""Provider impact assessment: what a new contract does to those who provide today: `impact.yaml`.

After the business case, section 9: what the change is for; costs and quality of those who provide today; consequences
that nobody intends; how others compare; wider aims of health.
"""

from fractions import Fraction
from typing import Self

from pydantic import Field, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Text
from obc.domain.core.kernel.problem import wrong
from obc.domain.money.finance.amount import Amount, Share


class Effect(Written):
    """One thing that the change may do to a provider or its other services, and what is done about it."""

    what: Text
    services: tuple[Text, ...] = ()
    mitigation: Text | None = None
    agreed: bool = False


class ProviderImpact(Written):
    """A provider of today. `income`: all it earns in a year. `stranded`: costs that stay when income goes.

    `at stake`: what it earns in a year under the contracts that end; where none is written, the contract's finance file
    says it.
    """

    provider: Slug
    income: Amount = Field(gt=0)
    at_stake: Amount | None = None
    stranded: Amount | None = None
    quality: Text
    unintended: tuple[Effect, ...] = ()
    source: Text


class ImpactAssessment(Written):
    """What the change is for, how big a loss a provider is thought to bear, and each provider."""

    contract: Slug
    objectives: tuple[Text, ...] = Field(min_length=1)
    bearable: Share
    benchmarks: tuple[Text, ...] = ()
    wider_aims: tuple[Text, ...] = ()
    providers: tuple[ProviderImpact, ...]
    source: Text

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        named = [one.provider for one in self.providers]
        if len(set(named)) < len(named):
            raise wrong("a provider twice", "assess each once", "providers")
        return self


class Weighed(Written):
    """How hard the change may hit a provider: the share of its income at stake, and what is left to do."""

    provider: Slug
    at_stake: int | None
    share: Fraction | None
    heavy: bool
    unanswered: tuple[Text, ...]

    @property
    def settled(self) -> bool:
        """Whether a gate may go by it: it is known what is at stake, and every effect of a heavy one is answered."""
        return self.share is not None and not (self.heavy and self.unanswered)


def weighed(assessment: ImpactAssessment, earned: dict[str, int]) -> tuple[Weighed, ...]:
    """Each provider, the hardest hit first. `earned`: what each has under today's contracts (minor units), if known."""
    found = []
    for one in assessment.providers:
        stake = one.at_stake if one.at_stake is not None else earned.get(one.provider)
        share = None if stake is None else Fraction(stake, one.income)
        open_ = tuple(effect.what for effect in one.unintended if not (effect.mitigation and effect.agreed))
        heavy = share is not None and share > assessment.bearable
        found.append(Weighed(provider=one.provider, at_stake=stake, share=share, heavy=heavy, unanswered=open_))
    return tuple(sorted(found, key=lambda one: (-(one.share if one.share is not None else 2), one.provider)))


def not_assessed(assessment: ImpactAssessment, incumbents: tuple[str, ...]) -> tuple[str, ...]:
    """Providers of today that nobody has assessed."""
    known = {one.provider for one in assessment.providers}
    return tuple(one for one in dict.fromkeys(incumbents) if one not in known)
