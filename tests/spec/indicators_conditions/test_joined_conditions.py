"""All, any and not know a third answer: unknown."""

import pytest

from indicator_engines import Engine

TEXT = """
people        | person_id birth_date
              | ann       1980-01-01
accommodation | person_id provider happened   settled
              | ann       P1       2026-05-01 Y
"""
YES = {"latest": "accommodation.settled", "has": "Y", "between": ["period start", "period end"]}
NO = {"latest": "accommodation.settled", "has": "N", "between": ["period start", "period end"]}
UNKNOWN = {"latest": "employment.status", "has": "01", "between": ["period start", "period end"]}
ASKED = {"yes": YES, "no": NO, "unknown": UNKNOWN}


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        ("yes", "yes", "yes", "yes"),
        ("yes", "no", "no", "yes"),
        ("yes", "unknown", "unknown", "yes"),
        ("no", "yes", "no", "yes"),
        ("no", "no", "no", "no"),
        ("no", "unknown", "no", "unknown"),
        ("unknown", "yes", "unknown", "yes"),
        ("unknown", "no", "no", "unknown"),
        ("unknown", "unknown", "unknown", "unknown"),
    ],
)
def test_all_and_any(engine: Engine, left: str, right: str, both: str, either: str) -> None:
    parts = [ASKED[left], ASKED[right]]
    assert engine.answers({"all": parts}, TEXT) == {"ann": both}
    assert engine.answers({"any": parts}, TEXT) == {"ann": either}


@pytest.mark.parametrize(("part", "opposite"), [("yes", "no"), ("no", "yes"), ("unknown", "unknown")])
def test_not(engine: Engine, part: str, opposite: str) -> None:
    assert engine.answers({"not": ASKED[part]}, TEXT) == {"ann": opposite}


def test_they_nest(engine: Engine) -> None:
    asked = {"any": [{"all": [YES, {"not": NO}, {"any": [UNKNOWN, YES]}]}, NO]}
    assert engine.answers(asked, TEXT) == {"ann": "yes"}
