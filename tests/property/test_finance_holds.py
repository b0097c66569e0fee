"""What holds of any finance file: pounds stand once, spells are saved once, ranges of nothing change nothing."""

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from finance_samples import worked
from obc.domain.money.finance.amount import minor
from obc.domain.money.finance.drivers import NEUTRAL, Range
from obc.domain.money.finance.finance import Finance
from obc.domain.money.finance.options import costs
from obc.domain.money.finance.projection import OPTIONS, exactly, planned_savings, projected
from obc.domain.money.finance.savings import Assumption, ClusterCost, CostBehaviour, Savings
from obc.domain.money.finance.service import SCOPES, Scope, Service
from obc.domain.money.finance.simulation import simulated
from obc.domain.money.finance.spells import modelled
from obc.domain.programme.case_for_change.ledger import ledger

FINANCE = worked()
PENCE = st.integers(0, 10**10)
SHARES = st.fractions(0, 1, max_denominator=50)


@given(st.lists(st.tuples(PENCE, PENCE, PENCE, PENCE), min_size=1, max_size=8))
def test_every_pound_stands_in_exactly_one_scope(splits):
    services = tuple(
        Service(
            id=f"s-{i}",
            title="S",
            spend=sum(parts),
            scope=Scope(**dict(zip(("in_", "later", "influence", "out"), parts, strict=True))),
        )
        for i, parts in enumerate(splits)
    )
    held = ledger(FINANCE.model_copy(update={"services": services}))
    for line in (*held.lines, held.total):
        assert sum(getattr(line, f"{scope}_minor") for scope in SCOPES) == line.spend_minor


@st.composite
def savings(draw: st.DrawFn) -> Savings:
    """Three clusters, a step down through them and reductions of some."""
    clusters = tuple(
        ClusterCost(cluster=i, title="C", spells=draw(st.integers(0, 10_000)), unit_cost=draw(st.integers(1, 10**6)))
        for i in (1, 2, 3)
    )

    def cumulative() -> tuple[Fraction, ...]:
        return tuple(sorted(draw(st.tuples(SHARES, SHARES))))

    def reducing(name: str) -> Assumption:
        chosen = tuple(sorted(draw(st.sets(st.sampled_from([1, 2, 3]), min_size=1))))
        return Assumption(id=name, title="R", reduces=chosen, cumulative=cumulative())

    stepping = Assumption(id="step", title="S", steps_down=(3, 2, 1), cumulative=cumulative())
    variable = draw(SHARES)
    behaviour = CostBehaviour(variable=variable, stepped=1 - variable, fixed="0", step="1/10")
    assumptions = (reducing("a"), stepping, reducing("b"))
    return Savings(taken_from="model", assumptions=assumptions, clusters=clusters, behaviour=behaviour)


@given(savings())
def test_no_spell_is_lost_or_saved_twice(made):
    for year in modelled(made, (2020, 2021), (Fraction(1), Fraction(1))):
        before = sum(row.spells for row in year.clusters)
        assert sum(row.after_steps for row in year.clusters) == before
        assert all(0 <= row.after_reductions <= row.after_steps for row in year.clusters)
        for row in year.clusters:
            assert row.released_minor <= max(row.saved_minor, 0) or row.saved_minor < 0
        assert year.released_minor <= year.saved_minor + len(year.clusters)


@given(st.sampled_from(sorted(NEUTRAL)), st.fractions(0, 1, max_denominator=20), st.fractions(0, 1, max_denominator=20))
def test_more_of_what_costs_never_costs_less(driver, one, other):
    low, high = sorted((one, other))
    totals = [
        sum((year[0] for year in exactly(FINANCE, {driver: value}).outcomes_based()), Fraction(0))
        for value in (low, high)
    ]
    if driver == "savings delivered":
        assert totals[1] <= totals[0]
    else:
        assert totals[1] >= totals[0]


@given(st.integers(0, 120))
def test_savings_that_come_later_are_never_more(months):
    now, late = (exactly(FINANCE, {"months late": Fraction(m)}).outcomes_savings for m in (0, months))
    assert all(a[0] >= b[0] >= 0 for a, b in zip(now, late, strict=True))


@given(st.dictionaries(st.sampled_from(sorted(NEUTRAL)), st.fractions(0, 1, max_denominator=20)))
def test_the_simulation_costs_options_as_the_case_does(drivers):
    exact = exactly(FINANCE, drivers)
    given_drivers = {name: np.array([float(value)]) for name, value in {"months late": 0, **drivers}.items()}
    drawn = costs(FINANCE, planned_savings(FINANCE), FINANCE.investment(), given_drivers)
    for a, b in zip(exact.outcomes_based(), drawn.outcomes_based(), strict=True):
        assert abs(float(a[0]) - b[0]) < 1  # under a penny of 37 million pounds


def test_the_same_seed_gives_the_same_draws_and_another_range_leaves_them_alone():
    a, b = simulated(FINANCE, 2_000, 7), simulated(FINANCE, 2_000, 7)
    assert a == b
    assert simulated(FINANCE, 2_000, 8) != a
    # Unmet demand is a cost of the outcomes-based option alone: the others must not move.
    ranges = tuple(
        one.model_copy(update={"high": Fraction(1, 2)}) if one.driver == "unmet demand" else one
        for one in FINANCE.ranges
    )
    moved = simulated(FINANCE.model_copy(update={"ranges": ranges}), 2_000, 7)
    assert [one.median_minor for one in moved.options[:2]] == [one.median_minor for one in a.options[:2]]
    assert moved.options[2].median_minor > a.options[2].median_minor


def test_a_range_around_the_case_keeps_the_case_inside():
    narrow = tuple(
        Range(driver=name, low=value, likely=value, high=value + Fraction(1, 10**6), source="test")
        for name, value in ((n, Fraction(v)) for n, v in NEUTRAL.items())
    )
    found = simulated(FINANCE.model_copy(update={"ranges": narrow}), 500, 1)
    projection = projected(FINANCE)
    for one in found.options:
        total = sum(projection.option(one.option)[1:])
        assert abs(one.median_minor - total) < 200_000
    assert {one.option for one in found.options} == set(OPTIONS)


@given(st.integers(-(10**12), 10**12), st.integers(1, 1000))
def test_an_amount_is_rounded_to_the_nearest_penny(top, over):
    assert abs(minor(Fraction(top, over)) - Fraction(top, over)) <= Fraction(1, 2)


def test_a_finance_file_written_back_reads_the_same():
    assert Finance.model_validate(FINANCE.model_dump(by_alias=True)) == FINANCE
