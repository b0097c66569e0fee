"""Printed segmentation says what its numbers mean, so that somebody can follow a day's answer by hand."""

from datetime import date

from obc.engine.segmentation.printed import statements
from segmentation_cases import segmentation

RULES = [
    {"id": "children", "status": "out", "when": {"age": [0, 17]}},
    {
        "id": "psychosis",
        "status": "in",
        "when": {"latest": "clusters.cluster", "has": ["10", "11"], "within": "6 months"},
    },
    {"id": "care", "status": "later", "when": {"open": "referrals", "where": {"team": "A02"}}},
    {"id": "rest", "status": "out"},
]


def test_what_the_numbers_mean() -> None:
    printed = statements(segmentation(RULES), {}, date(2016, 12, 31), "postgres")
    key = printed[: printed.index("\n\n")].splitlines()
    assert key == [
        "-- Each fact has a bit of its own in a number:",
        "-- ((facts0 & 1) <> 0): alive",
        "-- ((facts0 & 2) <> 0): age 0 to 17",
        "-- ((facts0 & 4) <> 0): latest clusters.cluster, has 10 or 11, within 6 months",
        "-- ((facts0 & 8) <> 0): open referrals, where team is A02",
        "-- The first rule that holds counts:",
        "-- scope_rule 0: children, out",
        "-- scope_rule 1: psychosis, in",
        "-- scope_rule 2: care, later",
        "-- scope_rule 3: rest, out",
        "-- segment_rule 0: one",
    ]


def test_a_dialect_that_cannot_say_it_gets_a_remark() -> None:
    printed = statements(segmentation(RULES), {}, date(2016, 12, 31), "tsql")
    assert all(line.startswith("--") for line in printed.splitlines())
