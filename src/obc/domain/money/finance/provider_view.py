"""The providers' view: what margin is left at which saving, for the lead and for those who work under it."""

from collections.abc import Sequence
from fractions import Fraction

from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.rate import Exact
from obc.domain.money.finance.amount import label, minor
from obc.domain.money.finance.finance import Finance
from obc.domain.money.finance.provider_terms import ProviderTerms


class Margin(BaseModel):
    """Income, cost and margin (minor units) of the lead and of all subcontractors, in one year at one saving."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    year: str
    saving: Exact
    lead_income_minor: int
    lead_cost_minor: int
    lead_margin_minor: int
    subcontractors_income_minor: int
    subcontractors_cost_minor: int
    subcontractors_margin_minor: int


class ProvidersView(BaseModel):
    """Margins by year and saving, and the saving at which each breaks even: None where no saving does."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    lead: str
    margins: tuple[Margin, ...]
    lead_breaks_even: tuple[Exact | None, ...]
    subcontractors_break_even: tuple[Exact | None, ...]


class _Side:
    """Income less cost as a straight line in the saving: `income − cost + kept × saving`."""

    def __init__(self, income: Fraction, cost: Fraction, kept: Fraction):
        self.income, self.cost, self.kept = income, cost, kept

    def margin(self, saving: Fraction) -> Fraction:
        return self.income - self.cost + self.kept * saving

    def breaks_even(self) -> Fraction | None:
        if self.income >= self.cost:
            return Fraction(0)
        needed = (self.cost - self.income) / self.kept if self.kept else Fraction(2)
        return needed if needed <= 1 else None


def providers_view(terms: ProviderTerms, finance: Finance) -> ProvidersView:
    """Margins in every projected year.

    Income is the envelope, shared as the planned spend in scope is; cost is that spend grown, less the saving. What
    is not retained goes back to the commissioner, so income falls by it.
    """
    lead_base, sub_base = _bases(terms, finance)
    whole = lead_base + sub_base
    margins: list[Margin] = []
    lead_even, sub_even = [], []
    for year, index, envelope in zip(finance.years, finance.indices[1:], finance.envelopes()[1:], strict=True):
        lead, subs = _sides(terms, lead_base, sub_base, index, Fraction(envelope, whole))
        lead_even.append(lead.breaks_even())
        sub_even.append(subs.breaks_even())
        margins += [_margin(label(year), saving, lead, subs) for saving in terms.savings]
    return ProvidersView(
        lead=terms.lead,
        margins=tuple(margins),
        lead_breaks_even=tuple(lead_even),
        subcontractors_break_even=tuple(sub_even),
    )


def _bases(terms: ProviderTerms, finance: Finance) -> tuple[int, int]:
    """The planned spend in scope on the lead's own services, and on subcontractors'."""
    subs = sum(one.spent("in") for one in finance.services if one.provider not in (None, terms.lead))
    return finance.in_scope - subs, subs


def _sides(terms: ProviderTerms, lead_base: int, sub_base: int, index: Fraction, level: Fraction) -> Sequence[_Side]:
    lead_cost, sub_cost = lead_base * index, sub_base * index
    fee = sub_base * level * terms.management
    sub_keeps = sub_cost * terms.retained * terms.passed_on
    lead_keeps = lead_cost * terms.retained + sub_cost * terms.retained * (1 - terms.passed_on)
    return (
        _Side(lead_base * level + fee, lead_cost, lead_keeps),
        _Side(sub_base * level - fee, sub_cost, sub_keeps),
    )


def _margin(year: str, saving: Fraction, lead: _Side, subs: _Side) -> Margin:
    """Cost is net of what is saved and kept: the rest of the saving is the commissioner's."""
    costs = [minor(side.cost - side.kept * saving) for side in (lead, subs)]
    incomes = [minor(side.income) for side in (lead, subs)]
    return Margin(
        year=year,
        saving=saving,
        lead_income_minor=incomes[0],
        lead_cost_minor=costs[0],
        lead_margin_minor=incomes[0] - costs[0],
        subcontractors_income_minor=incomes[1],
        subcontractors_cost_minor=costs[1],
        subcontractors_margin_minor=incomes[1] - costs[1],
    )
