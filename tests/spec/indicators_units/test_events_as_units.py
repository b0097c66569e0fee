"""What is counted when an event makes the denominator: every row, or a unit's first."""

from datetime import date

from indicator_engines import QUARTER, Engine, definition
from obc.domain.core.kernel.period import Period

COUNTED = {"alive": "anchor"}


def denominator(engine: Engine, text: str, when: Period = QUARTER, **parts: object) -> int:
    """How many units are counted in all."""
    (totals,) = engine.tallies(definition(numerator=COUNTED, **parts), text, (when,))
    return int(totals[("all", "all")].denominator) if totals else 0


REFERRALS = """
referrals | person_id provider referral_id happened   team
          | ann       P1       r1          2026-03-31 A01
          | ann       P1       r2          2026-04-01 A02
          | ann       P2       r3          2026-06-30 A01
          | bob       P1       r4          2026-05-01 A01
          | bob       P1       r5          2026-07-01 A01
"""


def test_every_referral_is_a_unit(engine: Engine) -> None:
    assert denominator(engine, REFERRALS, counts="referral", denominator={"event": "referrals"}) == 3


def test_a_person_counts_once_a_period(engine: Engine) -> None:
    assert denominator(engine, REFERRALS, denominator={"event": "referrals"}) == 2


def test_only_rows_that_pass_the_filters_make_units(engine: Engine) -> None:
    asked = {"event": "referrals", "where": {"team": "A02"}}
    assert denominator(engine, REFERRALS, counts="referral", denominator=asked) == 1


def test_the_first_ever_counts_in_its_own_period_and_in_no_other(engine: Engine) -> None:
    asked = {"event": "referrals", "take": "first"}
    assert denominator(engine, REFERRALS, denominator=asked) == 1
    earlier = Period(start=date(2026, 1, 1), end=date(2026, 3, 31))
    assert denominator(engine, REFERRALS, when=earlier, denominator=asked) == 1


def test_the_first_is_the_first_of_those_that_pass_the_filters(engine: Engine) -> None:
    asked = {"event": "referrals", "take": "first", "where": {"team": "A02"}}
    assert denominator(engine, REFERRALS, denominator=asked) == 1


def test_a_discharge_places_a_spell_by_the_day_it_ends(engine: Engine) -> None:
    text = """
    spells | person_id provider spell_id happened   discharged
           | ann       P1       s1       2026-03-01 2026-04-01
           | ann       P1       s2       2026-05-01 2026-07-01
           | ann       P1       s3       2026-06-01 -
    """
    assert denominator(engine, text, counts="spell", denominator={"event": "spells", "column": "discharged"}) == 1
    assert denominator(engine, text, counts="spell", denominator={"event": "spells"}) == 2


def test_a_row_without_the_unit_s_key_is_no_unit(engine: Engine) -> None:
    text = """
    diagnoses | person_id provider referral_id happened   diagnosis position
              | ann       P1       r1          2026-05-01 F20       primary
              | ann       P1       r1          2026-05-02 F20       primary
              | ann       P1       -           2026-05-03 F20       primary
    """
    assert denominator(engine, text, counts="referral", denominator={"event": "diagnoses"}) == 1


def test_periods_that_overlap_each_take_their_own_first(engine: Engine) -> None:
    """Of a quarter and a year the first row may differ; both come out of one run."""
    text = """
    referrals | person_id provider referral_id happened   team
              | ann       P1       r1          2026-01-05 A01
              | ann       P1       r2          2026-05-05 A02
    """
    periods = (QUARTER, Period(start=date(2026, 1, 1), end=date(2026, 12, 31)))
    asked = definition(denominator={"event": "referrals"}, numerator={"own": "team", "has": "A02"})
    quarter, year = engine.tallies(asked, text, periods)
    assert (quarter[("all", "all")].numerator, year[("all", "all")].numerator) == (1, 0)


def test_of_two_first_rows_on_a_day_the_earlier_time_then_the_smaller_key_is_first(engine: Engine) -> None:
    text = """
    referrals | person_id provider referral_id happened   happened_at      team
              | timed     P1       r1          2026-05-01 -                A01
              | timed     P1       r2          2026-05-01 2026-05-01T18:00 A01
              | timed     P1       r3          2026-05-01 2026-05-01T09:00 A02
              | keyed     P1       r5          2026-05-01 -                A01
              | keyed     P1       r4          2026-05-01 -                A02
    """
    asked = definition(denominator={"event": "referrals"}, numerator={"own": "team", "has": "A02"})
    assert engine.answers(asked, text) == {"timed": "yes", "keyed": "yes"}
