"""A contract beside its money: schedules, transition, readiness, changes, and the contract as a document."""

import re
import zipfile

import pytest
import yaml

from command import obc

CONTRACT = "oxfordshire-mental-health"
ACTING = ("--programme", "oxfordshire", "--why", "a reason")


@pytest.fixture
def trail(tmp_path):
    return ("--trail", tmp_path / "trail")


def act(trail, *words, by: str, at: str = "2014-03-20"):
    return obc("contract", "act", CONTRACT, *words, "--by", by, "--at", at, *ACTING, *trail)


def test_the_quality_schedule_covers_fourteen_expectations_each_with_owner_evidence_and_review():
    ran = obc("contract", "schedules", CONTRACT, "--on", "2014-10-02", "--format", "json").json
    assert ran["schema_version"] == 1 and len(ran["expectations"]) == 14
    for one in ran["expectations"]:
        assert one["terms"]["owner"] and one["terms"]["evidence"] and one["terms"]["source"]
        assert one["state"] == "not yet reviewed"
    overdue = {one["terms"]["id"] for one in ran["expectations"] if one["overdue"]}
    assert overdue == {one["terms"]["id"] for one in ran["expectations"]} - {"quality-standards", "best-practice"}
    text = obc("contract", "schedules", CONTRACT, "--on", "2014-10-02").out
    assert "By 2019/20: One network of services" in text and "Disputes: talk (10 working days), then" in text


def test_a_contract_without_schedules_says_what_to_write():
    text = obc("contract", "schedules", "template").out
    assert "write quality.yaml" in text and "write schedules.yaml" in text
    assert "write transition.yaml" in obc("contract", "transition", "template").out
    assert "Ready to go live." in obc("contract", "readiness", "template").out


def test_the_register_shows_which_of_the_eighteen_contracts_carry_the_amendment():
    ran = obc("contract", "transition", CONTRACT, "--on", "2014-04-02", "--format", "json").json
    assert len(ran["contracts"]) == 18 and ran["notice_late"] == ["respite"]
    assert len(ran["carrying"]) == 6 and {one["notice_by"] for one in ran["contracts"]} == {"2014-03-31"}
    text = obc("contract", "transition", CONTRACT, "--on", "2014-03-31").out
    assert "6 of 14 contracts that renew carry the staged amendment" in text and "31 March 2014: none" in text


def test_an_amendment_is_signed_and_the_register_shows_it(trail):
    assert act(trail, "amendment", "living-south", "offer", by="contract-manager").status == 0
    assert act(trail, "amendment", "living-south", "sign", by="contract-manager").status == 1
    assert act(trail, "amendment", "living-south", "sign", by="mind-director").status == 0
    ran = obc("contract", "transition", CONTRACT, "--programme", "oxfordshire", *trail, "--format", "json").json
    assert "living-south" in ran["carrying"] and len(ran["carrying"]) == 7


def test_going_live_is_refused_until_the_last_condition_holds(trail):
    live = ("contract", "go-live", CONTRACT, "--by", "accountable-officer", "--at", "2014-03-31", *ACTING, *trail)
    refused = obc(*live, "--format", "json")
    assert refused.status == 1 and len(refused.json["problems"]) == 8
    ready = ("contract", "readiness", CONTRACT, "--programme", "oxfordshire", "--on", "2014-03-31", *trail)
    conditions = obc(*ready, "--format", "json").json["conditions"]
    shows = {
        "oxford-health": ("lead-provider-director", "commissioner-manager"),
        "oxfordshire-clinical-commissioning-group": ("contract-manager", "county-commissioner"),
        "oxfordshire-county-council": ("county-commissioner", "commissioner-manager"),
    }
    for one in conditions:
        by, other = shows[one["shown_by"]]
        assert act(trail, "condition", one["id"], "show", "--evidence", "seen", by=by).status == 0
        assert act(trail, "condition", one["id"], "accept", by=other).status == 0
    assert "Ready to go live." in obc(*ready).out
    assert "live since 31 March 2014" in obc(*live).out
    assert "Live since 31 March 2014." in obc(*ready).out
    assert "it goes live once" in obc(*live).out


def test_a_review_shows_in_the_schedule(trail):
    words = ("expectation", "needs-of-carers", "find partly met", "--evidence", "visit of May")
    assert act(trail, *words, by="lead-provider-director").status == 1
    assert act(trail, *words, by="carer-representative", at="2014-05-12").status == 0
    ran = obc("contract", "schedules", CONTRACT, "--programme", "oxfordshire", *trail, "--format", "json").json
    found = next(one for one in ran["expectations"] if one["terms"]["id"] == "needs-of-carers")
    assert (found["state"], found["next_review"]) == ("partly met", "2014-11-12")


def test_a_verb_that_is_none_lists_what_can_be_done(trail):
    refused = act(trail, "condition", "governance", "approve", by="contract-manager")
    assert refused.status == 1 and "what it allows now is 'show', 'waive'" in refused.out


def test_a_change_goes_from_proposal_to_agreement_and_says_what_to_write(tmp_path, trail):
    wish = tmp_path / "wish.yaml"
    wish.write_text(
        yaml.safe_dump(
            {
                "id": "pot-of-year-3",
                "title": "The pot of year 3 grows",
                "because": "more people",
                "effective": "2016-04-01",
                "changes": [
                    {"file": "payment.yaml", "at": "figures / pot of the year / is / 3 / value", "reads": "3_500_000"}
                ],
            }
        )
    )

    def change(verb, *words, by, at="2016-01-11"):
        return obc("change", verb, CONTRACT, *words, "--by", by, "--at", at, *ACTING, *trail, "--format", "json")

    made = change("propose", wish, by="commissioner-manager").json["change"]
    assert made["answer_by"] == "2016-02-08" and len(made["waits_for"]) == 3
    (difference,) = made["differences"]
    assert difference["sentence"] == (
        "payment.yaml, figures › pot of the year › is › from year 3: 3,000,000 becomes 3,500,000"
    )
    assert change("agree", "pot-of-year-3", by="mind-director").status == 1
    for by in ("county-commissioner", "commissioner-manager", "lead-provider-director"):
        assert change("agree", "pot-of-year-3", by=by, at="2016-01-25").status == 0
    text = obc("change", CONTRACT, "--programme", "oxfordshire", "--on", "2016-02-01", *trail).out
    assert "agreed, proposed by oxfordshire-clinical-commissioning-group" in text
    (entry,) = yaml.safe_load(text[text.index("variations:") :])["variations"]
    assert (entry["id"], entry["before"][0]["reads"]) == ("pot-of-year-3", "3000000")
    assert (
        "no variation of that id" in change("take-effect", "pot-of-year-3", by="contract-manager", at="2016-04-01").out
    )
    assert change("withdraw", "pot-of-year-3", by="commissioner-manager", at="2016-04-01").status == 1


def test_the_contract_as_a_document_holds_every_schedule(tmp_path):
    words = ("report", "contract", CONTRACT, "--programme", "oxfordshire", "--on", "2014-03-10", "--out")
    assert obc(*words, tmp_path / "one").status == 0
    assert obc(*words, tmp_path / "two", "--format", "json").json["written"][0].endswith("contract.html")
    for name in ("contract.html", "contract.pdf", "contract.docx"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    page = (tmp_path / "one" / "contract.html").read_text()
    headings = re.findall(r"<h2[^>]*>(.*?)</h2>", page)
    assert [re.sub("<[^>]+>", "", one) for one in headings][1:18] == [
        "Particulars", "Back-to-back contracts", "Vision and scope", "People", "Outcomes framework",
        "Indicators in plain English", "Payment mechanism", "Finance", "Quality schedule", "Information schedule",
        "Guarantees", "Conditions precedent and mobilisation", "Change mechanism", "Disputes and escalation",
        "Transition", "What is illustrative", "Signatures",
    ]  # fmt: skip
    assert "The commissioners may end it after year 3" in page and "at most 2 % may be withheld" in page
    assert page.count("Reviewed every") == 14
    with zipfile.ZipFile(tmp_path / "one" / "contract.docx") as archive:
        assert "Support comes before sanctions" in archive.read("word/document.xml").decode()


def test_a_contract_of_published_values_has_a_document_of_what_it_says(tmp_path):
    assert obc("report", "contract", "oxfordshire-constitution-standards", "--out", tmp_path).status == 0
    page = (tmp_path / "contract.html").read_text()
    assert "Payment mechanism" in page and "Quality schedule" not in page


def test_each_review_counts_for_its_year_and_disputes_come_along(tmp_path, trail):
    for verb, day in (("find met", "2014-05-12"), ("find not met", "2015-05-12")):
        words = ("expectation", "access", verb, "--evidence", "a visit")
        assert act(trail, *words, by="carer-representative", at=day).status == 0
    disputes = tmp_path / "disputes.yaml"
    about = {"id": "d", "year": "2", "indicator": "mortality", "raised by": "p", "raised": "2016-07-01", "why": "w"}
    disputes.write_text(yaml.safe_dump({"disputes": [about]}))
    words = ("escalation", "circumstances", "oxfordshire", "--contract", CONTRACT, "--also", disputes, *trail)
    found = obc(*words, "--format", "json").json
    assert [(one["year"], one["state"]) for one in found["quality"]] == [(1, "met"), (2, "not met")]
    written = yaml.safe_load(obc(*words).out)
    assert [one["id"] for one in written["disputes"]] == ["d"] and len(written["quality"]) == 2
