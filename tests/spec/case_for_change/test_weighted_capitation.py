"""Weighted capitation: England's allocations of 2013/14 reproduce, and a cohort's budget follows the same rules."""

from fractions import Fraction

import pytest

from finance_samples import worked
from obc.domain.core.kernel.figure import Figure
from obc.domain.money.finance.allocation import PaceOfChange, allocation, rate_per_weighted_head
from obc.domain.money.finance.capitation import Capitation, capitated
from obc.domain.money.finance.high_cost import CostBand, HighCost, StopLoss, effect
from obc.domain.money.finance.population import Area, Group, Movement, Population

# NHS England 2013/14 allocation working paper, annex A (Gateway 00337): area, people, weighted people, allocation (£k);
# target (£k), distance (£k), distance (%), allocation and target per head (£).
ENGLAND = """
01C  202256  208986  219307  237285 -17978 -7.58 1084 1173
01R  174605  181827  193566  206448 -12882 -6.24 1109 1182
02D  102219  105444  120033  119722    311  0.26 1174 1171
02E  209117  220611  231588  250484 -18896 -7.54 1107 1198
02F  254106  269739  308328  306264   2064  0.67 1213 1205
12F  331261  389047  445168  441728   3440  0.78 1344 1333
00C  106079  112163  130336  127351   2985  2.34 1229 1201
00D  287935  335296  398372  380698  17674  4.64 1384 1322
00J  247437  267580  307439  303814   3625  1.19 1242 1228
00K  289445  312400  362855  354702   8153  2.30 1254 1225
00M  290416  321927  383116  365519  17597  4.81 1319 1259
00T  296802  310589  331159  352647 -21488 -6.09 1116 1188
00V  196283  207371  215753  235451 -19698 -8.37 1099 1200
00W  214744  196572  233893  223190  10703  4.80 1089 1039
Q44 1273564 1375653 1517990 1561931 -43941 -2.81 1192 1226
Q45 1221312 1349366 1582118 1532085  50033  3.27 1295 1254
""".strip().splitlines()
RATE = Fraction("113541")
"""Pence a weighted head, as the targets imply."""


@pytest.mark.parametrize("row", ENGLAND, ids=lambda row: row.split()[0])
def test_an_english_allocation_reproduces(row):
    _, people, weighted, budget, target, distance, share, per_head, target_per_head = row.split()
    found = allocation(int(budget) * 100_000, int(people), Fraction(weighted), RATE)
    assert found.target_minor / 100_000 == pytest.approx(int(target), abs=2)
    assert found.distance_minor / 100_000 == pytest.approx(int(distance), abs=2)
    assert float(found.distance * 100) == pytest.approx(float(share), abs=0.006)
    assert found.per_head_minor / 100 == pytest.approx(int(per_head), abs=0.6)
    assert found.target_per_head_minor / 100 == pytest.approx(int(target_per_head), abs=0.6)


def test_nobody_is_not_measurable():
    with pytest.raises(ValueError, match="needs people"):
        allocation(100, 0, Fraction(0), RATE)
    with pytest.raises(ValueError, match="nobody"):
        rate_per_weighted_head(100, Fraction(0))


@pytest.mark.parametrize(
    ("budget", "target", "following"),
    [
        (100, 102, 102),  # within reach
        (100, 110, 105),  # up by 5 % at most
        (100, 90, 99),  # down by 1 % at most
    ],
)
def test_a_budget_moves_no_faster_than_the_pace_of_change(budget, target, following):
    pace = PaceOfChange(least="-1 %", most="5 %")
    assert pace.next(Fraction(budget), Fraction(target)) == following


def cohort(*moves):
    return Population(
        cohort="Everybody",
        count="registered",
        groups=(Group(group="young", title="Young", weight="0.5"), Group(group="old", title="Old", weight="2")),
        areas=(
            Area(
                area="town",
                title="Town",
                deprivation="1.2",
                need="1",
                registered={"young": "1_000", "old": "500"},
                resident={"young": "900", "old": "500"},
            ),
            Area(
                area="village",
                title="Village",
                deprivation="1",
                need="0.5",
                registered={"young": "200", "old": "0"},
                resident={"young": "300", "old": "0"},
            ),
        ),
        in_year_changes=moves,
    )


def test_people_count_at_age_sex_deprivation_and_need():
    # Town: (1,000 × 0.5 + 500 × 2) × 1.2 = 1,800. Village: 200 × 0.5 × 0.5 = 50.
    assert cohort().weighted() == 1_850
    # Resident: (900 × 0.5 + 1,000) × 1.2 = 1,740 and 75.
    assert cohort().weighted("resident") == 1_815
    assert (cohort().total(), cohort().total("resident")) == (1_700, 1_700)


def test_who_joins_in_october_counts_for_half_a_year():
    joined = Movement(month=7, area="town", group="old", people=10)
    left = Movement(month=1, area="village", group="young", people=-4)
    plain, weighted = cohort(joined, left).changed()
    assert plain == 5 - 4
    assert weighted == 5 * 2 * Fraction("1.2") - 4 * Fraction("0.25")


def test_budgets_by_area_and_segment_add_up():
    finance = worked()
    found = capitated(finance.capitation, finance.in_scope, finance.base_year, finance.years)
    for parts in ([one.by_need_minor for one in found.areas], [one.by_heads_minor for one in found.areas]):
        assert sum(parts) == finance.in_scope
    # Truncation takes 30k four times and 110k once out of what prices share out.
    assert finance.in_scope - found.base_of_prices_minor == 23_000_000
    assert sum(one.budget_minor for one in found.segments) == found.base_of_prices_minor
    assert found.segments[0].per_head_minor > found.segments[1].per_head_minor
    # The first year may not fall, so the budget stands above its target; from then on it is at it.
    assert found.years[0].distance > 0
    assert [one.distance for one in found.years[1:]] == [0, 0, 0, 0]


def test_the_budget_grows_with_prices_and_people():
    terms = Capitation(
        population=cohort(),
        price_index=Figure.model_validate("10 %"),
        people_growth=Figure.model_validate("0"),
        pace_of_change=PaceOfChange(least="0", most="5 %"),
    )
    found = capitated(terms, 185_000, 2020, (2021, 2022))
    assert found.rate_minor == 100
    assert [one.target_minor for one in found.years] == [203_500, 223_850]
    assert [one.budget_minor for one in found.years] == [194_250, 203_963]


def test_very_high_cost_is_truncated_and_insured():
    terms = HighCost(
        truncate_at="100k",
        stop_loss=StopLoss(above="80k", commissioner_bears="50 %", at_most="200k"),
        people_by_cost=(
            CostBand(cost="60k", people=5),
            CostBand(cost="120k", people=2),
            CostBand(cost="300k", people=1),
        ),
    )
    found = effect(terms)
    assert found.cost_minor == 84_000_000
    # 20k twice and 200k once are above the truncation.
    assert (found.truncated_people, found.truncated_minor) == (3, 24_000_000)
    # Half of 40k, twice; half of 120k (to the limit), once.
    assert (found.stop_loss_people, found.borne_by_commissioner_minor) == (3, 10_000_000)
    assert found.left_with_providers_minor + found.borne_by_commissioner_minor == found.cost_minor
