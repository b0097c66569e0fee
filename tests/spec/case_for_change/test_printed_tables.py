"""The business case of 2013: its printed tables come out to the thousand, and every difference has a name."""

import pytest

from finance_samples import worked
from obc.domain.money.finance.amount import thousands
from obc.domain.money.finance.projection import printed_check, projected
from obc.domain.money.finance.unrounded import unrounded_base
from obc.domain.programme.case_for_change.comparison import compared
from obc.domain.programme.case_for_change.ledger import ledger

# service, spend, in, later, influence, out (thousands, plan for 2013/14)
SERVICES = """
secondary-adults             29241 29241    0    0     0
supported-independent-living  3206  2767  439    0     0
integrated-social-care        1836  1836    0    0     0
supported-housing             1445  1445    0    0     0
keeping-people-well           1771   871  900    0     0
rycote                         609   609    0    0     0
employment-support             161   161    0    0     0
continuing-health-care         110   110    0    0     0
homelessness                    50    50    0    0     0
respite                         19    19    0    0     0
psychological-therapies       3424     0 3424    0     0
carers-support                 319     0  319    0     0
aspergers                      146     0  146    0     0
autism-assessment               68     0   68    0     0
medicines                     4148     0    0 4148     0
secondary-older               9866     0    0    0  9866
secondary-young               6100     0    0    0  6100
complex-needs                  700     0    0    0   700
ipms                           300     0    0    0   300
act-assessment                 241     0    0    0   241
advocacy                       165     0    0    0   165
homelessness-housing           153     0    0    0   153
internal-services              150     0    0    0   150
commissioning-intentions        84     0    0    0    84
forensic                         0     0    0    0     0
acute                            0     0    0    0     0
""".strip().splitlines()
TOTALS = (64_315, 37_110, 5_297, 4_148, 17_760)

PROJECTION = {
    "do_nothing_minor": (37_110, 38_003, 38_918, 39_854, 40_813, 41_795),
    "efficiency_savings_minor": (0, 1_223, 2_475, 3_757, 5_070, 6_415),
    "do_nothing_with_efficiency_minor": (37_110, 36_780, 36_443, 36_097, 35_743, 35_380),
    "outcomes_savings_minor": (0, 1_542, 2_485, 3_161, 4_177, 5_392),
    "outcomes_based_minor": (37_110, 36_461, 36_433, 36_693, 36_636, 36_403),
}

# service, plan, forecast at month 7, envelope
ENVELOPE = {
    "secondary-adults": (29_241, 29_241, 29_241),
    "supported-independent-living": (2_767, 2_767, 2_767),
    "integrated-social-care": (1_836, 1_836, 1_836),
    "supported-housing": (1_445, 1_445, 1_445),
    "keeping-people-well": (871, 871, 871),
    "rycote": (609, 609, 609),
    "employment-support": (161, 161, 161),
    "continuing-health-care": (110, 10, 110),
    "homelessness": (50, 50, 50),
    "respite": (19, 19, 19),
}


@pytest.mark.parametrize("row", SERVICES, ids=lambda row: row.split()[0])
def test_each_service_stands_in_its_scope(row):
    name, *amounts = row.split()
    line = next(line for line in ledger(worked()).lines if line.service == name)
    found = (line.spend_minor, line.in_minor, line.later_minor, line.influence_minor, line.out_minor)
    assert [thousands(amount) for amount in found] == [int(amount) for amount in amounts]


def test_services_add_up_to_the_printed_totals_with_the_rounding_line():
    held = ledger(worked())
    total = held.total
    found = (total.spend_minor, total.in_minor, total.later_minor, total.influence_minor, total.out_minor)
    assert tuple(thousands(amount) for amount in found) == TOTALS
    assert (held.services, held.services_with_spend) == (26, 24)
    # Difference: the printed lines add up to 64,312, 37,109, 5,296 and 17,759; printed totals hold 1k more by scope.
    rounding = held.lines[-1]
    assert rounding.service == "rounding"
    assert [thousands(amount) for amount in (rounding.spend_minor, rounding.in_minor, rounding.out_minor)] == [3, 1, 1]


def test_the_projection_comes_out_but_for_two_figures_of_2015_16():
    projection = projected(worked())
    off = {}
    for line, printed in PROJECTION.items():
        for year, given, found in zip(projection.years, printed, getattr(projection, line), strict=True):
            if thousands(found) != given:
                off[line, year] = (given, thousands(found))
    # The printed table was made from a base that was not rounded; the second figure follows from the first.
    assert off == {
        ("do_nothing_minor", "2015/16"): (38_918, 38_917),
        ("outcomes_based_minor", "2015/16"): (36_433, 36_432),
    }


def test_a_base_within_rounding_gives_every_printed_figure():
    found = unrounded_base(worked())
    assert found is not None
    assert thousands(found.least_minor) == thousands(found.most_minor) == 37_110
    assert 3_711_005_379 == found.least_minor < found.most_minor


def test_the_envelope_comes_out_to_the_thousand():
    lines = {line.service: line for line in ledger(worked()).lines}
    for name, printed in ENVELOPE.items():
        line = lines[name]
        assert line.forecast_minor is not None
        found = (line.in_minor, line.forecast_minor, line.envelope_minor)
        assert tuple(thousands(amount) for amount in found) == printed, name
    finance = worked()
    assert [thousands(amount) for amount in (finance.in_scope, finance.forecast)] == [37_110, 37_010]
    assert {thousands(amount) for amount in finance.envelopes()} == {37_110}


def test_the_case_itself_names_the_same_differences():
    finance = worked()
    check = printed_check(finance, projected(finance))
    assert check.figures == 38
    assert [(one.line, one.column, one.off) for one in check.differences] == [
        ("do nothing", "2015/16", -1),
        ("outcomes based", "2015/16", -1),
    ]


def test_the_case_opens_with_the_loss():
    best, outcomes, nothing = compared(projected(worked()))
    assert best.option == "do nothing with efficiency savings"
    assert (outcomes.option, nothing.option) == ("outcomes based", "do nothing")
    assert thousands(outcomes.difference_minor) == 2_183
    assert outcomes.dearer_in == ("2016/17", "2017/18", "2018/19")
    assert len(nothing.dearer_in) == 5
