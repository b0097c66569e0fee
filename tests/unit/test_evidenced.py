"""Values with evidence: one stands for many, the first answers for what is asked without a place."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from pydantic import TypeAdapter, ValidationError

from obc.domain.core.kernel.provenance import Evidence
from obc.domain.money.payment.split import AccountName
from obc.domain.money.payment.trace import inputs_of, said
from obc.domain.money.payment.withholding import WithholdingClause
from obc.domain.outcomes.scoring.evidenced import Evidenced, select
from obc.domain.outcomes.scoring.step import Name, Operand
from payment_samples import result


def test_one_value_holds_for_every_settlement() -> None:
    one = Evidenced.of([5])
    assert one[3] == 5
    assert one.state(3) is Evidence.FINAL
    with pytest.raises(IndexError):
        Evidenced.of([5, 6])[3]


def test_without_a_place_the_first_is_meant() -> None:
    assert Evidenced.of(["1", None]).state() is Evidence.FINAL
    assert Evidenced.of([None, "1"]).state() is Evidence.MISSING


def test_a_choice_is_as_long_as_its_flags() -> None:
    chosen = select(np.array([True, False, True]), Evidenced.of([1]), Evidenced.missing())
    assert [chosen[i] for i in range(3)] == [1, None, 1]
    chosen = select(np.array([True]), Evidenced.of([1, None]), Evidenced.of([2]))
    assert [chosen[i] for i in range(2)] == [1, None]


@pytest.mark.parametrize("kind", [Name, AccountName])
def test_a_name_has_at_most_eighty_letters(kind: Any) -> None:
    assert TypeAdapter(kind).validate_python("n" * 80) == "n" * 80
    with pytest.raises(ValidationError, match="lower-case"):
        TypeAdapter(kind).validate_python("n" * 81)


def test_a_plain_number_is_written_back_as_it_came() -> None:
    """What is not said is not written: the hash of a contract rests on it."""
    assert Operand.model_validate("5 %").model_dump(mode="json") == [{"value": "0.05"}]


def test_half_of_the_last_decimal_is_shown_as_the_next() -> None:
    assert said(Fraction(1, 2_000_000)) == "≈0.000001"
    assert said(Fraction(49, 100_000_000)) == "≈0"


def test_before_the_first_year_of_a_clause_nothing_may_be_withheld() -> None:
    most = [{"value": "10 %", "from": "year 2", "source": "test"}]
    clause = WithholdingClause.model_validate({"most": most, "source": "test"})
    assert [clause.allowed(year) for year in (1, 2, 3)] == [0, Fraction(1, 10), Fraction(1, 10)]


def test_the_inputs_of_many_settlements_are_those_of_the_first_where_no_place_is_named() -> None:
    done = result("scale: x\nby: [1]", x=[5, 6])
    assert [inputs_of(done)[0].value, inputs_of(done, 1)[0].value] == [5, 6]
