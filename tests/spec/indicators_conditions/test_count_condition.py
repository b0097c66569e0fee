"""A count says whether there are enough rows, or few enough; no row is nought, never unknown."""

import pytest

from indicator_engines import Engine, code_lists

TEXT = """
people   | person_id birth_date
         | none      1980-01-01
contacts | person_id provider referral_id happened   attendance mechanism
         | one       P1       r1          2026-05-01 5          01
         | two       P1       r2          2026-05-01 5          02
         | two       P1       r2          2026-05-01 7          01
         | three     P1       r3          2026-05-01 5          01
         | three     P1       r3          2026-05-02 6          01
         | three     P1       r3          2026-05-03 -          -
"""
PERIOD = ["period start", "period end"]


@pytest.mark.parametrize(
    ("bounds", "those"),
    [
        ({}, {"one", "two", "three"}),
        ({"at least": 1}, {"one", "two", "three"}),
        ({"at least": 2}, {"two", "three"}),
        ({"at least": 3}, {"three"}),
        ({"at most": 0}, {"none"}),
        ({"at most": 1}, {"none", "one"}),
        ({"at most": 2}, {"none", "one", "two"}),
        ({"at least": 1, "at most": 2}, {"one", "two"}),
        ({"at least": 2, "at most": 2}, {"two"}),
    ],
)
def test_at_least_and_at_most_include_their_number(engine: Engine, bounds: dict[str, int], those: set[str]) -> None:
    answers = engine.answers({"count": "contacts", "between": PERIOD, **bounds}, TEXT)
    assert {person for person, answer in answers.items() if answer == "yes"} == those
    assert "unknown" not in answers.values()


def test_filters_must_all_hold_and_an_empty_column_does_not_pass(engine: Engine) -> None:
    where = {"attendance": "attended", "mechanism": "01"}
    asked = {"count": "contacts", "where": where, "between": PERIOD, "at least": 2}
    answers = engine.answers(asked, TEXT, lists=code_lists(attended=["5", "6"]))
    assert answers == {"none": "no", "one": "no", "two": "no", "three": "yes"}
