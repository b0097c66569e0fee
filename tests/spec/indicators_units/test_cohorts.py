"""A cohort is everybody, or every carer, on the first or the last day of the period."""

from indicator_engines import Engine, definition

TEXT = """
people    | person_id birth_date
          | ann       1980-01-01
          | bob       1980-01-01
referrals | person_id provider referral_id happened   discharged
          | ann       P1       r1          2026-01-01 2026-06-01
          | bob       P1       r2          2026-06-01 -
"""
OPEN = {"open": "referrals", "on": "anchor"}


def test_the_anchor_is_the_first_or_the_last_day_of_the_period(engine: Engine) -> None:
    for cohort, those in (("period start", {"ann": "yes"}), ("period end", {"bob": "yes"})):
        asked = definition(denominator={"cohort": cohort, "who": OPEN}, numerator={"alive": "anchor"})
        assert engine.answers(asked, TEXT) == those


def test_only_members_of_a_segment_are_in_it(engine: Engine) -> None:
    text = f"""{TEXT}
    memberships | person_id segment provider joined     left_on
                | ann       s       ann      2026-01-01 2026-06-30
                | bob       s       bob      2026-01-01 2026-06-29
    """
    assert engine.answers({"alive": "anchor"}, text) == {"ann": "yes"}


def test_every_carer_of_a_member_is_a_unit(engine: Engine) -> None:
    text = """
    carers            | person_id provider carer_id happened
                      | ann       P1       eve      2020-01-01
                      | ann       P1       fay      2020-01-01
                      | bob       P1       gus      2020-01-01
    carer_assessments | person_id provider carer_id happened
                      | ann       P1       eve      2026-05-01
                      | bob       P1       hal      2026-05-01
    """
    asked = definition(counts="carer", numerator={"count": "carer_assessments", "between": ["period start", "anchor"]})
    (totals,) = engine.tallies(asked, text)
    assert (totals[("s", "ann")].denominator, totals[("s", "ann")].numerator) == (2, 1)
    assert (totals[("s", "bob")].denominator, totals[("s", "bob")].numerator) == (1, 0)


def test_a_carer_may_be_asked_about_the_person_cared_for(engine: Engine) -> None:
    text = """
    carers  | person_id provider carer_id happened
            | ann       P1       eve      2020-01-01
    reviews | person_id provider happened   carer_attended
            | ann       P1       2026-05-01 Y
    """
    reviewed = {"count": "reviews", "where": {"carer_attended": "Y"}, "between": ["period start", "anchor"]}
    for of_the in ("unit", "person"):
        asked = definition(counts="carer", numerator={**reviewed, "of the": of_the})
        assert engine.answers(asked, text) == {"ann": "yes"}, "reviews have no carer: both go by the person"


def test_a_carer_survey_counts_a_carer_once_a_period(engine: Engine) -> None:
    text = """
    carers        | person_id provider carer_id happened
                  | ann       P1       eve      2020-01-01
    carer_surveys | person_id provider carer_id happened   question  answer
                  | ann       P1       eve      2026-04-10 satisfied no
                  | ann       P1       eve      2026-05-10 satisfied yes
    """
    asked = definition(
        counts="carer",
        denominator={"event": "carer_surveys", "where": {"question": "satisfied"}},
        numerator={"own": "answer", "has": "yes"},
    )
    assert engine.answers(asked, text) == {"ann": "no"}
