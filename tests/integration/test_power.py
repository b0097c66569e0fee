"""What a contract pays for chance: from its folder to sentences, a page and charts."""

import json
from fractions import Fraction

import pytest

from command import obc
from obc.bootstrap import contracts
from obc.domain.core.kernel.problem import Problems
from obc.domain.measurement.indicators.values import ValueSet
from obc.domain.money.settlement.point_value import point_value
from obc.domain.money.settlement.price_of_chance import priced
from obc.domain.outcomes.monitoring.chance import YearChance
from obc.reports.power import headline, power_document, sentences, thresholds_table, write_power, years_table
from obc.reports.power_words import chance
from obc.services.power import price_of_chance
from report_samples import contract as small
from report_samples import values

WORKED = "oxfordshire-mental-health"


@pytest.fixture(scope="module")
def worked():
    """The worked contract with 500 cases of everything."""
    contract = contracts.load_contract(WORKED)
    return contract, price_of_chance(contract, None, 500, 0.05)


def test_the_command_says_plainly_which_thresholds_pay_for_chance():
    said = obc("power", WORKED, "--assume", 500)
    assert said.status == 0, said.err
    assert "chance alone would be paid about £" in said.out
    assert "Voluntary activity one year after diagnosis pays for chance: with 500 people" in said.out


def test_the_command_for_machines():
    ran = obc("power", WORKED, "--assume", 500, "--within", 0.1, "--format", "json")
    found = json.loads(ran.out)
    assert found["schema_version"] == 1 and found["within"] == 0.1 and found["currency"] == "GBP"
    year = found["years"][0]
    assert sum(year["by_level_minor"]) + year["bonus_minor"] == year["for_chance_minor"]
    assert found["for_chance_minor"] == sum(one["for_chance_minor"] for one in found["years"])
    row = year["chance"]["indicators"][0]
    assert {"indicator", "segment", "size", "thresholds", "points_for_chance", "curve"} <= set(row)
    assert {"level", "threshold", "chance", "sound", "true_80", "true_95", "sound_size"} <= set(row["thresholds"][0])


def test_a_call_without_denominators_is_wrong():
    assert obc("power", WORKED).status == 2


def test_money_is_points_at_the_price_of_the_pot(worked):
    _, price = worked
    assert [year.point_value_minor for year in price.years] == [1_000_000, *[3_000_000] * 4]
    for year in price.years:
        assert year.for_chance_minor == round(Fraction(year.chance.points_for_chance) * year.point_value_minor)
    assert price.to_be_had_minor == 40 * 1_000_000 + 4 * 100 * 3_000_000
    assert price.dearest == price.years[1]


def test_every_picture_has_its_sentence_and_its_table(worked, tmp_path):
    contract, price = worked
    paths = {path.name for path in write_power(price, contract, tmp_path)}
    charts = [path for path in paths if path.endswith(".svg")]
    assert len(charts) == 1 + len({row.indicator for row in price.dearest.chance.indicators if row.curve})
    assert all(name.replace(".svg", ".csv") in paths for name in charts)
    page = (tmp_path / "power.html").read_text()
    of = sum(len(row.thresholds) for row in price.dearest.chance.indicators)
    assert f" of {of} thresholds pay for chance" in page and "Chances are exact" in page


def test_pooling_is_offered_where_segments_are_too_small(worked):
    contract, _ = worked
    price = price_of_chance(contract, None, 120, 0.05)
    told = [line for line in sentences(price.dearest, contract) if " together (480 people)" in line]
    assert len(told) == 1 and "(sound)" in told[0]


def test_measured_denominators_spread_and_expectations(worked):
    contract, measured = small(), values()
    price = price_of_chance(contract, measured, None, 0.05)
    table = thresholds_table(price.years[0], contract)
    assert len(table.rows) >= len(price.years[0].chance.indicators)
    assert power_document(price, contract).sections
    assert len(years_table(price).rows) == len(price.years)


def test_without_a_price_of_a_point_the_answer_is_in_points(worked):
    contract, _ = worked
    bare = contract.model_copy(update={"mechanism": None})
    price = price_of_chance(bare, None, 500, 0.05)
    assert price.for_chance_minor is None and price.years[0].to_be_had_minor is None
    assert "points" in headline(price)
    assert years_table(price).columns[1].kind == "points"


def test_what_cannot_be_looked_at_says_why(worked):
    contract, _ = worked
    with pytest.raises(Problems, match="no outcomes framework"):
        price_of_chance(contracts.load_contract("cms-shared-savings"), None, 500, 0.05)
    with pytest.raises(Problems, match="neither values nor assumed cases"):
        price_of_chance(contract, None, None, 0.05)
    with pytest.raises(Problems, match="no whole contract year"):
        price_of_chance(contract, ValueSet(values=()), None, 0.05)
    with pytest.raises(ValueError, match="pays for any indicator"):
        power_document(price_of_chance(contract, None, 500, 0.05).model_copy(update={"years": ()}), contract)


def test_a_point_without_one_price_has_none(worked):
    contract, _ = worked
    assert point_value(contract.mechanism, Fraction(100), 2) == 3_000_000
    assert point_value(contract.mechanism, Fraction(0), 2) is None
    assert point_value(contract.mechanism, Fraction(200), 2) is None  # the pot is empty at a hundred
    assert point_value(contracts.load_contract("cms-shared-savings").mechanism, Fraction(100), 2015) is None


def test_nothing_for_chance_is_nothing_to_pay(worked):
    contract, _ = worked
    calm = YearChance(
        year=2,
        points_available=Fraction(100),
        points_for_chance=0,
        bonus_for_chance=0,
        by_level=(0, 0, 0),
        indicators=(),
        pooled=(),
        smoothed=(),
    )
    price = priced(calm, contract.mechanism)
    assert (price.for_chance_minor, price.by_level_minor, price.bonus_minor) == (0, (0, 0, 0), 0)


@pytest.mark.parametrize(
    ("share", "said"), [(0.0, "0.0%"), (0.0001, "less than 0.1%"), (0.3174, "31.7%"), (0.9999, "more than 99.9%")]
)
def test_a_chance_is_never_nought_where_it_is_not(share, said):
    assert chance(share) == said
