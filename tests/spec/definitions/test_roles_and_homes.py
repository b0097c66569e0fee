"""Outcomes 5 and 6: a role and a home one year after the first primary diagnosis."""

import pytest

ROLE_OF = {
    "voluntary-activity-one-year": "volunteering",
    "education-one-year": "education",
    "home-or-parenting-one-year": "parenting",
}

DIAGNOSED = """
    people    | person_id birth_date
              | before    1980-01-01
              | first     1980-01-01
              | last      1980-01-01
              | after     1980-01-01
              | again     1980-01-01
              | secondary 1980-01-01
              | died      1980-01-01
              | lived     1980-01-01
              | too-early 1980-01-01
              | too-late  1980-01-01
              | at-9      1980-01-01
              | at-15     1980-01-01
              | nothing   1980-01-01
              | no-longer 1980-01-01
    diagnoses | person_id happened   diagnosis position
              | before    2025-03-31 F32       primary
              | first     2025-04-01 F32       primary
              | last      2025-06-30 F32       primary
              | after     2025-07-01 F32       primary
              | again     2020-01-01 F32       primary
              | again     2025-05-01 F20       primary
              | secondary 2025-05-01 F10       secondary
              | died      2025-05-01 F32       primary
              | lived     2025-05-01 F32       primary
              | too-early 2025-05-01 F32       primary
              | too-late  2025-05-01 F32       primary
              | at-9      2025-05-01 F32       primary
              | at-15     2025-05-01 F32       primary
              | nothing   2025-05-01 F32       primary
              | no-longer 2025-05-01 F32       primary
    deaths    | person_id happened
              | died      2026-05-01
              | lived     2026-05-02
"""
FOLLOWED_UP = (
    ("before", "2026-03-31", True),
    ("first", "2026-04-01", True),
    ("last", "2026-06-30", True),
    ("after", "2026-07-01", True),
    ("again", "2026-05-01", True),
    ("secondary", "2026-05-01", True),
    ("died", "2026-04-01", True),
    ("lived", "2026-04-01", True),
    ("too-early", "2026-01-31", True),
    ("too-late", "2026-08-02", True),
    ("at-9", "2026-02-01", True),
    ("at-15", "2026-08-01", True),
    ("no-longer", "2026-03-01", True),
    ("no-longer", "2026-04-01", False),
)
FOUND = {
    "first": "yes",
    "last": "yes",
    "lived": "yes",
    "too-early": "unknown",
    "too-late": "unknown",
    "at-9": "yes",
    "at-15": "yes",
    "nothing": "unknown",
    "no-longer": "no",
}


@pytest.mark.parametrize("name", ROLE_OF)
def test_a_role_nine_to_fifteen_months_after(asks, name: str) -> None:
    rows = [
        f"          | {person} P1 {day} {ROLE_OF[name]} {'Y' if holds else 'N'}" for person, day, holds in FOLLOWED_UP
    ]
    # the other role of the pair is recorded, so that it does not leave the answer open
    if name == "home-or-parenting-one-year":
        rows += [f"          | {person} P1 {day} running-a-home N" for person, day, _ in FOLLOWED_UP]
    text = DIAGNOSED + "\n".join(["    roles | person_id provider happened role holds", *rows])
    assert asks(name, text) == FOUND


def test_another_role_says_nothing(asks) -> None:
    text = """
    diagnoses | person_id happened   diagnosis position
              | ann       2025-05-01 F32       primary
    roles     | person_id provider happened   role      holds
              | ann       P1       2026-05-01 education Y
    """
    assert asks("voluntary-activity-one-year", text) == {"ann": "unknown"}
    assert asks("education-one-year", text) == {"ann": "yes"}


def test_of_home_and_parenting_either_is_enough_and_both_must_be_known_for_a_no(asks) -> None:
    text = """
    diagnoses | person_id happened   diagnosis position
              | home      2025-05-01 F32       primary
              | child     2025-05-01 F32       primary
              | neither   2025-05-01 F32       primary
              | half      2025-05-01 F32       primary
    roles     | person_id provider happened   role           holds
              | home      P1       2026-05-01 running-a-home Y
              | child     P1       2026-05-01 parenting      Y
              | child     P1       2026-05-01 running-a-home N
              | neither   P1       2026-05-01 parenting      N
              | neither   P1       2026-05-01 running-a-home N
              | half      P1       2026-05-01 parenting      N
    """
    assert asks("home-or-parenting-one-year", text) == {
        "home": "yes",
        "child": "yes",
        "neither": "no",
        "half": "unknown",
    }


def test_paid_employment_nine_to_fifteen_months_after(asks) -> None:
    rows = [f"          | {person} P1 {day} {'01' if holds else '02'}" for person, day, holds in FOLLOWED_UP]
    text = DIAGNOSED + "\n".join(["    employment | person_id provider happened status", *rows])
    assert asks("paid-employment-one-year", text) == FOUND


def test_paid_employment_between_18_and_69_a_year_after_and_stated(asks) -> None:
    text = """
    people     | person_id birth_date
               | youngest  2008-05-01
               | too-young 2008-05-02
               | oldest    1956-05-02
               | too-old   1956-05-01
               | declined  1980-01-01
               | before    1980-01-01
               | studying  1980-01-01
    diagnoses  | person_id happened   diagnosis position
               | youngest  2025-05-01 F32       primary
               | too-young 2025-05-01 F32       primary
               | oldest    2025-05-01 F32       primary
               | too-old   2025-05-01 F32       primary
               | declined  2025-05-01 F32       primary
               | before    2025-05-01 F32       primary
               | studying  2025-05-01 F32       primary
    employment | person_id provider happened   status
               | youngest  P1       2026-05-01 01
               | too-young P1       2026-05-01 01
               | oldest    P1       2026-05-01 01
               | too-old   P1       2026-05-01 01
               | declined  P1       2026-05-01 ZZ
               | before    P1       2026-03-01 01
               | before    P1       2026-05-01 ZZ
               | studying  P1       2026-05-01 03
    """
    assert asks("paid-employment-one-year", text) == {
        "youngest": "yes",
        "oldest": "yes",
        "declined": "unknown",
        "before": "yes",
        "studying": "no",
    }


def test_settled_at_the_start_and_a_year_after(asks) -> None:
    start = {"first": "2024-10-01", "last": "2025-07-30", "lived": "2025-05-31"}
    people = dict.fromkeys(person for person, *_ in FOLLOWED_UP)
    rows = [f"          | {person} P1 {start.get(person, '2025-04-15')} Y" for person in people]
    rows.append("          | nothing P1 2025-04-15 Y")
    rows += [f"          | {person} P1 {day} {'Y' if holds else 'N'}" for person, day, holds in FOLLOWED_UP]
    text = DIAGNOSED + "\n".join(["    accommodation | person_id provider happened settled", *rows])
    assert asks("settled-accommodation-one-year", text) == FOUND


def test_only_who_was_settled_at_the_start_can_continue(asks) -> None:
    text = """
    diagnoses     | person_id happened   diagnosis position
                  | unsettled 2025-05-01 F32       primary
                  | nowhere   2025-05-01 F32       primary
                  | too-early 2025-05-01 F32       primary
                  | too-late  2025-05-01 F32       primary
                  | lost-it   2025-05-01 F32       primary
                  | unstated  2025-05-01 F32       primary
    accommodation | person_id provider happened   settled
                  | unsettled P1       2025-04-01 N
                  | too-early P1       2024-10-31 Y
                  | too-late  P1       2025-06-01 Y
                  | lost-it   P1       2025-04-01 Y
                  | lost-it   P1       2025-05-20 N
                  | unstated  P1       2025-04-01 Y
                  | unstated  P1       2025-05-20 Z
                  | unsettled P1       2026-05-01 Y
                  | nowhere   P1       2026-05-01 Y
                  | too-early P1       2026-05-01 Y
                  | too-late  P1       2026-05-01 Y
                  | lost-it   P1       2026-05-01 Y
                  | unstated  P1       2026-05-01 9
    """
    assert asks("settled-accommodation-one-year", text) == {"unstated": "unknown"}


def test_moving_about_or_living_on_a_ward_is_not_settled(asks) -> None:
    text = """
    diagnoses     | person_id happened   diagnosis position
                  | twice     2025-05-01 F32       primary
                  | thrice    2025-05-01 F32       primary
                  | later     2025-05-01 F32       primary
                  | ward      2025-05-01 F32       primary
                  | short     2025-05-01 F32       primary
                  | home      2025-05-01 F32       primary
    accommodation | person_id provider happened   settled
                  | twice     P1       2025-04-01 Y
                  | thrice    P1       2025-04-01 Y
                  | later     P1       2025-04-01 Y
                  | ward      P1       2025-04-01 Y
                  | short     P1       2025-04-01 Y
                  | home      P1       2025-04-01 Y
                  | twice     P1       2025-08-01 N
                  | twice     P1       2025-10-01 N
                  | thrice    P1       2025-08-01 N
                  | thrice    P1       2025-10-01 N
                  | thrice    P1       2026-05-01 N
                  | thrice    P1       2026-05-02 Y
                  | later     P1       2025-08-01 N
                  | later     P1       2025-10-01 N
                  | later     P1       2026-05-02 N
                  | twice     P1       2026-05-03 Y
                  | later     P1       2026-05-03 Y
                  | ward      P1       2026-05-01 Y
                  | short     P1       2026-05-01 Y
                  | home      P1       2026-05-01 Y
    spells        | person_id happened   discharged
                  | ward      2026-02-01 2026-05-02
                  | short     2026-02-02 -
                  | home      2026-01-01 2026-05-01
    """
    assert asks("settled-accommodation-one-year", text) == {
        "twice": "yes",
        "thrice": "no",
        "later": "yes",
        "ward": "no",
        "short": "yes",
        "home": "yes",
    }
