"""Outcome 3: plans, the start of support, crises and the gate of the wards."""

import pytest


def test_care_plan_within_four_weeks_of_the_first_attended_contact(asks) -> None:
    # falls 28 days before the period: first contacts from 4 March to 2 June 2026
    text = """
    referrals  | referral_id person_id provider  happened   source
               | r-first     first     first     2026-01-01 A1
               | r-last      last      last      2026-01-01 A1
               | r-before    before    before    2026-01-01 A1
               | r-after     after     after     2026-01-01 A1
               | r-late      late      late      2026-01-01 A1
               | r-early     early     early     2026-01-01 A1
               | r-same      same-day  same-day  2026-01-01 A1
               | r-missed    missed    missed    2026-01-01 A1
               | r-self      self      self      2026-01-01 B1
               | r-second    second    second    2026-01-01 A1
    contacts   | referral_id person_id provider  happened   attendance
               | r-first     first     first     2026-03-04 5
               | r-last      last      last      2026-06-02 6
               | r-before    before    before    2026-03-03 5
               | r-after     after     after     2026-06-03 5
               | r-late      late      late      2026-05-01 5
               | r-early     early     early     2026-05-01 5
               | r-same      same-day  same-day  2026-05-01 5
               | r-missed    missed    missed    2026-05-01 3
               | r-missed    missed    missed    2026-05-11 5
               | r-self      self      self      2026-05-01 5
               | r-second    second    second    2026-03-03 5
               | r-second    second    second    2026-05-01 5
    care_plans | person_id happened
               | first     2026-04-01
               | last      2026-06-30
               | before    2026-03-10
               | after     2026-06-10
               | late      2026-05-30
               | early     2026-04-30
               | same-day  2026-05-01
               | missed    2026-06-08
               | self      2026-05-02
               | second    2026-05-02
    """
    assert asks("care-plan-within-four-weeks", text) == {
        "first": "yes",
        "last": "yes",
        "late": "no",
        "early": "no",
        "same-day": "yes",
        "missed": "yes",
    }


def test_start_of_support_within_28_days_of_the_referral(asks) -> None:
    # falls 3 months before the period: referrals from 1 January to 31 March 2026
    text = """
    referrals | referral_id person_id provider happened   source
              | r-before    before    before   2025-12-31 A1
              | r-first     first     first    2026-01-01 A1
              | r-last      last      last     2026-03-31 A1
              | r-after     after     after    2026-04-01 A1
              | r-late      late      late     2026-01-01 A1
              | r-never     never     never    2026-01-01 A1
              | r-missed    missed    missed   2026-01-01 A1
              | r-self      self      self     2026-01-01 B1
              | r-other     other     other    2026-01-01 A1
    contacts  | referral_id person_id happened   attendance
              | r-before    before    2026-01-02 5
              | r-first     first     2026-01-29 5
              | r-last      last      2026-03-31 6
              | r-after     after     2026-04-02 5
              | r-late      late      2026-01-30 5
              | r-missed    missed    2026-01-10 3
              | r-self      self      2026-01-10 5
              | another     other     2026-01-10 5
    """
    assert asks("start-of-support", text) == {
        "first": "yes",
        "last": "yes",
        "late": "no",
        "never": "no",
        "missed": "no",
        "other": "no",
    }


def test_crisis_admissions_within_seven_days(asks) -> None:
    # falls 7 days before the period: referrals from 25 March to 23 June 2026
    text = """
    referrals | person_id provider happened   team priority
              | before    P1       2026-03-24 A02  4
              | first     P1       2026-03-25 A02  4
              | last      P1       2026-06-23 A18  1
              | after     P1       2026-06-24 A19  1
              | late      P1       2026-05-01 A02  4
              | earlier   P1       2026-05-01 A02  4
              | planned   P1       2026-05-01 A02  4
              | urgent    P1       2026-05-01 A02  2
              | community P1       2026-05-01 A06  4
    spells    | person_id happened   admission_method
              | before    2026-03-25 21
              | first     2026-03-25 21
              | last      2026-06-30 25
              | after     2026-06-24 21
              | late      2026-05-09 21
              | earlier   2026-04-30 21
              | planned   2026-05-02 11
              | urgent    2026-05-02 21
              | community 2026-05-02 21
    """
    assert asks("crisis-admissions", text) == {
        "first": "yes",
        "last": "yes",
        "late": "no",
        "earlier": "no",
        "planned": "no",
    }


def test_gatekept_admissions(asks) -> None:
    text = """
    spells   | person_id happened   happened_at      admission_method admission_source
             | before    2026-03-31 2026-03-31T12:00 25               19
             | first     2026-04-01 2026-04-01T12:00 25               19
             | last      2026-06-30 2026-06-30T12:00 25               -
             | after     2026-07-01 2026-07-01T12:00 25               19
             | edge      2026-05-03 2026-05-03T12:00 21               19
             | too-early 2026-05-03 2026-05-03T12:00 21               19
             | same-time 2026-05-03 2026-05-03T12:00 21               19
             | too-late  2026-05-03 2026-05-03T12:00 21               19
             | another   2026-05-03 2026-05-03T12:00 21               19
             | missed    2026-05-03 2026-05-03T12:00 21               19
             | no-time   2026-05-03 -                21               19
             | planned   2026-05-03 2026-05-03T12:00 11               19
             | moved     2026-05-03 2026-05-03T12:00 21               53
             | nobody    2026-05-03 2026-05-03T12:00 22               19
    contacts | person_id happened   happened_at      team attendance
             | edge      2026-05-01 2026-05-01T12:00 A02  5
             | too-early 2026-05-01 2026-05-01T11:59 A02  5
             | same-time 2026-05-03 2026-05-03T12:00 A02  5
             | too-late  2026-05-03 2026-05-03T12:01 A02  5
             | another   2026-05-02 2026-05-02T12:00 A06  5
             | missed    2026-05-02 2026-05-02T12:00 A02  3
             | no-time   2026-05-02 2026-05-02T12:00 A02  5
    """
    assert asks("gatekept-admissions", text) == {
        "first": "yes",
        "last": "yes",
        "edge": "yes",
        "too-early": "no",
        "same-time": "yes",
        "too-late": "no",
        "another": "no",
        "missed": "no",
        "no-time": "unknown",
        "nobody": "no",
    }


@pytest.mark.parametrize(
    ("referred", "seen", "mechanism", "attendance", "answer"),
    [
        ("2026-05-01T10:00", "2026-05-01T14:00", "01", "5", "yes"),
        ("2026-05-01T10:00", "2026-05-01T10:00", "01", "6", "yes"),
        ("2026-05-01T10:00", "2026-05-01T14:01", "01", "5", "no"),
        ("2026-05-01T22:00", "2026-05-02T01:30", "01", "5", "yes"),
        ("2026-05-01T10:00", "2026-05-01T09:59", "01", "5", "no"),
        ("2026-05-01T10:00", "2026-05-01T11:00", "02", "5", "no"),
        ("2026-05-01T10:00", "2026-05-01T11:00", "11", "5", "no"),
        ("2026-05-01T10:00", "2026-05-01T11:00", "01", "7", "no"),
        ("-", "2026-05-01T11:00", "01", "5", "unknown"),
        ("2026-05-01T10:00", "-", "01", "5", "unknown"),
    ],
)
def test_crisis_face_to_face_within_four_hours(
    asks, referred: str, seen: str, mechanism: str, attendance: str, answer: str
) -> None:
    text = f"""
    referrals | referral_id person_id provider happened   happened_at team priority
              | r           ann       ann      2026-05-01 {referred}  A02  4
    contacts  | referral_id person_id happened   happened_at mechanism   attendance
              | r           ann       {seen[:10] if seen != "-" else "2026-05-01"} {seen}  {mechanism} {attendance}
    """
    assert asks("crisis-face-to-face-four-hours", text) == {"ann": answer}


def test_crisis_referrals_of_the_period(asks) -> None:
    text = """
    referrals | person_id provider happened   happened_at      team priority
              | before    before   2026-03-31 2026-03-31T12:00 A02  4
              | first     first    2026-04-01 2026-04-01T12:00 A02  4
              | last      last     2026-06-30 2026-06-30T12:00 A19  1
              | after     after    2026-07-01 2026-07-01T12:00 A02  4
              | routine   routine  2026-05-01 2026-05-01T12:00 A02  3
              | ward      ward     2026-05-01 2026-05-01T12:00 A11  4
    """
    assert asks("crisis-face-to-face-four-hours", text) == {"first": "no", "last": "no"}
