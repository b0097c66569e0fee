"""Conditions that must hold before something counts. Nothing is rounded before them; what is missing is not passed."""

import pytest
from pydantic import ValidationError

from obc.domain.core.kernel.provenance import Evidence
from obc.domain.money.payment.trace import trace
from obc.domain.outcomes.scoring.evidenced import Evidenced
from payment_samples import result, step, value


@pytest.mark.parametrize(
    ("condition", "below", "equal", "above"),
    [
        ("x is at least y", 0, 1, 1),
        ("x is above y", 0, 0, 1),
        ("x is at most y", 1, 1, 0),
        ("x is below y", 1, 0, 0),
        ("x is one of y", 0, 1, 0),
        ("x is one of y; 40 %; 2", 1, 1, 0),
        ("x is known", 1, 1, 1),
    ],
)
def test_conditions_are_said_in_words(condition, below, equal, above):
    text = f"hurdle: all\nof:\n  - {condition}\nmissing: withholds"
    assert [value(text, x=x, y="0.5") for x in ("0.4", "0.5", "0.6")] == [below, equal, above]


YES, NO, OPEN = 1, 0, None


@pytest.mark.parametrize(
    ("hurdle", "states", "withheld", "failed"),
    [
        ("all", (YES, YES, YES), 1, 1),
        ("all", (YES, NO, YES), 0, 0),
        ("all", (YES, OPEN, YES), None, 0),
        ("all", (NO, OPEN, YES), 0, 0),
        ("any", (NO, NO, NO), 0, 0),
        ("any", (NO, YES, OPEN), 1, 1),
        ("any", (NO, OPEN, NO), None, 0),
        ("2 of", (YES, YES, NO), 1, 1),
        ("2 of", (YES, NO, NO), 0, 0),
        ("2 of", (YES, YES, OPEN), 1, 1),
        ("2 of", (YES, NO, OPEN), None, 0),
        ("2 of", (NO, NO, OPEN), 0, 0),
    ],
)
def test_what_is_missing_leaves_open_only_what_it_decides(hurdle, states, withheld, failed):
    a, b, c = states
    text = f"hurdle: {hurdle}\nof: [a is at least 1, b is at least 1, c is at least 1]\nmissing: "
    assert value(text + "withholds", a=a, b=b, c=c) == withheld
    assert value(text + "fails", a=a, b=b, c=c) == failed


def test_a_condition_on_what_may_be_missing():
    text = "hurdle: all\nof: [x is known]\nmissing: withholds"
    assert [value(text, x=x) for x in (3, None)] == [1, 0]


def test_what_counts_beyond_the_hurdle_counts_from_the_first_pound():
    """First-dollar sharing: a cliff. 6 % saved against a hurdle of 2 %, four fifths of all of it."""
    text = "hurdle: all\nof: [x is at least 2 %]\nthen: y\nmissing: withholds"
    assert value(text, x="6 %", y=6_000_000) == 6_000_000
    assert value(text, x="1.99 %", y=6_000_000) == 0
    assert value(text + "\notherwise: 5", x="1.99 %", y=6_000_000) == 5


def test_nothing_is_rounded_before_a_hurdle():
    """A2833 in 2021: 2.98265 % saved, the hurdle at 10,274 people 2.98356 %, both printed 2.98 %. Not paid."""
    saved = "2935188/98408857"
    hurdle = "hurdle: all\nof: [saved is at least needed]\nmissing: withholds"
    needed = value("curve: x\nshape: linear\npoints: [[10000, 3.0 %], [14999, 2.7 %]]", x=10_274)
    assert value(hurdle, saved=saved, needed=needed) == 0
    assert value(hurdle, saved="0.0298", needed="0.0298") == 1


def test_the_evidence_is_that_of_what_decided():
    provisional = Evidenced.of([1], Evidence.PROVISIONAL)
    text = "hurdle: {}\nof: [a is at least 1, b is at least 1]\nmissing: withholds"
    assert result(text.format("all"), a=provisional, b=1)["result"].state() is Evidence.PROVISIONAL
    assert result(text.format("any"), a=1, b=None)["result"].state() is Evidence.FINAL
    insufficient = Evidenced.missing(state=Evidence.INSUFFICIENT)
    assert result(text.format("all"), a=1, b=insufficient)["result"].state() is Evidence.INSUFFICIENT
    assert result(text.format("all").replace("withholds", "fails"), a=1, b=insufficient)["result"].state().usable


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hurdle: all\nof: [x exceeds 5]\nmissing: fails", "'x exceeds 5'; write a name, a test and what"),
        ("hurdle: all\nof: [x is at least]\nmissing: fails", "write a name, a test"),
        ("hurdle: all\nof: [x is known 5]\nmissing: fails", "write a name, a test"),
        ("hurdle: most\nof: [x is known]\nmissing: fails", "'most'; write all, any, or how many must hold"),
        ("hurdle: 3 of\nof: [x is known]\nmissing: fails", "3 of 1 conditions; ask for 1 to 1"),
        ("hurdle: all\nof: [x is known]", "missing"),
        ("hurdle: all\nof: [x is at least many5]\nmissing: fails", "'many5', which no input"),
        ("hurdle: all\nof: [X is at least 5]\nmissing: fails", "'X'; write a number, or the name"),
    ],
)
def test_a_hurdle_that_cannot_be_meant_is_refused(text, said):
    with pytest.raises(ValidationError, match=said):
        step(text, ["x"])


def test_conditions_can_be_written_out_and_read_back():
    from obc.domain.money.payment.mechanism import Mechanism

    made = step(
        "hurdle: 1 of\nof:\n  - {left: x, test: is at least, right: [{value: 5, source: agreed}]}\nmissing: fails",
        ["x"],
    )
    assert Mechanism.model_validate(made.model_dump(by_alias=True)) == made


def test_a_hurdle_says_what_it_does():
    text = "hurdle: {}\nof: [a is one of 1; b, a is known]\nthen: b\nmissing: fails"
    sentence = trace(result(text.format("all"), a=1, b=2))[0].sentence
    assert "b (2) where all hold: a (1) is one of 1, b (2); a (1) is known; otherwise 0 = 2" in sentence
    assert "where 2 of hold" in trace(result(text.format("2 of"), a=1, b=2))[0].sentence
