"""A change compares the totals of the first and the last assessment that have all items."""

import pytest

from indicator_engines import Engine

FIRST, LAST = ["anchor - 12 months", "anchor - 6 months"], ["anchor - 1 month", "anchor"]


def better(better: str, by: str, first: list[str] = FIRST, last: list[str] = LAST) -> dict[str, object]:
    return {
        "change": "scores.score",
        "items": ["home", "work"],
        "first": first,
        "last": last,
        "better": better,
        "by at least": by,
    }


def drawn(*rows: str) -> str:
    return "scores | person_id provider happened item score\n" + "\n".join(f"| {row}" for row in rows)


PAIRED = drawn(
    "up P1 2025-09-01 home 3",
    "up P1 2025-09-01 work 4",
    "up P1 2026-06-01 home 5",
    "up P1 2026-06-01 work 4",
    "down P1 2025-09-01 home 3",
    "down P1 2025-09-01 work 4",
    "down P1 2026-06-01 home 3",
    "down P1 2026-06-01 work 2.5",
)


@pytest.mark.parametrize(
    ("direction", "by", "up", "down"),
    [
        ("higher", "2", "yes", "no"),
        ("higher", "2.5", "no", "no"),
        ("lower", "1.5", "no", "yes"),
        ("lower", "1.6", "no", "no"),
    ],
)
def test_the_difference_that_is_asked_for_is_enough(
    engine: Engine, direction: str, by: str, up: str, down: str
) -> None:
    assert engine.answers(better(direction, by), PAIRED) == {"down": down, "up": up}


def test_an_assessment_without_all_items_does_not_count(engine: Engine) -> None:
    text = drawn(
        "ann P1 2025-09-01 home 3",
        "ann P1 2025-09-01 work 4",
        "ann P1 2026-06-01 home 9",
        "bob P1 2025-09-01 home 3",
        "bob P1 2025-09-01 work 4",
        "bob P1 2026-06-01 home 9",
        "bob P1 2026-06-01 work -",
        "cyd P1 2025-09-01 home 3",
        "cyd P1 2025-09-01 work 4",
        "cyd P1 2026-06-01 home 9",
        "cyd P1 2026-06-02 work 9",
    )
    assert engine.answers(better("higher", "1"), text) == {"ann": "unknown", "bob": "unknown", "cyd": "unknown"}


def test_the_first_is_the_earliest_and_the_last_the_latest_complete_one(engine: Engine) -> None:
    text = drawn(
        "ann P1 2025-08-01 home 9",
        "ann P1 2025-08-02 home 1",
        "ann P1 2025-08-02 work 1",
        "ann P1 2025-09-01 home 9",
        "ann P1 2025-09-01 work 9",
        "ann P1 2026-06-01 home 1",
        "ann P1 2026-06-01 work 1",
        "ann P1 2026-06-02 home 5",
        "ann P1 2026-06-02 work 5",
        "ann P1 2026-06-03 work 1",
    )
    assert engine.answers(better("higher", "8"), text) == {"ann": "yes"}


def test_without_two_assessments_on_two_days_it_is_unknown(engine: Engine) -> None:
    same = ["anchor - 12 months", "anchor"]
    text = drawn("ann P1 2026-01-01 home 3", "ann P1 2026-01-01 work 4")
    assert engine.answers(better("higher", "1", same, same), text) == {"ann": "unknown"}
    crossed = drawn(
        "ann P1 2026-06-01 home 3",
        "ann P1 2026-06-01 work 3",
        "ann P1 2025-09-01 home 9",
        "ann P1 2025-09-01 work 9",
    )
    assert engine.answers(better("higher", "1", LAST, FIRST), crossed) == {"ann": "unknown"}


@pytest.mark.parametrize("direction", ["higher", "lower"])
def test_of_two_scores_on_one_day_the_one_that_pays_less_is_taken(engine: Engine, direction: str) -> None:
    """At the first assessment the better one, at the last the worse."""
    good, bad = ("9", "1") if direction == "higher" else ("1", "9")
    text = drawn(
        f"first P1 2025-09-01 home {bad}",
        f"first P1 2025-09-01 home {good}",
        "first P1 2025-09-01 work 5",
        f"first P1 2026-06-01 home {good}",
        "first P1 2026-06-01 work 5",
        f"last P1 2025-09-01 home {bad}",
        "last P1 2025-09-01 work 5",
        f"last P1 2026-06-01 home {good}",
        f"last P1 2026-06-01 home {bad}",
        "last P1 2026-06-01 work 5",
    )
    assert engine.answers(better(direction, "8"), text) == {"first": "no", "last": "no"}


@pytest.mark.parametrize(
    ("first_day", "last_day", "answer"),
    [
        ("2025-06-29", "2026-06-30", "unknown"),
        ("2025-06-30", "2026-06-30", "yes"),
        ("2025-12-30", "2026-05-30", "yes"),
        ("2025-12-31", "2026-06-30", "unknown"),
        ("2025-06-30", "2026-05-29", "unknown"),
        ("2025-06-30", "2026-07-01", "unknown"),
    ],
)
def test_both_ends_of_both_windows_are_in_them(engine: Engine, first_day: str, last_day: str, answer: str) -> None:
    text = drawn(
        f"ann P1 {first_day} home 1",
        f"ann P1 {first_day} work 1",
        f"ann P1 {last_day} home 2",
        f"ann P1 {last_day} work 2",
    )
    assert engine.answers(better("higher", "2"), text) == {"ann": answer}
