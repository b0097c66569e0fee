"""The first rule that holds decides; the last holds for everybody; rules have their time."""

from datetime import date

from segmentation_cases import answers, segmentation

FIRST, LAST = date(2015, 1, 1), date(2015, 12, 31)
TEXT = """
    people    | person_id birth_date
              | ann       1980-01-01
    referrals | person_id provider happened   discharged
              | ann       P1       2015-02-01 2015-06-01
    clusters  | person_id happened   cluster
              | ann       2015-04-01 11
"""
OPEN, CLUSTERED = {"open": "referrals"}, {"latest": "clusters.cluster", "has": "11"}


def test_the_first_rule_that_holds_decides() -> None:
    rules = [
        {"id": "in-care", "status": "in", "when": OPEN},
        {"id": "clustered", "status": "later", "when": CLUSTERED},
        {"id": "others", "status": "out"},
    ]
    decided, _ = answers(segmentation(rules), TEXT, FIRST, LAST)
    assert [(status, rule, str(joined)) for _, status, rule, joined, _ in decided] == [
        ("out", "others", "2015-01-01"),
        ("in", "in-care", "2015-02-01"),
        ("later", "clustered", "2015-06-01"),
    ]
    decided, _ = answers(segmentation([rules[1], rules[0], rules[2]]), TEXT, FIRST, LAST)
    assert [(status, rule, str(joined)) for _, status, rule, joined, _ in decided] == [
        ("out", "others", "2015-01-01"),
        ("in", "in-care", "2015-02-01"),
        ("later", "clustered", "2015-04-01"),
    ]


def test_a_rule_counts_between_its_days_both_included() -> None:
    rules = [
        {"id": "later-in", "status": "in", "from": "2015-04-01", "until": "2015-04-30"},
        {"id": "others", "status": "later"},
    ]
    decided, _ = answers(segmentation(rules), TEXT, FIRST, LAST)
    assert [(rule, str(joined), str(left)) for _, _, rule, joined, left in decided] == [
        ("others", "2015-01-01", "2015-03-31"),
        ("later-in", "2015-04-01", "2015-04-30"),
        ("others", "2015-05-01", "2015-12-31"),
    ]


def test_only_people_in_scope_have_a_segment() -> None:
    rules = [{"id": "in-care", "status": "in", "when": OPEN}, {"id": "others", "status": "out"}]
    groups = [{"id": "psychosis", "when": CLUSTERED}, {"id": "rest"}]
    _, members = answers(segmentation(rules, groups), TEXT, FIRST, LAST)
    assert members == [
        ("ann", "rest", "P1", date(2015, 2, 1), date(2015, 3, 31)),
        ("ann", "psychosis", "P1", date(2015, 4, 1), date(2015, 5, 31)),
    ]


def test_without_scope_rules_everybody_is_in() -> None:
    decided, members = answers(segmentation(), TEXT, FIRST, LAST)
    assert decided == [("ann", "in", "everybody", FIRST, LAST)]
    assert members == [
        ("ann", "one", None, FIRST, date(2015, 1, 31)),
        ("ann", "one", "P1", date(2015, 2, 1), LAST),
    ]


def test_what_is_recorded_later_changes_no_earlier_day() -> None:
    groups = [{"id": "psychosis", "when": CLUSTERED}, {"id": "rest"}]
    _, whole = answers(segmentation(segments=groups), TEXT, FIRST, LAST)
    before = "\n".join(line for line in TEXT.splitlines() if "2015-04-01" not in line)
    _, without = answers(segmentation(segments=groups), before, FIRST, date(2015, 3, 31))
    assert [m[:4] for m in without] == [m[:4] for m in whole if m[3] <= date(2015, 3, 31)]
