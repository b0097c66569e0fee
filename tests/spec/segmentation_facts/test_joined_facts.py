"""All, any and not join facts, one within the other; an empty list of facts holds for everybody."""

import pytest

from segmentation_cases import days_in

TEXT = """
    people    | person_id birth_date
              | ann       1980-01-01
    referrals | person_id provider happened   discharged
              | ann       P1       2015-02-01 2015-06-01
    clusters  | person_id happened   cluster
              | ann       2015-04-01 11
"""
OPEN, CLUSTERED = {"open": "referrals"}, {"latest": "clusters.cluster", "has": "11"}


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        ({"all": [OPEN, CLUSTERED]}, [("2015-04-01", "2015-05-31")]),
        ({"any": [OPEN, CLUSTERED]}, [("2015-02-01", "2015-12-31")]),
        ({"not": OPEN}, [("2015-01-01", "2015-01-31"), ("2015-06-01", "2015-12-31")]),
        ({"all": [OPEN, {"not": CLUSTERED}]}, [("2015-02-01", "2015-03-31")]),
        ([OPEN, CLUSTERED], [("2015-04-01", "2015-05-31")]),
    ],
)
def test_joined(fact: dict, expected: list[tuple[str, str]]) -> None:
    assert days_in(fact, TEXT, "2015-01-01", "2015-12-31") == expected
