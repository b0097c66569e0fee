"""The papers about data protection say what the database holds: every table, every field, and where each ends."""

import re

import pytest

from places import ROOT

PAPERS = ROOT / "docs" / "governance"
ASSESSMENT = (PAPERS / "data-protection-impact-assessment.md").read_text()
LISTED = {
    name: (personal, other)
    for name, *fields in re.findall(r"^\| `(\w+)` \| ([\w, ]*?) ?\| ([\w, ]*?) ?\|$", ASSESSMENT, re.MULTILINE)
    for personal, other in [[tuple(filter(None, one.split(", "))) for one in fields]]
}


@pytest.fixture(scope="module")
def tables(django):
    """The fields of every table of the database."""
    from django.apps import apps

    return {
        model._meta.db_table: {field.name for field in model._meta.concrete_fields}
        for model in apps.get_models(include_auto_created=True)
    }


def test_the_assessment_lists_every_field_of_every_table_once(tables):
    listed = {name: sorted((*personal, *other)) for name, (personal, other) in LISTED.items()}
    assert listed == {name: sorted(fields) for name, fields in tables.items()}


def test_no_table_has_a_place_for_a_person_in_care(tables):
    of_records = {"person", "patient", "nhs_number", "birth", "born", "died", "postcode", "diagnosis", "referral"}
    for name, fields in tables.items():
        assert not of_records & fields, name


def test_what_points_to_a_user_is_listed_as_personal(tables):
    from django.apps import apps
    from django.contrib.auth import get_user_model

    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            points = field.related_model is get_user_model()
            if points or field.name in ("ip", "ip_address", "email", "username", "user_agent", "asked_by", "by"):
                assert field.name in LISTED[model._meta.db_table][0], (model._meta.db_table, field.name)


def test_the_schedule_says_when_every_table_with_personal_data_ends():
    schedule = (PAPERS / "retention-schedule.md").read_text()
    named = re.findall(r"`([a-z_]+(?:_\*)?)`", schedule)
    for name, (personal, _) in LISTED.items():
        if personal:
            met = any(one == name or (one.endswith("*") and name.startswith(one[:-1])) for one in named)
            assert met or name in IN_WORDS, name


IN_WORDS = ("account_emailaddress", "account_emailconfirmation", "mfa_authenticator", "auth_user_groups")
IN_WORDS += ("auth_user_user_permissions", "store_choice", "store_looked")
"""Tables that the schedule speaks of in words: second factors, addresses, what belongs to an account."""


def test_every_paper_leads_to_papers_that_are_there():
    for paper in PAPERS.glob("*.md"):
        for link in re.findall(r"\]\(([^)#]+)\)", paper.read_text()):
            assert (paper.parent / link).exists(), (paper.name, link)


def test_signing_in_is_forgotten_when_the_schedule_says(tables):
    from obc.store.forgetting import KEPT

    assert f"| {KEPT.days} days | the worker" in (PAPERS / "retention-schedule.md").read_text()
