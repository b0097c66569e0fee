"""An interval is open from its first day until the day before it ends."""

from indicator_engines import Engine, definition

OPEN = {"open": "referrals", "on": "anchor"}

TEXT = """
referrals | person_id provider referral_id happened   discharged team
          | begins    P1       r1          2026-06-30 -          A01
          | later     P1       r2          2026-07-01 -          A01
          | endless   P1       r3          2020-01-01 -          A02
          | ends      P1       r4          2020-01-01 2026-06-30 A01
          | ends-next P1       r5          2020-01-01 2026-07-01 A01
          | twice     P1       r6          2020-01-01 2020-02-01 A01
          | twice     P1       r7          2026-01-01 -          A02
"""


def test_it_is_open_on_its_first_day_and_no_longer_on_its_last(engine: Engine) -> None:
    answers = engine.answers(OPEN, TEXT)
    assert {person for person, answer in answers.items() if answer == "yes"} == {
        "begins",
        "endless",
        "ends-next",
        "twice",
    }
    assert answers["later"] == answers["ends"] == "no"


def test_filters_choose_the_interval(engine: Engine) -> None:
    answers = engine.answers({**OPEN, "where": {"team": "A02"}}, TEXT)
    assert {person for person, answer in answers.items() if answer == "yes"} == {"endless", "twice"}


def test_since_asks_that_one_and_the_same_interval_has_begun_by_then(engine: Engine) -> None:
    text = """
    spells | person_id provider spell_id happened   discharged
           | long      P1       s1       2026-03-30 2026-08-01
           | short     P1       s2       2026-03-31 2026-08-01
           | two       P1       s3       2026-01-01 2026-04-01
           | two       P1       s4       2026-04-02 -
    """
    asked = {"open": "spells", "on": "anchor", "since": "anchor - 3 months"}
    assert engine.answers(asked, text) == {"long": "yes", "short": "no", "two": "no"}


def test_clusters_and_care_programmes_end_on_ended(engine: Engine) -> None:
    text = """
    clusters | person_id provider happened   ended      cluster
             | ann       P1       2026-01-01 2026-06-30 04
             | bob       P1       2026-01-01 2026-07-01 04
    """
    assert engine.answers({"open": "clusters", "on": "anchor"}, text) == {"ann": "no", "bob": "yes"}


def test_of_the_unit_means_the_unit_s_own_interval(engine: Engine) -> None:
    text = """
    referrals | person_id provider referral_id happened   discharged
              | ann       P1       r1          2026-05-01 2026-05-10
              | ann       P1       r2          2020-01-01 -
    """
    for of_the, answer in (("unit", "no"), ("person", "yes")):
        asked = definition(
            counts="referral",
            denominator={"event": "referrals"},
            numerator={"open": "referrals", "on": "anchor + 1 month", "of the": of_the},
        )
        assert engine.answers(asked, text) == {"ann": answer}
