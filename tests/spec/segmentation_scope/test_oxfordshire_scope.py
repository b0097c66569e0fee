"""Who the Oxfordshire contract is for: business case section 7, one person a case, asked on 1 June 2015."""

from datetime import date

import pytest

from obc.domain.measurement.segmentation.reference import decide
from obc.engine.segmentation.assign import assign
from record_tables import drawn, loaded, people_of
from shipped import code_lists, segmentations

DAY = date(2015, 6, 1)
CONTRACT = "oxfordshire-mental-health"
COLUMNS = {
    "referrals": "person_id provider happened   discharged team",
    "clusters": "person_id happened cluster",
    "diagnoses": "person_id happened diagnosis position",
    "scores": "person_id happened item score",
    "accommodation": "person_id happened accommodation_type",
}
CASES = {
    # name: (born, rows, status, rule, segment)
    "no referral at all": ("1980-01-01", [], "out", "not-in-care", None),
    "discharged 12 months ago to the day": (
        "1980-01-01",
        ["referrals P1 2014-01-01 2014-06-01 A06", "clusters 2014-01-01 12"],
        "in",
        "core-clusters",
        "psychosis",
    ),
    "discharged a day longer ago": (
        "1980-01-01",
        ["referrals P1 2014-01-01 2014-05-31 A06", "clusters 2014-01-01 12"],
        "out",
        "not-in-care",
        None,
    ),
    "seventeen": ("1997-06-02", ["referrals P1 2015-05-01 - A06"], "out", "children", None),
    "eighteen today, being assessed": (
        "1997-06-01",
        ["referrals P1 2015-05-01 - A06"],
        "in",
        "being-assessed",
        "not-yet-known",
    ),
    "in a team for children at nineteen": (
        "1996-01-01",
        ["referrals P1 2015-05-01 - F01", "clusters 2015-05-01 04"],
        "out",
        "children",
        None,
    ),
    "forensic, with a core cluster": (
        "1980-01-01",
        ["referrals P1 2013-05-01 - B01", "clusters 2014-05-01 12"],
        "out",
        "forensic",
        None,
    ),
    "forensic until last winter, nowhere since": (
        "1980-01-01",
        ["referrals P1 2013-05-01 2015-01-01 B01", "clusters 2014-05-01 12"],
        "out",
        "forensic",
        None,
    ),
    "from forensic to a team of the contract": (
        "1980-01-01",
        [
            "referrals P1 2013-05-01 2015-01-01 B01",
            "referrals P1 2015-01-01 - A06",
            "clusters 2014-05-01 12",
        ],
        "in",
        "core-clusters",
        "psychosis",
    ),
    "dementia by cluster": (
        "1940-01-01",
        ["referrals P1 2015-01-01 - A07", "clusters 2015-02-01 19"],
        "out",
        "organic-clusters",
        None,
    ),
    "dementia by diagnosis, in a crisis": (
        "1940-01-01",
        ["referrals P1 2015-05-20 - A02", "diagnoses 2015-02-01 F00.1 primary"],
        "out",
        "organic-diagnosis",
        None,
    ),
    "cluster 4": (
        "1980-01-01",
        ["referrals P1 2014-01-01 - A06", "clusters 2014-02-01 04", "diagnoses 2014-02-01 F41.1 primary"],
        "in",
        "core-clusters",
        "anxiety-and-depression",
    ),
    "cluster 8 without any diagnosis": (
        "1980-01-01",
        ["referrals P1 2014-01-01 - A06", "clusters 2014-02-01 08"],
        "in",
        "core-clusters",
        "anxiety-and-depression",
    ),
    "cluster 10, homeless": (
        "1990-01-01",
        ["referrals P1 2014-01-01 - A14", "clusters 2014-02-01 10", "accommodation 2015-05-01 12"],
        "in",
        "core-clusters",
        "psychosis",
    ),
    "cluster 16, dual diagnosis, and F10 first": (
        "1980-01-01",
        ["referrals P1 2014-01-01 - A06", "clusters 2014-02-01 16", "diagnoses 2014-02-01 F10.2 primary"],
        "in",
        "core-clusters",
        "psychosis",
    ),
    "drink as the primary diagnosis, clustered 5": (
        "1980-01-01",
        ["referrals P1 2014-01-01 - D01", "clusters 2014-02-01 05", "diagnoses 2014-02-01 F10.2 primary"],
        "in",
        "core-clusters",
        "substance-misuse",
    ),
    "drink beside depression, clustered 5": (
        "1980-01-01",
        [
            "referrals P1 2014-01-01 - A06",
            "clusters 2014-02-01 05",
            "diagnoses 2014-02-01 F32.1 primary",
            "diagnoses 2014-02-01 F10.2 secondary",
        ],
        "in",
        "core-clusters",
        "anxiety-and-depression",
    ),
    "autism as the primary diagnosis, clustered 6": (
        "1980-01-01",
        ["referrals P1 2014-01-01 - A16", "clusters 2014-02-01 06", "diagnoses 2014-02-01 F84.5 primary"],
        "in",
        "core-clusters",
        "behavioural-and-developmental",
    ),
    "autism, not clustered, long in care": (
        "1980-01-01",
        ["referrals P1 2014-01-01 - A06", "diagnoses 2014-02-01 F84.5 primary"],
        "later",
        "behavioural-primary",
        None,
    ),
    "Huntington's": (
        "1970-01-01",
        ["referrals P1 2014-01-01 - A06", "diagnoses 2014-02-01 G10 primary"],
        "later",
        "behavioural-primary",
        None,
    ),
    "drink alone, in a team outside the contract": (
        "1980-01-01",
        ["referrals P1 2015-05-01 - D01", "diagnoses 2015-05-01 F10.6 primary"],
        "later",
        "behavioural-primary",
        None,
    ),
    "a smoker with nothing else": (
        "1980-01-01",
        ["referrals P1 2014-05-01 - A06", "diagnoses 2015-05-01 F17.2 primary"],
        "out",
        "no-severe-need",
        None,
    ),
    "cluster 3": (
        "1980-01-01",
        ["referrals P1 2015-05-01 - A05", "clusters 2015-05-01 03"],
        "later",
        "mild-clusters",
        None,
    ),
    "being assessed for six months to the day": (
        "1980-01-01",
        ["referrals P1 2014-12-01 - A06"],
        "in",
        "being-assessed",
        "not-yet-known",
    ),
    "being assessed for a day longer": (
        "1980-01-01",
        ["referrals P1 2014-11-30 - A06"],
        "out",
        "no-severe-need",
        None,
    ),
    "being assessed, with psychosis diagnosed": (
        "1980-01-01",
        ["referrals P1 2015-05-01 - A14", "diagnoses 2015-05-20 F20.0 primary"],
        "in",
        "being-assessed",
        "psychosis",
    ),
    "homeless, not clustered, impaired": (
        "1980-01-01",
        [
            "referrals P1 2014-01-01 - A06",
            "accommodation 2015-05-01 12",
            "scores 2015-05-01 979741000000106 4",
        ],
        "out",
        "homeless",
        None,
    ),
    "impaired, a year ago to the day": (
        "1980-01-01",
        [
            "referrals P1 2014-01-01 - A06",
            "scores 2014-06-01 979741000000106 3",
            "diagnoses 2014-06-01 F33 primary",
        ],
        "in",
        "significant-impairment",
        "anxiety-and-depression",
    ),
    "impaired, a day longer ago": (
        "1980-01-01",
        ["referrals P1 2014-01-01 - A06", "scores 2014-05-31 979741000000106 3"],
        "out",
        "no-severe-need",
        None,
    ),
    "borderline personality, not clustered": (
        "1980-01-01",
        ["referrals P1 2014-01-01 - A16", "diagnoses 2014-02-01 F60.31 primary"],
        "in",
        "significant-impairment",
        "behavioural-and-developmental",
    ),
    "primary care team, not clustered": (
        "1980-01-01",
        ["referrals P1 2014-01-01 - A05"],
        "out",
        "primary-care-services",
        None,
    ),
    "blank cluster, long in care": (
        "1980-01-01",
        ["referrals P1 2014-01-01 - A06", "clusters 2014-02-01 09"],
        "out",
        "no-severe-need",
        None,
    ),
}


def _drawn(born: str, rows: list[str]) -> str:
    lines = ["people | person_id birth_date", f"| ann {born}"]
    for given in rows:
        table, *cells = given.split()
        lines += [f"{table} | {COLUMNS[table]}", f"| ann {' '.join(cells)}"]
    return "\n".join(lines)


@pytest.mark.parametrize("name", CASES)
def test_one_person(name: str) -> None:
    born, rows, status, rule, segment = CASES[name]
    contract, tables = segmentations()[CONTRACT], drawn(_drawn(born, rows))
    decision = decide(contract, people_of(tables)["ann"], code_lists(), DAY)
    assert decision is not None
    assert (decision.status, decision.rule, decision.segment) == (status, rule, segment)
    connection = loaded(tables)
    counts = assign(connection, contract, code_lists(), DAY)
    assert [c.rule for c in counts.rules if c.people] == [rule]
    assert [c.segment for c in counts.segments if c.people] == ([segment] if segment else [])


def test_every_rule_and_segment_has_a_case() -> None:
    contract = segmentations()[CONTRACT]
    assert {rule.id for rule in contract.scope} == {case[3] for case in CASES.values()}
    assert {group.id for group in contract.segments} == {case[4] for case in CASES.values() if case[4]}
