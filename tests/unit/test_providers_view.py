"""What is left for providers: margins fall out of envelope, growth and what is saved and kept."""

from fractions import Fraction

from finance_samples import finance
from obc.domain.money.finance.provider_terms import ProviderTerms
from obc.domain.money.finance.provider_view import providers_view

TERMS = ProviderTerms(lead="home-team", retained="100 %", passed_on="50 %", management="2 %", savings=("0", "10 %"))


def test_margins_are_income_less_cost_net_of_what_is_kept(tmp_path):
    view = providers_view(TERMS, finance(tmp_path))
    nothing, tenth = view.margins[:2]
    # Lead 800k, subcontractors 200k; 2 % of 200k stays with the lead; cost grows by 1.02 × 1.01 = 1.0302.
    assert nothing.lead_income_minor == 80_400_000
    assert nothing.lead_cost_minor == 82_416_000
    assert nothing.subcontractors_margin_minor == 19_600_000 - 20_604_000
    # A tenth saved: the lead keeps its own and half of the subcontractors'.
    assert tenth.lead_margin_minor - nothing.lead_margin_minor == 8_241_600 + 1_030_200
    assert tenth.subcontractors_margin_minor - nothing.subcontractors_margin_minor == 1_030_200


def test_the_break_even_saving_leaves_no_margin(tmp_path):
    made = finance(tmp_path)
    view = providers_view(TERMS, made)
    even = view.lead_breaks_even[0]
    assert even is not None
    again = providers_view(TERMS.model_copy(update={"savings": (even,)}), made)
    assert abs(again.margins[0].lead_margin_minor) <= 1


def test_nothing_kept_never_breaks_even(tmp_path):
    view = providers_view(TERMS.model_copy(update={"retained": Fraction(0)}), finance(tmp_path))
    assert view.lead_breaks_even == (None, None)


def test_an_envelope_that_grows_faster_needs_no_saving(tmp_path):
    generous = finance(tmp_path, ("envelope: {uplift: {value: 0,", "envelope: {uplift: {value: 10 %,"))
    assert providers_view(TERMS, generous).lead_breaks_even == (0, 0)
