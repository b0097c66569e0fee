"""Exact numbers: read from text, worked on in arrays, never a float, never rounded unasked."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from pydantic import TypeAdapter, ValidationError

from obc.domain.core.kernel.rate import ONE, ZERO, Exact, Ratios, choose, exact, greater, lesser, spelled


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("40 %", Fraction(2, 5)),
        ("12.5%", Fraction(1, 8)),
        ("1_000_000", 1_000_000),
        ("£1,000,000.50", Fraction(2_000_001, 2)),
        ("0.0285", Fraction(57, 2000)),
        ("1/3", Fraction(1, 3)),
        ("-2", -2),
        ("−2.5", Fraction(-5, 2)),
        ("+7", 7),
        (" 012 ", 12),
        (3, 3),
        (Decimal("0.1"), Fraction(1, 10)),
        (Fraction(2, 7), Fraction(2, 7)),
    ],
)
def test_numbers_are_read_as_written(text: str, number: Fraction) -> None:
    assert exact(text) == number


@pytest.mark.parametrize("text", ["", "many", "1,00", "1/0", "1e5", "0x10", "1..2", "--1", "5 % %", "NaN"])
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        exact(text)


@pytest.mark.parametrize("given", [0.5, True])
def test_a_float_is_no_exact_number(given: object) -> None:
    with pytest.raises(TypeError, match="give it as text"):
        exact(given)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["0", "1", "-1", "0.025", "-0.5", "1000000", "1/3", "-2/7", "0.0009765625"])
def test_spelling_is_the_shortest_exact_text(text: str) -> None:
    assert spelled(exact(text)) == text


def test_a_model_reads_text_and_writes_exact_text_back() -> None:
    adapter: TypeAdapter[Fraction] = TypeAdapter(Exact)
    assert adapter.dump_python(adapter.validate_python("2.50 %")) == "0.025"
    assert adapter.json_schema()["type"] == ["string", "number"]
    for given in ("half", 0.5, None):
        with pytest.raises(ValidationError, match=r"write a number, for example 40 %"):
            adapter.validate_python(given)


def test_arithmetic_is_exact() -> None:
    a, b = Ratios.of(["1/3", "0.1", "-2"]), Ratios.of(["1/6", "0.2", "3"])
    assert (a + b).list() == [Fraction(1, 2), Fraction(3, 10), 1]
    assert (a - b).list() == [Fraction(1, 6), Fraction(-1, 10), -5]
    assert (a * b).list() == [Fraction(1, 18), Fraction(1, 50), -6]
    assert (a / b).list() == [2, Fraction(1, 2), Fraction(-2, 3)]
    assert (-a).list() == [Fraction(-1, 3), Fraction(-1, 10), 2]
    assert abs(a).list() == [Fraction(1, 3), Fraction(1, 10), 2]


def test_a_single_number_stretches() -> None:
    a = Ratios.of([1, 2, 3])
    assert (a * Ratios.of(["1/2"])).list() == [Fraction(1, 2), 1, Fraction(3, 2)]
    assert ONE.stretched(3).list() == [1, 1, 1]
    assert a.stretched(3) is a
    assert a.taken(np.array([2, 0])).list() == [3, 1]
    assert len(a) == 3


def test_comparisons_are_by_cross_multiplication() -> None:
    a, b = Ratios.of(["1/3", "1/2", "0.7"]), Ratios.of(["0.333333333333333333", "0.5", "5/7"])
    assert (a > b).tolist() == [True, False, False]
    assert (a >= b).tolist() == [True, True, False]
    assert (a < b).tolist() == [False, False, True]
    assert (a <= b).tolist() == [False, True, True]
    assert (a == b).tolist() == [False, True, False]
    assert (a != b).tolist() == [True, False, True]
    assert a.__eq__("text") is NotImplemented


def test_choosing() -> None:
    a, b = Ratios.of([1, 5]), Ratios.of([3, 4])
    assert lesser(a, b).list() == [1, 4]
    assert greater(a, b).list() == [3, 5]
    assert choose(np.array([True, False]), a, ZERO).list() == [1, 0]


def test_numbers_beyond_int64_are_promoted_and_come_back() -> None:
    big = Ratios.of([10**17, 3])
    assert big.top.dtype == np.int64
    cubed = big * big * big
    assert cubed.top.dtype == object
    assert cubed[0] == 10**51
    assert (cubed / big / big).top.dtype == np.int64
    assert (cubed > big).tolist() == [True, True]
    assert choose(np.array([True, False]), cubed, big).list() == [10**51, 3]
    assert (Ratios.of([Fraction(1, 10**20)]) + Ratios.of([Fraction(1, 3)]))[0] == Fraction(1, 10**20) + Fraction(1, 3)


def test_parts_of_two_kinds_become_one() -> None:
    mixed = Ratios(np.array([2**70], dtype=object), np.array([4], dtype=np.int64))
    assert mixed[0] == 2**68
    # a whole number beyond int64 over 1 keeps one kind of part
    assert choose(np.array([True]), Ratios.of([2**70]), ONE)[0] == 2**70


def test_a_zero_denominator_is_refused() -> None:
    with pytest.raises(ZeroDivisionError):
        Ratios.of([1]) / ZERO


def test_a_negative_denominator_turns_the_sign() -> None:
    assert Ratios(np.array([3]), np.array([-6]))[0] == Fraction(-1, 2)


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("half up", ["0.13", "-0.13", "0.12", "0.01", "3"]),
        ("half even", ["0.12", "-0.12", "0.12", "0.01", "3"]),
        ("down", ["0.12", "-0.12", "0.12", "0", "2.99"]),
    ],
)
def test_rounding_happens_only_where_it_is_asked_for(mode: str, expected: list[str]) -> None:
    given = Ratios.of(["0.125", "-0.125", "0.1249", "0.0051", "2.999"])
    assert given.rounded(2, mode).list() == [exact(text) for text in expected]  # type: ignore[arg-type]


def test_rounding_to_the_next_even_and_to_whole_thousands() -> None:
    assert Ratios.of(["0.135"]).rounded(2, "half even")[0] == Fraction(14, 100)
    assert Ratios.of([1499, 1500]).rounded(-3, "half up").list() == [1000, 2000]
    assert Ratios.of([Fraction(10**20, 3)]).rounded(2, "half up")[0] == Fraction((10**22 + 1) // 3, 100)


def test_it_shows_its_numbers_and_has_no_hash() -> None:
    assert repr(Ratios.of(["1/3", "0.5"])) == "Ratios(1/3, 0.5)"
    with pytest.raises(TypeError):
        hash(ONE)


def test_of_nothing_there_is_nothing() -> None:
    assert Ratios.of([]).list() == []
