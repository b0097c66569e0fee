"""An assessment as a user meets it: from published criteria to an award, its documents, its release, its feedback."""

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft4Validator
from pypdf import PdfReader

from command import obc
from places import ROOT
from procurement_samples import rules

STRUCTURE = ROOT / "tests/published_structures/ocds-1.1-as-written.json"
PEOPLE = """
people:
  - {id: ann, name: Ann, organisation: buyer, roles: [assessor]}
  - {id: ben, name: Ben, organisation: buyer, roles: [assessor]}
  - {id: cat, name: Cat, organisation: buyer, roles: [assessor],
     interests: [{in: west-trust, what: shareholder, declared: 2026-01-01}]}
  - {id: mod, name: Mod, organisation: buyer, roles: [procurement lead]}
  - {id: dee, name: Dee, organisation: buyer, roles: [accountable officer]}
  - {id: ray, name: Ray, organisation: buyer, roles: [governing body member]}
"""
OTHERS = (
    "consortium-strength",
    "working-relationships",
    "outcomes-not-outputs",
    "financial-plan",
    "prioritisation",
    "accountability",
    "mobilisation",
    "quality-and-innovation",
    "integration",
    "access",
    "social-value",
)


ASSESSORS = ("ann", "ben")


def recorded() -> str:
    """Scores of the factors that count a hundredth each, as a file brings them along: east 3, west 2."""
    offers = [(bidder, points, f"q-{name}") for bidder, points in (("east", 3), ("west", 2)) for name in OTHERS]
    shown = {"because": "half of it is shown"}
    scores = [
        {"bidder": bidder, "question": question, "by": who, "score": points, "evidence": "offer, page 2"} | shown
        for bidder, points, question in offers
        for who in ASSESSORS
    ]
    agreed = [{"bidder": bidder, "question": question, "score": points} | shown for bidder, points, question in offers]
    return yaml.safe_dump({"source": "invented", "scores": scores, "moderated": agreed})


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    """A programme of its own: two bidders, two factors that count; the others stand in the first records."""
    weights = {"patients-first": "49 %", "value": "40 %"} | dict.fromkeys(OTHERS, "1 %")
    written = rules(weights).model_dump(mode="json", by_alias=True)
    written["factors"] = "success-factors-2013"
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "programme.yaml").write_text("id: small\n")
    (folder / "people.yaml").write_text(PEOPLE)
    (folder / "assessment.yaml").write_text(yaml.safe_dump(written, sort_keys=False))
    (folder / "assessment-records.yaml").write_text(recorded())
    return folder


def act(programme: Path, *words: object, by: str, day: str = "2027-01-11", why: str = "half of it is shown"):
    verb, *rest = words
    return obc("assessment", verb, programme, *rest, "--by", by, "--why", why, "--at", day)


def carried(programme: Path, upto: str, day: str = "2027-01-11") -> None:
    """Everything up to an act, as it should go: east scores 3, west 2, on everything."""
    factors = ["patients-first", "value"]
    acts: list[tuple[tuple[object, ...], str]] = [(("publish",), "mod")]
    acts += [(("check", one, "able", "--pass", "--evidence", "register"), "mod") for one in ("east", "west")]
    for bidder, points in (("east", 3), ("west", 2)):
        for name in factors:
            acts += [(("score", bidder, f"q-{name}", points, "--evidence", "offer, page 2"), who) for who in ASSESSORS]
    acts.append((("close",), "mod"))
    for bidder, points in (("east", 3), ("west", 2)):
        acts += [(("moderate", bidder, f"q-{name}", points, "--told", "well shown"), "mod") for name in factors]
    acts += [(("conclude",), "mod"), (("notice",), "mod")]
    for words, by in acts:
        ran = act(programme, *words, by=by, day=day)
        assert ran.status == 0, (words, ran.out, ran.err)
        if words[0] == upto:
            return


def test_an_assessment_goes_from_criteria_to_award(programme):
    carried(programme, "notice")
    shown = obc("assessment", programme, "--format", "json").json
    assert (shown["state"], shown["course"]["winner"]) == ("standstill", "east")
    assert shown["standstill"]["award_from"] == "2027-01-23"
    early = act(programme, "award", by="dee", day="2027-01-22")
    assert (early.status, "before the standstill has ended" in early.out) == (1, True)
    assert act(programme, "award", by="dee", day="2027-01-25").out == "The assessment is now awarded.\n"
    assert act(programme, "award", by="dee", day="2027-01-26").status == 1
    due = obc("assessment", programme, "--format", "json").json["notices_due"]
    assert due == [{"notice": "notice of award (regulation 11)", "by": "2027-02-24"}]
    assert "To be published by 2027-02-24: notice of award" in obc("assessment", programme).out
    lines = [json.loads(path.read_text()) for path in sorted((programme / "trail").glob("*.json"))]
    assert [lines[0]["verb"], lines[-1]["verb"]] == ["publish the criteria", "award"]
    assert all(line["by"] and line["why"] and line["at"] for line in lines)


def test_a_representation_opens_a_review_by_somebody_who_did_not_judge(programme):
    carried(programme, "notice")
    given = ("represent", "west", "--says", "the weights were not followed")
    assert act(programme, *given, by="mod", day="2027-01-20").out == "The assessment is now review.\n"
    assert "while it is review" in act(programme, "award", by="dee", day="2027-02-20").out
    assert "it is for governing body member to do" in act(programme, "review", "uphold", by="dee", day="2027-02-01").out
    assert act(programme, "review", "uphold", by="ray", day="2027-02-01").status == 0
    assert "award on 9 February 2027 or later" in act(programme, "award", by="dee", day="2027-02-08").out
    out = programme / "out"
    assert act(programme, "award", by="dee", day="2027-02-09", why="best of all").status == 0
    assert obc("assessment", programme, "--out", out).status == 0
    page = (out / "award-report.html").read_text()
    for words in ("the weights were not followed", "uphold the decision", "Awarded on 9 February 2027: best of all."):
        assert words in page


def test_a_review_may_go_back_to_moderation(programme):
    carried(programme, "notice")
    act(programme, "represent", "west", "--says", "not followed", by="mod", day="2027-01-20")
    assert act(programme, "review", "go-back", by="ray", day="2027-02-01").out == "The assessment is now moderation.\n"
    assert act(programme, "review", "abandon", by="ray", day="2027-02-02").status == 1
    assert act(programme, "abandon", by="dee", day="2027-02-03").out == "The assessment is now abandoned.\n"


def test_somebody_with_an_interest_is_refused_and_leaves_no_trace(programme):
    carried(programme, "publish")
    ran = act(programme, "score", "east", "q-value", 3, "--evidence", "offer", by="cat")
    assert (ran.status, "declared an interest in west-trust" in ran.out) == (1, True)
    assert len(list((programme / "trail").glob("*.json"))) == 1


def test_a_score_that_is_given_again_leaves_the_first_in_the_trail(programme):
    carried(programme, "publish")
    for points in (3, 2):
        words = ("score", "east", "q-value", points, "--evidence", "offer, page 2")
        assert act(programme, *words, by="ann", why=f"{points} of it").status == 0
    last = json.loads(sorted((programme / "trail").glob("*.json"))[-1].read_text())
    assert (last["before"]["score"], last["after"]["score"]) == (3, 2)
    assert obc("assessment", programme, "--format", "json").json["scores"] == 4 * len(OTHERS) + 1


def test_scoring_does_not_close_while_a_score_is_missing(programme):
    carried(programme, "publish")
    ran = act(programme, "close", by="mod")
    assert (ran.status, ran.out.count("no check")) == (1, 2)


def test_rules_that_change_after_they_were_published_stop_everything(programme):
    carried(programme, "publish")
    file = programme / "assessment.yaml"
    file.write_text(file.read_text().replace("weight: '0.49'", "weight: '0.39'").replace("'0.4'", "'0.5'"))
    ran = obc("assessment", programme)
    assert (ran.status, "criteria, weights and anchors stay as bidders were told" in ran.out) == (1, True)


def test_bidders_come_after_the_criteria_are_published(programme):
    file = programme / "assessment.yaml"
    whole = yaml.safe_load(file.read_text())
    (programme / "assessment-records.yaml").unlink()
    file.write_text(yaml.safe_dump(whole | {"bidders": []}, sort_keys=False))
    assert act(programme, "publish", by="mod").status == 0
    file.write_text(yaml.safe_dump(whole, sort_keys=False))
    words = ("score", "east", "q-value", 3, "--evidence", "offer, page 2")
    assert act(programme, *words, by="ann", day="2027-02-01").status == 0


def test_an_interest_declared_after_scoring_stops_the_close(programme):
    carried(programme, "score")
    people = programme / "people.yaml"
    interest = "roles: [assessor], interests: [{in: east, what: new post, declared: 2027-01-12}]}"
    (programme / "assessment-records.yaml").unlink()
    people.write_text(people.read_text().replace("roles: [assessor]}", interest, 1))
    ran = act(programme, "close", by="mod", day="2027-01-13")
    assert (ran.status, "ann declared an interest in east: new post" in ran.out) == (1, True)


def test_no_bidder_changes_once_scoring_has_closed(programme):
    carried(programme, "close")
    file = programme / "assessment.yaml"
    file.write_text(file.read_text().replace("name: East\n", "name: Eastern\n"))
    ran = obc("assessment", programme)
    assert (ran.status, "no bidder comes, goes or changes" in ran.out) == (1, True)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("factor: access", "factor: luck"), "no weight for access, health inequalities and choice"),
        (("'0.49'", "'0.48'"), "weights of 99 %"),
        (("moderator: mod", "moderator: ann"), "let somebody moderate who has not scored"),
        (("decides: dee", "decides: mod"), "let somebody else decide"),
        (("process: competitive-process", "process: lottery"), "no process 'lottery'"),
        (("score: 4", "score: 5"), "give one for each score from 0 upwards"),
        (("- beds\n", "- chairs\n"), "name one of beds"),
        (("id: west\n", "id: east\n"), "give each bidder an id of its own"),
        (("id: able\n", "id: q-value\n"), "two records called 'east-q-value'"),
        (("id: west\n", f"id: {'west-' * 15}\n".replace("-\n", "\n")), "at most 80 together"),
    ],
)
def test_rules_that_do_not_hold_are_refused(programme, change, says):
    file = programme / "assessment.yaml"
    assert change[0] in file.read_text()
    file.write_text(file.read_text().replace(*change, 1))
    ran = obc("assessment", programme)
    assert (ran.status, says in ran.out) == (1, True), ran.out


def test_the_release_holds_what_is_public_and_nothing_more(programme, tmp_path):
    structure = Draft4Validator(json.loads(STRUCTURE.read_text()))
    out = tmp_path / "release.json"

    def released() -> dict:
        assert obc("export", "ocds", programme, "--out", out, "--base", "https://example.org/ocds").status == 0
        package = json.loads(out.read_text())
        assert [error.message for error in structure.iter_errors(package)] == []
        return package["releases"][0]

    before = obc("export", "ocds", programme, "--out", out)
    assert (before.status, "publish the criteria first" in before.out, out.exists()) == (1, True, False)
    carried(programme, "notice", "2027-01-11")
    noticed = released()
    assert (noticed["tag"], noticed["awards"][0]["status"]) == (["award"], "pending")
    assert noticed["tender"]["milestones"][0]["dueDate"] == "2027-01-22T00:00:00Z"
    act(programme, "award", by="dee", day="2027-01-25")
    done = released()
    assert (done["tag"], done["contracts"][0]["awardID"]) == (["award", "contract"], done["awards"][0]["id"])
    assert done["tender"]["value"] == {"amount": 1_000_000, "currency": "GBP"}
    assert noticed["id"] != done["id"]
    for secret in ("west", "West", "half of it", "offer, page 2"):
        assert secret not in out.read_text()


def test_the_structure_would_notice_a_wrong_release():
    structure = Draft4Validator(json.loads(STRUCTURE.read_text()))
    assert list(structure.iter_errors({"uri": "https://example.org", "version": "1.1"}))
    assert obc("export", "ocds", "oxfordshire", "--out", "x", "--values", "y", "--profile", "?").status == 2
    assert obc("export", "csv", "oxfordshire-mental-health", "--out", "x").status == 2


def test_a_bidder_is_told_its_own_scores_and_nothing_of_the_others(tmp_path):
    trail, out = tmp_path / "trail", tmp_path / "out"
    before = obc("assessment", "feedback", "oxfordshire", "vale-alliance", "--trail", trail)
    assert (before.status, "give notice first" in before.out) == (1, True)
    words = ("--by", "procurement-lead", "--why", "moderation is concluded", "--at", "2027-03-15", "--trail", trail)
    assert obc("assessment", "notice", "oxfordshire", *words).status == 0
    for bidder in ("cherwell-recovery-partnership", "isis-integrated-care", "vale-alliance", "evenlode-health"):
        ran = obc("assessment", "feedback", "oxfordshire", bidder, "--trail", trail, "--out", out)
        assert ran.status == 0
    first = yaml.safe_load((ROOT / "src/obc/worked_programmes/oxfordshire/assessment-records.yaml").read_text())
    page = (out / "feedback-vale-alliance.html").read_text()
    assert "came in place 3 of 4 bidders" in page
    reasons = [one["because"] for one in first["moderated"] if one["bidder"] != "vale-alliance"]
    own = [one["because"] for one in first["moderated"] if one["bidder"] == "vale-alliance"]
    assert all(reason in page for reason in own)
    assert not [reason for reason in reasons if reason not in own and f"{reason}." in page]
    assert "Cherwell" not in page
    assert "Evenlode" not in page
    assert "Isis Integrated Care was chosen" in page
    assert "one chain of contracts and one system from the first day" in page
    failed = (out / "feedback-evenlode-health.html").read_text()
    assert "Your answers were not scored, since an item was failed." in failed
    assert "Chosen bidder" not in (out / "feedback-isis-integrated-care.html").read_text()
    told = obc("assessment", "feedback", "oxfordshire", "vale-alliance", "--trail", trail, "--format", "json").json
    assert (told["place"], told["winner"]) == (3, "Isis Integrated Care")


def test_the_worked_assessment_ranks_and_says_how_sure_it_is():
    ran = obc("assessment", "oxfordshire")
    assert "Isis Integrated Care leads by 1.25" in ran.out
    assert "above 5.6 % (below: Cherwell Recovery Partnership)" in ran.out
    shown = obc("assessment", "show", "oxfordshire", "--format", "json").json
    assert [one["place"] for one in shown["ranking"]["placed"]] == [1, 2, 3, None]
    assert [one["total"] for one in shown["ranking"]["placed"]][:3] == ["74.25", "73", "56.5"]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (("by: ann", "by: cat"), "declared an interest in west-trust"),
        (("by: ann", "by: nobody-here"), "nobody called 'nobody-here'"),
        (("evidence: offer, page 2", "evidence: ' '"), "say where in the offer"),
        (("score: 3", "score: 7"), "7, which has no anchor"),
        (("source: invented", "source: invented\nstands: {state: asleep}"), "'asleep'"),
    ],
)
def test_no_score_comes_in_by_the_side_door(programme, changed, says):
    file = programme / "assessment-records.yaml"
    assert changed[0] in file.read_text()
    file.write_text(file.read_text().replace(*changed, 1))
    ran = obc("assessment", programme)
    assert (ran.status, says in ran.out) == (1, True), ran.out


def test_the_worked_records_are_whole_and_name_their_winner():
    from obc.bootstrap.procuring import assessment_book
    from obc.domain.programme.procurement.scores import unmoderated, unscored

    book = assessment_book("oxfordshire")
    assert list(unscored(book.rules, book.first.scores, book.first.checked)) == []
    assert list(unmoderated(book.rules, book.first.moderated, book.first.checked)) == []
    assert book.ranking().winner.bidder == book.first.stands.winner


def test_a_process_without_a_standstill_awaits_none(programme):
    file = programme / "assessment.yaml"
    file.write_text(file.read_text().replace("process: competitive-process", "process: review-of-services"))
    carried(programme, "notice")
    given = ("represent", "west", "--says", "not followed")
    assert "no standstill for 'review-of-services'" in act(programme, *given, by="mod").out
    assert obc("assessment", programme, "--format", "json").json["standstill"] is None
    assert act(programme, "award", by="dee").status == 0


def test_the_most_suitable_provider_is_not_judged_within_14_days_of_the_notice(programme):
    file = programme / "assessment.yaml"
    file.write_text(file.read_text().replace("process: competitive-process", "process: most-suitable-provider"))
    carried(programme, "publish", "2027-01-11")
    words = ("score", "east", "q-value", 3, "--evidence", "offer, page 2")
    early = act(programme, *words, by="ann", day="2027-01-24")
    assert (early.status, "score from 25 January 2027 on" in early.out) == (1, True)
    assert act(programme, *words, by="ann", day="2027-01-25").status == 0


def test_a_gate_can_look_up_whether_a_provider_is_chosen(programme):
    from datetime import date

    from obc.bootstrap.procuring import gate_checks
    from obc.domain.programme.gates.programme import PlannedContract
    from obc.loaders.programme import open_programme

    def looked_up(name: str, contract: str = "small", on: date = date(2027, 2, 1)) -> tuple[bool, str]:
        planned = {"id": contract, "title": "x", "for": "x", "manager": "mod", "source": "x"}
        found = gate_checks(open_programme(str(programme)))[name](PlannedContract.model_validate(planned), on)
        return tuple(found)

    carried(programme, "notice")
    assert looked_up("provider-chosen") == (False, "the assessment is standstill")
    act(programme, "award", by="dee", day="2027-01-25")
    assert looked_up("provider-chosen") == (True, "awarded on 2027-01-25")
    assert looked_up("provider-chosen", on=date(2027, 1, 24))[0] is False
    assert looked_up("provider-chosen", "other") == (False, "no assessment.yaml is about other")
    assert looked_up("route-decided") == (False, "no route.yaml is about small")
    assert looked_up("local-variation-complete") == (False, "no route.yaml is about small")


def test_the_worked_adviser_with_an_interest_may_not_score(tmp_path):
    words = ("cherwell-recovery-partnership", "gaps-closed", 4, "--evidence", "x", "--by", "clinical-adviser")
    ran = obc("assessment", "score", "oxfordshire", *words, "--why", "good", "--trail", tmp_path)
    assert ran.status == 1


def test_the_award_report_in_three_forms_with_its_pictures(tmp_path):
    assert obc("assessment", "oxfordshire", "--out", tmp_path).status == 0
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "award-report.pdf").pages)
    for words in ("Not for publication", "Evenlode Health cannot be chosen", "Single steps that change"):
        assert words in text
    assert (tmp_path / "award-report.docx").stat().st_size > 20_000
    slack = (tmp_path / "charts/weight-slack.csv").read_text()
    assert "New working relationships,0.08,0.0564102564,1,Cherwell Recovery Partnership,nobody else" in slack
    grid = (tmp_path / "charts/strength-evenlode-health.csv").read_text()
    assert "Supported housing,gap: nobody" in grid
    page = (tmp_path / "award-report.html").read_text()
    assert "Clinical-adviser declared an interest in ridgeway-wellbeing: trustee since 2024" in page
    assert "Takes no part: no score, moderation, review or award of any bidder is accepted" in page
    assert (tmp_path / "award-report.xlsx").stat().st_size > 5_000


def test_a_group_whose_first_command_goes_unnamed():
    assert obc("assessment", "oxfordshire").out == obc("assessment", "show", "oxfordshire").out
    assert obc("assessment").status == 2
    assert "feedback" in obc("assessment", "--help").out
