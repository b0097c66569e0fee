"""What patients and carers say is answered within a clock, leads to changes, and bears on indicators that are paid."""

from datetime import date

import pytest

from managed_samples import CLERK, DAY, holidays
from obc.domain.core.kernel.problem import Problems
from obc.domain.programme.levers.feedback import Feedback, Theme, answered, heard

THEMES = (Theme(id="heard", title="Being heard", indicators=("kept-home",)), Theme(id="food", title="Food"))
GIVEN = {"contract": "small-town", "channel": "post", "from": "carers", "theme": "heard", "said": "s"}


def said(name: str, received: str, **more: str) -> Feedback:
    return Feedback.model_validate({"id": name, "received": received, **GIVEN, **more})


# Answers are due within 5 working days: of 1 June by 8 June 2020.
RECEIVED = "2020-06-01"


@pytest.mark.parametrize(
    ("feedback", "on", "due", "in_time"),
    [
        ({}, date(2020, 6, 8), 0, 0),
        ({}, date(2020, 6, 9), 1, 0),
        ({"replied": "2020-06-08", "reply": "r"}, date(2020, 6, 9), 1, 1),
        ({"replied": "2020-06-09", "reply": "r"}, date(2020, 6, 9), 1, 0),
        ({"replied": "2020-06-03", "reply": "r"}, date(2020, 6, 4), 1, 1),
    ],
)
def test_an_answer_counts_once_it_is_given_or_its_clock_has_run_out(feedback, on, due, in_time):
    (row, other) = heard(THEMES, [said("a", RECEIVED, **feedback)], on, 5, holidays())
    assert (row.theme, row.heard, row.due, row.in_time) == ("heard", 1, due, in_time)
    assert (other.heard, other.due) == (0, 0) and row.indicators == ("kept-home",)


def test_what_came_later_is_not_counted_on_an_earlier_day():
    rows = heard(THEMES, [said("a", "2020-06-02")], date(2020, 6, 1), 5, holidays())
    assert [row.heard for row in rows] == [0, 0]


def test_a_theme_counts_suggestions_and_changes():
    given = [
        said("a", RECEIVED, suggestion="x", reply="r", replied="2020-06-02", change="c", changed="2020-06-03"),
        said("b", RECEIVED),
    ]
    row = heard(THEMES, given, date(2020, 7, 1), 5, holidays())[0]
    assert (row.heard, row.suggestions, row.answered, row.changed) == (2, 1, 1, 1)


def test_it_is_heard_then_answered_then_something_changes():
    replied = answered(said("a", RECEIVED), "reply", DAY, date(2020, 6, 3), "we will try")
    assert (replied.state, replied.reply, replied.replied) == ("answered", "we will try", date(2020, 6, 3))
    changed = answered(replied, "change", DAY, date(2020, 7, 1), "a new form")
    assert (changed.state, changed.change, changed.changed) == ("changed", "a new form", date(2020, 7, 1))
    again = answered(replied, "reopen", DAY, date(2020, 6, 5), None)
    assert (again.state, again.reply, again.replied) == ("heard", None, None)


@pytest.mark.parametrize(
    ("verb", "by", "text", "words"),
    [
        ("reply", DAY, None, "nothing said; write the reply, or what was changed"),
        ("change", DAY, "t", "'change' while it is heard; what it allows now is 'reply'"),
        ("reply", CLERK, "t", "'reply' by somebody who is analyst; it is for provider lead"),
    ],
)
def test_what_says_nothing_or_comes_too_early_is_refused(verb, by, text, words):
    with pytest.raises(Problems, match=words):
        answered(said("a", RECEIVED), verb, by, date(2020, 6, 3), text)
