"""Hundreds of payments that were really made, reproduced by the rules in one contract's folder."""

import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from obc.domain.core.kernel.problem import Problems
from obc.domain.money.payment.mechanism import Mechanism
from obc.domain.money.payment.published import PublishedMapping, PublishedValues
from obc.domain.money.payment.trace import trace
from obc.domain.money.settlement.comparison import compare
from obc.domain.money.settlement.settlement import settle
from obc.loaders.published_values import read_published
from obc.loaders.validation import validate
from obc.loaders.yaml_nodes import read_yaml

FOLDER = Path(__file__).parents[2] / "src/obc/worked_contracts/cms-shared-savings"
FILE = "mssp_settlements_2013_2018.csv"


def _model(name: str, model: type) -> Any:
    found, problems = validate(read_yaml(FOLDER / name, name), model)
    assert not problems, problems
    return found


@pytest.fixture(scope="module")
def mechanism() -> Mechanism:
    return _model("payment.yaml", Mechanism)


@pytest.fixture(scope="module")
def mapping() -> PublishedMapping:
    return _model("values.yaml", PublishedMapping)


@pytest.fixture(scope="module")
def values(data_file: Callable[[str], Path], mapping: PublishedMapping, mechanism: Mechanism) -> PublishedValues:
    return read_published(data_file(FILE), mapping, mechanism)


@pytest.fixture(scope="module")
def settled(values: PublishedValues, mechanism: Mechanism) -> Any:
    return settle(mechanism, values.inputs, values.parties, values.years)


def _row(values: PublishedValues, party: str, year: int) -> int:
    return list(zip(values.parties, values.years, strict=True)).index((party, year))


def test_every_payment_and_every_decision(values: PublishedValues, settled: Any, mapping: PublishedMapping) -> None:
    result = compare(settled[0], values.parties, values.paid, mapping.compare)
    assert (result.paid.equal, result.paid.of) == (703, 703)
    assert (result.decisions.equal, result.decisions.of) == (1273, 1273)
    # what disaster relief took off a loss is not in the public columns
    assert (result.owed.equal, result.owed.of) == (8, 26)
    assert len(result.differences) == 18
    assert all(difference.paid_minor < 0 for difference in result.differences)
    lessened = [one for one in result.differences if one.settled_minor]
    assert len(lessened) == 15
    assert all(one.settled_minor < one.paid_minor for one in lessened)


def test_a_year_without_payments_has_nothing_to_compare(
    values: PublishedValues, settled: Any, mapping: PublishedMapping
) -> None:
    result = compare(settled[0], values.parties, values.paid, mapping.compare)
    assert result.nothing_to_compare == 220 == values.years.count(2013)


def test_three_payments_are_the_cap_after_the_deflator(values: PublishedValues, settled: Any) -> None:
    done, _ = settled
    due, cap, before = done["due"], done["cap"], done["after sequestration"]
    capped = [
        i
        for i in range(len(values.parties))
        if values.paid[i] is not None and before[i] is not None and cap[i] is not None and before[i] > cap[i]
    ]
    assert [(values.years[i], done["benchmark"][i]) for i in capped] == [
        (2018, 121_182_225),
        (2017, 128_423_263),
        (2016, 119_762_995),
    ]
    for i in capped:
        assert due[i] == cap[i] == done["benchmark"][i] / 10
        assert abs(values.paid[i] - due[i]) < 1


def test_the_minimum_savings_rate_follows_from_the_number_of_people(values: PublishedValues, settled: Any) -> None:
    done, _ = settled
    derived = chosen = off_the_table = 0
    for i in range(len(values.parties)):
        printed, by_size = done["printed minimum savings rate"][i], done["rate by size"][i]
        if by_size is None:
            off_the_table += 1
        elif done["chose its own rate"][i]:
            chosen += 1
            assert done["minimum savings rate"][i] == printed
        else:
            derived += 1
            assert done["minimum savings rate"][i] == by_size
            assert abs(by_size - printed) < 0.00005
    assert (derived, chosen, off_the_table) == (2256, 140, 1)


def test_columns_taken_as_given_are_listed_with_reasons(mapping: PublishedMapping) -> None:
    assert [column.column for column in mapping.given] == [
        "abtotbnchmk",
        "abtotexp",
        "minsavperc",
        "qualscore",
        "finalsharerate",
    ]


def test_accounts_balance_and_pennies_add_up(settled: Any) -> None:
    for settlement in settled[1]:
        moved = sum(e.amount_minor if e.debit == settlement.party else -e.amount_minor for e in settlement.entries)
        assert settlement.payable_minor is None or settlement.payable_minor == moved
        if settlement.pot_minor is not None:
            assert settlement.earned_minor + settlement.unearned_minor == settlement.pot_minor


def test_the_way_of_one_payment(values: PublishedValues, settled: Any) -> None:
    lines = {line.name: line for line in trace(settled[0], _row(values, "A1001", 2018))}
    assert lines["savings"].value == 112_523_299
    assert lines["payment"].sentence == (
        "payment = due (50,085,920.757684), rounded half up to the penny, from commissioner to party = 50,085,920.76"
    )


def test_all_settlements_in_two_seconds(values: PublishedValues, mechanism: Mechanism) -> None:
    start = time.perf_counter()
    settle(mechanism, values.inputs, values.parties, values.years)
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("77372.0", "many"), "2: n_ab: found 'many'; write a number"),
        (lambda text: text.replace("n_ab", "people"), "1: n_ab: found no such column"),
        (lambda text: text + text.splitlines()[1] + "\n", "2399: aco_id: found 'A1001' in 2018 again"),
        (lambda text: text.replace("A1002,2018", "A1002,FY18"), "3: performance_year: found 'FY18'"),
        (lambda text: text.splitlines()[0], "the file: found no rows"),
        (lambda text: text + "A9999,2018\n", "2399: the row: found 2 cells; give it 14"),
        (lambda text: "", "the file: found no rows"),
        (lambda text: text + '"A9999', "the file: found a file that is no CSV"),
        (lambda text: text.replace("A1001,", ",", 1), "2: aco_id: found nothing; name the party of the row"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(
    change: Callable[[str], str],
    said: str,
    data_file: Callable[[str], Path],
    mapping: PublishedMapping,
    mechanism: Mechanism,
    tmp_path: Path,
) -> None:
    broken = tmp_path / "broken.csv"
    broken.write_text(change(data_file(FILE).read_text()))
    with pytest.raises(Problems) as refused:
        read_published(broken, mapping, mechanism)
    assert said in str(refused.value)


def test_a_file_in_another_encoding_or_absent_is_refused(
    mapping: PublishedMapping, mechanism: Mechanism, tmp_path: Path
) -> None:
    (tmp_path / "latin.csv").write_bytes("aco_id,société\nA,é\n".encode("latin-1"))
    with pytest.raises(Problems, match="not UTF-8"):
        read_published(tmp_path / "latin.csv", mapping, mechanism)
    with pytest.raises(Problems, match="No such file"):
        read_published(tmp_path / "absent.csv", mapping, mechanism)


def test_empty_lines_are_no_rows(
    data_file: Callable[[str], Path], mapping: PublishedMapping, mechanism: Mechanism, tmp_path: Path
) -> None:
    (tmp_path / "gaps.csv").write_text(data_file(FILE).read_text().replace("\nA1002", "\n\nA1002") + "\n")
    assert len(read_published(tmp_path / "gaps.csv", mapping, mechanism).parties) == 2397


def test_amounts_in_the_minor_unit_are_brought_to_the_major_one(
    data_file: Callable[[str], Path], mapping: PublishedMapping, mechanism: Mechanism
) -> None:
    minor = mapping.model_copy(update={"amounts_in": "minor units"})
    read = read_published(data_file(FILE), minor, mechanism)
    assert read.inputs["benchmark"][0] == Fraction(1_072_551_536, 100)
    assert read.inputs["people"][0] == 77_372
    assert read.paid[0] == Fraction(50_087_988, 100)


def test_a_file_may_have_nothing_to_compare_with(
    data_file: Callable[[str], Path], mapping: PublishedMapping, mechanism: Mechanism
) -> None:
    assert read_published(data_file(FILE), mapping.model_copy(update={"compare": None}), mechanism).paid is None


def test_an_input_is_filled_from_one_column(mapping: PublishedMapping) -> None:
    twice = mapping.model_dump(by_alias=True)
    twice["columns"] = [*twice["columns"], twice["columns"][0]]
    with pytest.raises(ValueError, match="two columns for 'people'"):
        PublishedMapping.model_validate(twice)


def test_many_problems_are_counted_not_all_shown(
    data_file: Callable[[str], Path], mapping: PublishedMapping, mechanism: Mechanism, tmp_path: Path
) -> None:
    text = data_file(FILE).read_text()
    (tmp_path / "years.csv").write_text(text.replace(",2018,", ",this year,"))
    with pytest.raises(Problems) as refused:
        read_published(tmp_path / "years.csv", mapping, mechanism)
    assert len(refused.value.problems) == 21
    assert refused.value.problems[-1].found == "528 more problems"
