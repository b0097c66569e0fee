"""Facts share whole numbers, sixty to one; how many share one changes no answer."""

from datetime import date

import pytest

from obc.engine.segmentation import packed
from segmentation_cases import answers, segmentation

RULES = [
    {"id": "children", "status": "out", "when": {"age": [0, 17]}},
    {"id": "clustered", "status": "in", "when": {"latest": "clusters.cluster", "has": ["05", "11"]}},
    {"id": "crisis", "status": "later", "when": {"open": "referrals", "where": {"team": "A02"}}},
    {"id": "lately", "status": "later", "when": {"open": "referrals", "or ended within": "3 months"}},
    {"id": "rest", "status": "out"},
]
GROUPS = [{"id": "psychosis", "when": {"latest": "clusters.cluster", "has": ["11"]}}, {"id": "others"}]
TEXT = """
people    | person_id birth_date
          | ann       1990-03-01
          | ben       1998-06-15
          | cleo      1996-02-29
referrals | person_id provider happened   discharged team
          | ann       P1       2015-01-10 2016-04-01 A05
          | ann       P2       2015-06-01 2015-07-01 A02
          | ann       P2       2015-06-20 2015-06-25 A02
          | ben       P1       2015-01-01 -          A02
          | ben       P1       2016-08-01 2016-08-01 A05
          | cleo      P2       2016-02-01 2016-05-31 A05
clusters  | person_id happened   cluster
          | ann       2015-02-01 05
          | ann       2015-09-01 11
          | ann       2016-06-01 02
          | cleo      2016-03-01 11
"""


@pytest.mark.parametrize("in_one", [1, 2, 3])
def test_however_many_share_a_number(in_one: int, monkeypatch: pytest.MonkeyPatch) -> None:
    until = date(2016, 12, 31)
    once = answers(segmentation(RULES, GROUPS), TEXT, date(2014, 1, 1), until)
    assert len(once[0]) > 10 and len(once[1]) > 2
    monkeypatch.setattr(packed, "IN_ONE", in_one)
    assert answers(segmentation(RULES, GROUPS), TEXT, date(2014, 1, 1), until) == once


def test_the_number_of_numbers() -> None:
    assert packed.numbers(60) == ["facts0"]
    assert packed.numbers(61) == ["facts0", "facts1"]
    assert packed.holds(60) == "((facts1 & 1) <> 0)"
