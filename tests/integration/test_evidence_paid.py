"""Records that are too bad to count: the values say so, a hurdle refuses, and year 1 can pay for completeness."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from command import obc
from obc.loaders.places import find_contract
from obc.synthetic.faults import Faults, Stop
from obc.synthetic.make import make_records
from synthetic_county import oxfordshire

pytestmark = pytest.mark.usefixtures("records_read_once")
PEOPLE = 2500
END = date(2015, 6, 30)
"""Contract year 1, and a quarter more."""

CONTRACT = """
id: small
title: A small contract
structure: lead provider
commissioners: [{id: commissioner, name: The commissioner}]
parties: [{id: holder, name: The holder, role: lead provider, code: RNU}]
term: {start: 2014-04-01, years: {years: 2, source: illustrative}, extension: {years: 0, source: illustrative}}
currency: GBP
"""
COMPLETE = """
id: contacts-complete
title: Contacts that are there and filled in
why: Whoever pays for outcomes needs to see them.
measure: proportion
direction: higher is better
counts: row
denominator: {rows of: [contacts, scores]}
quality: complete
source: illustrative
owner: the information group
review by: 2027-04-01
"""
EVIDENCE = """
judged from: {value: 50, source: illustrative}
rules:
  - of: completeness
    final from: {value: 95 %, source: illustrative}
    provisional from: {value: 80 %, source: illustrative}
"""
PAYMENT = """
inputs:
  - {input: completeness, indicator: contacts-complete}
  - {input: plans, indicator: care-plan-within-four-weeks}
figures:
  - figure: paid for data
    unit: money
    is:
      - {value: 100_000, from: year 1, source: illustrative}
      - {value: 0, from: year 2, source: illustrative}
steps:
  - step: data
    hurdle: all
    of: [completeness is at least 90 %]
    then: paid for data
    missing: fails
    source: illustrative
  - {step: outcome, hurdle: all, of: [plans is known], then: 50_000, missing: fails, source: illustrative}
  - {step: due, combine: [data, outcome], as: sum, unscored: lost}
  - {step: payment, settle: due, reason: data and plans, round: half up}
"""


def made(out: Path, faults: Faults | None = None) -> Path:
    """The county until a quarter after year 1, with one provider."""
    truth = oxfordshire()
    only = truth.county.providers[0].model_copy(update={"share": 1.0})
    county = truth.county.model_copy(update={"providers": (only,)})
    make_records(truth.model_copy(update={"county": county, "records_end": END}), PEOPLE, 7, out, faults=faults)
    return out


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records without a fault."""
    return made(tmp_path_factory.mktemp("whole") / "records")


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, of a provider that recorded nothing in the last months of year 1."""
    faults = Faults(stops=(Stop(provider="RNU", day=date(2014, 11, 15)),))
    return made(tmp_path_factory.mktemp("stopped") / "records", faults)


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    """A contract of four small files and the county's segments."""
    folder = tmp_path / "small"
    (folder / "indicators").mkdir(parents=True)
    for name, text in (("contract", CONTRACT), ("evidence", EVIDENCE), ("payment", PAYMENT)):
        (folder / f"{name}.yaml").write_text(text.strip() + "\n", encoding="utf-8")
    (folder / "indicators" / "contacts-complete.yaml").write_text(COMPLETE.strip() + "\n", encoding="utf-8")
    shutil.copy(find_contract("oxfordshire-mental-health")[0] / "segments.yaml", folder)
    return folder


def settled(contract: Path, records: Path, tmp_path: Path) -> tuple[dict, dict]:
    """What year 1 pays, and the year's values by indicator."""
    values = tmp_path / f"{records.parent.name}.json"
    ran = obc("measure", contract, "--records", records, "--out", values, "--format", "json", "--known-on", END)
    assert ran.status == 0, ran.out + ran.err
    year = {
        one["indicator"]: one
        for one in ran.json["values"]
        if (one["segment"], one["provider"]) == ("all", "all")
        and (one["period_start"], one["period_end"]) == ("2014-04-01", "2015-03-31")
    }
    paid = obc("settle", contract, "--values", values, "--year", 1, "--format", "json")
    assert paid.status == 0, paid.out + paid.err
    return paid.json["settlements"][0], year


def test_year_1_pays_for_complete_records(contract: Path, whole: Path, tmp_path: Path) -> None:
    paid, year = settled(contract, whole, tmp_path)
    assert year["contacts-complete"]["value"] == 1
    assert year["care-plan-within-four-weeks"]["evidence"] == "provisional", "there is no run-out to be over"
    assert paid["payable_minor"] == 150_000_00


def test_a_silent_provider_is_paid_neither_for_data_nor_for_what_they_would_show(
    contract: Path, stopped: Path, tmp_path: Path
) -> None:
    paid, year = settled(contract, stopped, tmp_path)
    complete = year["contacts-complete"]
    assert 0.4 < complete["value"] < 0.8
    assert complete["evidence"] == "provisional", "how complete records are is known"
    plans = year["care-plan-within-four-weeks"]
    assert plans["evidence"] == "insufficient"
    assert plans["value"] is not None, "it is shown, and cannot count"
    assert paid["payable_minor"] == 0


def test_without_rules_the_same_records_would_count(contract: Path, stopped: Path, tmp_path: Path) -> None:
    (contract / "evidence.yaml").unlink()
    payment = contract / "payment.yaml"
    payment.write_text(payment.read_text().replace("is at least 90 %", "is at least 40 %"), encoding="utf-8")
    paid, year = settled(contract, stopped, tmp_path)
    assert year["care-plan-within-four-weeks"]["evidence"] == "provisional"
    assert paid["payable_minor"] == 150_000_00


def test_a_run_out_that_is_over_makes_good_records_final(contract: Path, whole: Path, tmp_path: Path) -> None:
    terms = contract / "contract.yaml"
    calendar = "calendar: {on account: 50 %, run-out: 3 months, balance paid: 4 months, source: illustrative}\n"
    terms.write_text(terms.read_text() + calendar, encoding="utf-8")
    assert settled(contract, whole, tmp_path)[1]["care-plan-within-four-weeks"]["evidence"] == "provisional"
    terms.write_text(terms.read_text().replace("run-out: 3 months", "run-out: 2 months"), encoding="utf-8")
    _, year = settled(contract, whole, tmp_path)
    assert year["care-plan-within-four-weeks"]["evidence"] == "final"
    values = tmp_path / f"{whole.parent.name}.json"
    rules = (contract / "evidence.yaml").read_text()
    (contract / "evidence.yaml").write_text(rules.replace("95 %", "94 %"), encoding="utf-8")
    ran = obc("settle", contract, "--values", values, "--year", 1)
    assert ran.status == 1
    assert "measure again: the definitions changed" in ran.out, "rules of evidence are part of how it is measured"


def test_a_rule_without_a_source_is_refused(contract: Path) -> None:
    rules = (contract / "evidence.yaml").read_text()
    (contract / "evidence.yaml").write_text(
        rules.replace("{value: 95 %, source: illustrative}", "95 %"), encoding="utf-8"
    )
    ran = obc("contract", "check", contract)
    assert "evidence.yaml" in ran.out
    assert "source" in ran.out


def test_the_page_names_files_and_rules_but_nobody(contract: Path, tmp_path: Path) -> None:
    faults = Faults(stops=(Stop(provider="RNU", day=date(2015, 2, 1)),), unknown_code=0.05, orphan=0.03)
    bad = made(tmp_path / "bad" / "records", faults)
    out = tmp_path / "page"
    command = ("report", "data-quality", contract, "--records", bad, "--out", out)
    ran = obc(*command, "--format", "json", "--known-on", END)
    assert ran.status == 0, ran.out + ran.err
    told = ran.json
    assert told["judged"] is True
    contacts = next(one for one in told["tables"] if (one["provider"], one["table"]) == ("RNU", "contacts"))
    assert contacts["evidence"] == "insufficient"
    assert contacts["completeness"]["silent"] > 0
    costs = [one for one in told["costs"] if one["indicator"] == "care-plan-within-four-weeks"]
    cost = next(one for one in costs if (one["provider"], one["period_end"]) == ("all", "2015-06-30"))
    assert cost["evidence"] == "insufficient"
    assert "completeness" in {one["measure"] for one in cost["because"]}
    orphan = next(one for one in told["rows_to_look_for"] if one["reason"] == "no such row")
    assert (orphan["provider"], orphan["file"].endswith(".parquet"), len(orphan["lines"])) == ("RNU", True, 5)
    page = (out / "data-quality.html").read_text(encoding="utf-8")
    for words in (
        "Values that cannot count",
        "rows to look for",
        "nothing for 5 months from February 2015",
        "no such row",
    ):
        assert words in page, words
    assert (out / "data-quality.pdf").read_bytes().startswith(b"%PDF")
    assert (out / "data-quality.xlsx").read_bytes().startswith(b"PK")
    assert (out / "charts" / "data-quality-providers.svg").exists()
    text = obc(*command, "--known-on", END)
    assert "completeness" in text.out
    assert "insufficient" in text.out
    untold = obc(*command)
    assert "Give --known-on" in untold.out, "the only provider's silence cannot be seen without it"
    assert "good enough for final figures" in untold.out


def test_good_records_have_nothing_to_act_on(contract: Path, whole: Path, tmp_path: Path) -> None:
    ran = obc("report", "data-quality", contract, "--records", whole, "--out", tmp_path / "page", "--provider", "RNU")
    assert ran.status == 0, ran.out + ran.err
    assert "good enough for final figures" in ran.out
    page = (tmp_path / "page" / "data-quality.html").read_text(encoding="utf-8")
    assert "No row has a fault, and none came late." in page
    assert "No value of these periods is held back" in page


def test_a_strange_provider_and_a_contract_without_rules(contract: Path, whole: Path, tmp_path: Path) -> None:
    command = ("report", "data-quality", contract, "--records", whole, "--out", tmp_path / "page")
    ran = obc(*command, "--provider", "OX09")
    assert (ran.status, "the provider OX09" in ran.out) == (1, True)
    (contract / "evidence.yaml").unlink()
    ran = obc(*command)
    assert ran.status == 0
    assert "does not say how good they must be" in ran.out
    assert "write evidence.yaml" in (tmp_path / "page" / "data-quality.html").read_text(encoding="utf-8")
