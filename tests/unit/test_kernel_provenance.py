"""Evidence, canonical bytes, hashes."""

from datetime import date
from decimal import Decimal

import pytest

from obc.domain.core.kernel.money import written
from obc.domain.core.kernel.organisation import Organisation
from obc.domain.core.kernel.problem import Problem, Problems
from obc.domain.core.kernel.provenance import Evidence, canonical_json, digest, kind_of


def test_a_figure_is_worth_no_more_than_its_weakest_part():
    assert Evidence.weakest(Evidence.FINAL, Evidence.PROVISIONAL) is Evidence.PROVISIONAL
    assert Evidence.weakest(Evidence.FINAL, Evidence.MISSING, Evidence.DISPUTED) is Evidence.MISSING
    assert Evidence.weakest() is Evidence.MISSING
    assert [state for state in Evidence if state.usable] == [Evidence.PROVISIONAL, Evidence.FINAL]


def test_the_same_content_has_the_same_bytes():
    one = {"b": Decimal("1.50"), "a": (date(2014, 4, 1), None, True), "c": Organisation(id="x", name="Å")}
    other = {"c": {"name": "Å", "code": None, "id": "x"}, "a": ["2014-04-01", None, True], "b": "1.5"}
    assert canonical_json(one) == canonical_json(other)
    assert canonical_json(one).startswith(b'{"a":["2014-04-01",null,true],"b":"1.5",')
    assert digest(one) == digest(canonical_json(other)) and digest(one).startswith("sha256:")


def test_negative_nought_is_nought():
    assert canonical_json(Decimal("-0.00")) == b'"0"\n'


@pytest.mark.parametrize("content", [0.1, {"a": [1.0]}, object(), {1, 2}])
def test_what_has_no_one_spelling_is_refused(content):
    with pytest.raises(TypeError, match="no canonical form"):
        canonical_json(content)


def test_what_no_source_says_is_illustrative():
    assert kind_of("illustrative: spread by points") == "illustrative"
    assert kind_of("seed 003 section 5") == "stated"


def test_a_problem_says_place_finding_and_cure():
    problem = Problem(file="payment.yaml", line=7, where="pot", found="110 %", expected="write 100 % or less")
    assert str(problem) == "payment.yaml:7: pot: found 110 %; write 100 % or less"
    assert str(problem.model_copy(update={"line": None})).startswith("payment.yaml: pot")
    assert str(Problems((problem, problem))).count("\n") == 1


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (123456, "GBP", "£1,234.56"),
        (-5, "GBP", "−£0.05"),
        (0, "USD", "$0.00"),
        (-123456789, "SEK", "−SEK 1,234,567.89"),
    ],
)
def test_money_is_written_as_people_read_it(amount, currency, text):
    assert written(amount, currency) == text
