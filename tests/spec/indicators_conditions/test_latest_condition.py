"""The latest row in a window says what holds; no row is unknown."""

from indicator_engines import Engine, code_lists, definition

HOUSED = {"latest": "accommodation.settled", "has": "Y", "between": ["anchor - 3 months", "anchor"]}


def test_the_latest_row_counts_and_not_an_earlier_or_a_better_one(engine: Engine) -> None:
    text = """
    accommodation | person_id provider happened   settled
                  | ann       P1       2026-04-10 N
                  | ann       P1       2026-05-10 Y
                  | bob       P1       2026-04-10 Y
                  | bob       P1       2026-05-10 N
    """
    assert engine.answers(HOUSED, text) == {"ann": "yes", "bob": "no"}


def test_both_ends_of_the_window_are_in_it_and_the_days_beside_are_not(engine: Engine) -> None:
    text = """
    accommodation | person_id provider happened   settled
                  | before    P1       2026-03-29 Y
                  | first     P1       2026-03-30 Y
                  | last      P1       2026-06-30 Y
                  | after     P1       2026-07-01 Y
    """
    assert engine.answers(HOUSED, text) == {"after": "unknown", "before": "unknown", "first": "yes", "last": "yes"}


def test_no_row_is_unknown(engine: Engine) -> None:
    text = """
    people | person_id birth_date
           | ann       1980-05-01
    """
    assert engine.answers(HOUSED, text) == {"ann": "unknown"}


def test_a_row_that_says_nothing_is_passed_over(engine: Engine) -> None:
    text = """
    accommodation | person_id provider happened   settled
                  | ann       P1       2026-04-10 Y
                  | ann       P1       2026-05-10 -
                  | bob       P1       2026-05-10 -
    """
    assert engine.answers(HOUSED, text) == {"ann": "yes", "bob": "unknown"}


def test_of_a_contradiction_on_the_latest_day_no_wins_unless_the_definition_says_yes(engine: Engine) -> None:
    text = """
    accommodation | person_id provider happened   settled
                  | ann       P1       2026-05-10 Y
                  | ann       P2       2026-05-10 N
                  | bob       P1       2026-05-09 N
                  | bob       P1       2026-05-10 Y
                  | bob       P2       2026-05-10 Y
    """
    assert engine.answers(HOUSED, text) == {"ann": "no", "bob": "yes"}
    assert engine.answers({**HOUSED, "ties": "yes wins"}, text) == {"ann": "yes", "bob": "yes"}


def test_filters_choose_the_rows_before_the_latest_is_taken(engine: Engine) -> None:
    text = """
    screenings | person_id provider happened   check    result
               | ann       P1       2026-05-01 bmi      healthy
               | ann       P1       2026-05-02 diabetes raised
               | bob       P1       2026-05-02 diabetes healthy
    """
    healthy = {"latest": "screenings.result", "where": {"check": "bmi"}, "has": "healthy", "between": HOUSED["between"]}
    assert engine.answers(healthy, text) == {"ann": "yes", "bob": "unknown"}


def test_a_code_list_stands_for_its_codes_and_a_range_for_its_categories(engine: Engine) -> None:
    text = """
    diagnoses | person_id provider happened   diagnosis position
              | first     P1       2026-05-01 F20       primary
              | inside    P1       2026-05-01 F25.1     primary
              | last      P1       2026-05-01 F29.9     primary
              | below     P1       2026-05-01 F19.5     primary
              | above     P1       2026-05-01 F30.0     primary
              | single    P1       2026-05-01 F323      primary
    """
    lists = code_lists(psychosis=["F20-F29", "F323"])
    asked = {"latest": "diagnoses.diagnosis", "has": "psychosis", "between": HOUSED["between"]}
    answers = engine.answers(asked, text, lists=lists)
    assert answers == {"first": "yes", "inside": "yes", "last": "yes", "below": "no", "above": "no", "single": "yes"}


def test_of_the_unit_reads_the_unit_s_own_rows_and_of_the_person_all_of_them(engine: Engine) -> None:
    text = """
    referrals | person_id provider referral_id happened
              | ann       P1       one         2026-05-01
    scores    | person_id provider referral_id happened   item score
              | ann       P1       one         2026-05-01 mood 1
    diagnoses | person_id provider referral_id happened   diagnosis position
              | ann       P1       one         2026-05-02 F20.0     primary
              | ann       P1       other       2026-05-03 F60.3     primary
    """
    latest = {"latest": "diagnoses.diagnosis", "has": "F20-F29", "between": ["anchor", "anchor + 7 days"]}
    for of_the, answer in (("unit", "yes"), ("person", "no")):
        asked = definition(
            counts="referral", denominator={"event": "referrals"}, numerator={**latest, "of the": of_the}
        )
        assert engine.answers(asked, text) == {"ann": answer}
