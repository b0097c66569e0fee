"""The route to contract as a user meets it: advice, the law, market activity, local variation, documents."""

import json
import re
from pathlib import Path
from unittest.mock import patch

import pytest
from pypdf import PdfReader

from command import obc

FACTS = ("--market", "none", "--complexity", "complex", "--integration", "full")
ADVISED = ("--process", "review-of-services", "--advice", "note of counsel, 20 November 2013")


def act(trail: Path, *words: object, by: str, day: str):
    why = "as decided at the meeting"
    return obc("route", *words, "--by", by, "--why", why, "--at", day, "--trail", trail)


def chosen(trail: Path):
    return act(trail, "step", "oxfordshire", "choose the review", *ADVISED, by="clinical-chair", day="2013-11-28")


def market_day(trail: Path, day: str = "2014-06-02"):
    words = ("activity", "oxfordshire", "market-day", "--what", "a day for all providers", "--kind", "market")
    return act(trail, *words, by="procurement-lead", day=day)


def test_advice_as_json_has_the_promised_keys():
    ran = obc("route", *FACTS, "--format", "json")
    assert ran.status == 0
    assert ran.json["schema_version"] == 1
    (option,) = ran.json["options"]
    assert option["structure"] == "lead provider with back-to-back subcontracts"
    assert option["sourcing"].startswith("single action tender")
    assert "no providers compete for it" in option["reasons"]
    assert ran.json["recommended"] == option["id"] == "lead-back-to-back"
    assert len(ran.json["if_changed"]) == 5


def test_advice_in_words_shows_pros_cons_cures_and_what_would_change_it():
    ran = obc("route", "advise", *FACTS)
    assert "Lead provider with back-to-back subcontracts  (recommended)" in ran.out
    assert "Back-to-back terms with a right to step in" in ran.out
    assert re.search(r"complexity simple +development of the market", ran.out)


def test_what_the_table_does_not_cover_is_said_and_nothing_else():
    ran = obc("route", "--market", "full", "--complexity", "simple", "--integration", "full", "--format", "json")
    assert (ran.status, ran.json["covered"], ran.json["options"]) == (0, False, [])
    said = obc("route", "--market", "full", "--complexity", "simple", "--integration", "full").out
    assert said.startswith("The table of 10 July 2013 says nothing of this case")


def test_facts_that_are_missing_are_asked_for_in_a_terminal_only():
    assert obc("route", "--market", "none", "--format", "json").status == 2
    assert "--complexity, --integration" in obc("route", "--market", "none").err


@pytest.mark.parametrize(
    ("answer", "recommended"),
    [
        ("no", "dominant provider and subcontractors  (recommended)"),
        ("Yes", "competition for subcontracts  (recommended)"),
        ("not known", "Open: Is there a provider"),
    ],
)
def test_a_terminal_is_asked_for_each_fact_and_for_the_open_question(answer, recommended):
    with (
        patch("obc.cli.routing.sys.stdin.isatty", return_value=True),
        patch("obc.cli.routing.typer.prompt", side_effect=[3, 9, 2, 2, answer]),
    ):
        ran = obc("route")
    assert "3  providers compete for some services, and one of them is dominant" in ran.out
    assert recommended in ran.out


def test_the_law_names_its_regulations_and_says_what_needs_advice():
    ran = obc("route", "law", "--on", "2027-01-04", "--fact", "existing-provider=no")
    assert "Direct Award Process C: closed  [SI 2023/1348, regulations 6(5) and 9]" in ran.out
    assert "standstill: 8 working days (SI 2023/1348, regulation 12)" in ran.out
    assert "no legal advice" in ran.out
    found = obc("route", "law", "--services", "other", "--on", "2027-01-04", "--format", "json").json
    assert found["regime"] == "procurement-act-2023"
    assert obc("route", "law", "--fact", "existing-provider").status == 2
    assert obc("route", "law", "--on", "2027-01-04", "--fact", "colour=yes").status == 1


def test_the_worked_route_stands_as_it_stood_in_november_2013():
    found = obc("route", "oxfordshire", "--format", "json").json
    assert found["law"]["regime"] == "nhs-2013"
    assert found["route"]["state"] == "not decided"
    assert found["local_variation"]["open"] == ["information-sharing", "framework-for-negotiations"]
    assert (found["recommended"], found["covered"]) == (None, True)
    today = obc("route", "oxfordshire", "--on", "2027-01-04", "--format", "json").json
    assert today["law"]["regime"] == "provider-selection-regime"


def test_no_market_activity_before_the_review_is_decided(tmp_path):
    trail = tmp_path / "trail"
    assert chosen(trail).status == 0
    refused = market_day(trail, "2013-12-02")
    assert refused.status == 1
    assert "market activity while the route is service review" in refused.out
    assert act(trail, "step", "oxfordshire", "raise concerns", by="programme-director", day="2014-03-14").status == 0
    assert "while the route is review, preparing for the market" in market_day(trail, "2014-03-20").out
    words = ("activity", "oxfordshire", "notice-draft", "--what", "draft of the notice", "--kind", "preparation")
    assert act(trail, *words, by="procurement-lead", day="2014-03-21").status == 0
    decided = act(trail, "step", "oxfordshire", "decide for the market", by="clinical-chair", day="2014-05-28")
    assert decided.out == "The route is now open to the market.\n"
    assert market_day(trail).status == 0
    assert "  2014-06-02  market: a day for all providers" in obc("route", "oxfordshire", "--trail", trail).out
    assert len(list(trail.glob("*.json"))) == 5


def test_no_contract_while_a_heading_is_open_and_no_publication_before_the_contract(tmp_path):
    trail = tmp_path / "trail"
    chosen(trail)
    act(trail, "step", "oxfordshire", "pass the mid-point", by="programme-director", day="2014-03-14")
    act(trail, "step", "oxfordshire", "decide for the providers", by="clinical-chair", day="2014-05-28")
    open_ = act(trail, "step", "oxfordshire", "agree", by="clinical-chair", day="2014-09-01")
    assert open_.status == 1
    assert open_.out.count("nothing said under it") == 2
    for heading in ("information-sharing", "framework-for-negotiations"):
        words = (
            "evidence",
            "oxfordshire",
            heading,
            "--says",
            "agreed with all",
            "--evidence",
            "minutes of 1 July 2014",
        )
        assert act(trail, *words, by="procurement-lead", day="2014-07-02").status == 0
    publish = ("publish", "oxfordshire", "--where", "https://example.org/variation", "--out", tmp_path)
    early = act(trail, *publish, by="accountable-officer", day="2014-08-01")
    assert (early.status, "agree the contract first" in early.out) == (1, True)
    assert act(trail, "step", "oxfordshire", "agree", by="clinical-chair", day="2014-09-01").status == 0
    assert act(trail, *publish, by="accountable-officer", day="2014-09-02").status == 0
    page = (tmp_path / "local-variation.html").read_text()
    assert "Published with the contract on 2 September 2014 at https://example.org/variation." in page
    assert page.count("agreed with all") == 2


def test_a_gate_looks_up_the_route_and_its_evidence(tmp_path):
    from datetime import date

    from obc.bootstrap.procuring import gate_checks
    from obc.domain.programme.gates.programme import PlannedContract
    from obc.loaders.programme import open_programme

    planned = {"id": "mental-health", "title": "x", "for": "x", "manager": "analyst", "source": "x"}
    contract = PlannedContract.model_validate(planned)

    def looked_up(name: str) -> tuple[bool, str]:
        return tuple(gate_checks(open_programme("oxfordshire", tmp_path))[name](contract, date(2014, 6, 1)))

    assert looked_up("route-decided") == (False, "the route is not decided")
    chosen(tmp_path)
    act(tmp_path, "step", "oxfordshire", "pass the mid-point", by="programme-director", day="2014-03-14")
    act(tmp_path, "step", "oxfordshire", "decide for the providers", by="clinical-chair", day="2014-05-28")
    assert looked_up("route-decided") == (True, "the route is negotiation")
    holds, said = looked_up("local-variation-complete")
    assert (holds, said) == (False, "still open: Information sharing, Framework for negotiations")


def test_a_worked_programme_is_not_written_into():
    ran = obc("route", "step", "oxfordshire", "choose the market", "--by", "clinical-chair", "--why", "x")
    assert (ran.status, "--trail DIR" in ran.out) == (1, True)


def test_options_that_do_not_go_together_are_refused():
    assert obc("route", "oxfordshire", "--market", "full").status == 2
    assert obc("route", *FACTS, "--out", "x").status == 2


def test_an_activity_with_a_name_for_people_is_refused(tmp_path):
    words = ("activity", "oxfordshire", "Market Day", "--what", "x", "--kind", "market")
    ran = act(tmp_path / "trail", *words, by="procurement-lead", day="2014-06-02")
    assert (ran.status, "Market Day" in ran.out) == (1, True)


@pytest.fixture(scope="module")
def documents(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("route")
    assert obc("route", "oxfordshire", "--out", out).status == 0
    return out


def test_the_route_is_a_document_with_its_timelines(documents):
    page = (documents / "route-to-contract.html").read_text()
    for words in ("One question is open", "Service review with the existing providers: 16 months", "SI 2013/500"):
        assert words in page
    text = "".join(page.extract_text() for page in PdfReader(documents / "route-to-contract.pdf").pages)
    assert "Procurement by competitive dialogue" in text
    assert (documents / "route-to-contract.docx").stat().st_size > 20_000
    drawn = (documents / "charts/timeline-service-review.csv").read_text()
    assert "Mid-point of the review,3,3" in drawn


def test_the_evidence_for_local_variation_says_what_is_open(documents):
    page = (documents / "local-variation.html").read_text()
    assert "Draft: 8 of 10 headings are completed. It cannot be published while one is open." in page
    assert page.count("Nothing is shown yet.") == 2


def test_the_same_route_gives_the_same_bytes(documents, tmp_path):
    obc("route", "oxfordshire", "--out", tmp_path)
    for name in (*(f"route-to-contract.{form}" for form in ("html", "pdf", "docx", "xlsx")), "local-variation.pdf"):
        assert (tmp_path / name).read_bytes() == (documents / name).read_bytes()


def test_json_of_an_act_is_the_record_it_left(tmp_path):
    words = ("step", "oxfordshire", "choose the review", *ADVISED, "--format", "json")
    left = act(tmp_path / "trail", *words, by="clinical-chair", day="2013-11-28").json
    (line,) = [json.loads(path.read_text()) for path in (tmp_path / "trail").glob("*.json")]
    assert left["state"] == line["after"]["state"] == "service review"
    assert (line["by"], line["verb"], line["before"]["state"]) == ("clinical-chair", "choose the review", "not decided")
