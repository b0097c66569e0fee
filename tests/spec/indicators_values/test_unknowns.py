"""Unknowns are counted, and the definition says whether they stay in the denominator."""

from indicator_engines import Engine, definition

TEXT = """
people        | person_id birth_date
              | ann       1980-01-01
              | bob       1980-01-01
              | cyd       1980-01-01
accommodation | person_id provider happened   settled
              | ann       P1       2026-05-01 Y
              | bob       P1       2026-05-01 N
"""
HOUSED = {"latest": "accommodation.settled", "has": "Y", "between": ["period start", "period end"]}


def sums(engine: Engine, **parts: object) -> tuple[int, int, int]:
    """Numerator, denominator and unknown of all."""
    (totals,) = engine.tallies(definition(**{"numerator": HOUSED, **parts}), TEXT)
    tally = totals[("all", "all")]
    return int(tally.numerator), int(tally.denominator), tally.unknown


def test_they_stay_in_the_denominator_unless_the_definition_says_otherwise(engine: Engine) -> None:
    assert sums(engine) == (1, 3, 1)
    assert sums(engine, unknown="stays in the denominator") == (1, 3, 1)
    assert sums(engine, unknown="leaves the denominator") == (1, 2, 1)


def test_whoever_is_not_known_to_belong_is_not_counted(engine: Engine) -> None:
    settled_then = {"cohort": "period end", "who": HOUSED}
    assert sums(engine, denominator=settled_then, numerator={"alive": "anchor"}) == (1, 1, 0)


def test_every_part_of_a_numerator_must_hold(engine: Engine) -> None:
    parts = [HOUSED, {"count": "accommodation", "between": ["period start", "period end"]}]
    assert sums(engine, numerator=parts) == (1, 3, 0), "no row is a no to the count, which settles it"
