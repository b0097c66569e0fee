"""Two assessors score blind and a moderator decides; whoever has an interest takes no part; the standstill is kept."""

import shutil
from datetime import UTC, datetime

import pytest
import yaml

from obc.loaders.places import WORKED_PROGRAMMES
from page_acts import client, does, sent

BOOK = "programme-blind"
HERE = f"/programmes/{BOOK}/assessment/"
BIDDER, QUESTION = "isis-integrated-care", "measurable-gains"
ANSWER = f"{BIDDER}--{QUESTION}"
ASSESSORS = ("clinical-lead", "patient-representative")
TITLE = "Score Isis Integrated Care: Which clear, measurable gains"


@pytest.fixture(scope="module")
def programme(site, tmp_path_factory):
    """The worked assessment as it stood before one answer was scored."""
    from obc.bootstrap import demonstration

    folder = tmp_path_factory.mktemp("programmes") / "blind"
    shutil.copytree(WORKED_PROGRAMMES / "oxfordshire", folder)
    path = folder / "assessment-records.yaml"
    records = yaml.safe_load(path.read_text())
    records["stands"] = {"state": "scoring", "published": "2016-03-01"}
    for kind in ("scores", "moderated"):
        records[kind] = [one for one in records[kind] if (one["bidder"], one["question"]) != (BIDDER, QUESTION)]
    path.write_text(yaml.safe_dump(records, sort_keys=False))
    return demonstration.load_programme(str(folder), datetime(2016, 4, 1, tzinfo=UTC))


def test_two_assessors_score_blind_and_a_moderator_decides(somebody, step, programme):
    with step("Given an assessor who scores an answer alone"):
        first = somebody("clinical-lead")
        first.goes_to(HERE)
        first.sees("Each assessor scores alone")
        does(first, TITLE, "Results for psychosis, by year.", score="4", evidence="offer, section 1.1")
        first.sees("Results for psychosis, by year.")
        first.pictured("assessment-own-scores")
    with step("When the other assessor comes, then they see nothing of it before they have scored"):
        second = somebody("patient-representative")
        second.goes_to(HERE)
        assert "Results for psychosis" not in second.page.content()
        does(second, TITLE, "Clear for recovery, less so for carers.", score="2", evidence="offer, section 1.1")
        assert "Results for psychosis" not in second.page.content()
        second.sees("Clear for recovery")
    with step("And the moderator sees no score before all are in, and then both"):
        moderator = somebody("procurement-lead")
        moderator.goes_to(HERE)
        assert "Results for psychosis" not in moderator.page.content()
        does(moderator, "Close scoring", "All scores and checks are in.")
        moderator.sees("4 (offer, section 1.1): Results for psychosis, by year.")
        moderator.sees("2 (offer, section 1.1): Clear for recovery, less so for carers.")
    with step("Then the moderator records what the panel agreed on, with its reason, and concludes"):
        agreed = {"bidder": BIDDER, "question": QUESTION, "score": "3"}
        does(moderator, "Record what the panel agreed on", "Measured for one group, promised for the other.", **agreed)
        does(moderator, "Conclude", "Every answer is agreed on.")
        moderator.sees("ranked")
        moderator.sees("Measured for one group, promised for the other.")
        moderator.pictured("assessment")
    with step("And once notice is given everybody can see to whom, and the standstill has its clock"):
        does(moderator, "Give notice", "The intention to award is published.")
        reader = somebody("carer-representative")
        reader.goes_to(HERE)
        reader.sees("The intention to award to Isis Integrated Care was published on")
        reader.sees("Representations until midnight")
        assert "Measured for one group" not in reader.page.content()


def test_what_is_out_of_turn_is_refused_in_words(programme):
    adviser = client("clinical-adviser").get(HERE).content.decode()
    assert "You take no part in judging" in adviser and 'value="score"' not in adviser
    officer = sent("accountable-officer", HERE, "award", why="They were first.")
    assert officer.status_code == 422
    assert "before the standstill has ended" in officer.content.decode()
    late = sent("procurement-lead", HERE, "receive a representation", bidder=BIDDER, says="We disagree.")
    assert "only others can be aggrieved" in late.content.decode()
    done = sent("procurement-lead", HERE, "receive a representation", bidder="vale-alliance", says="Scored too low.")
    assert "Done: Receive a representation" in done.content.decode()
    judged = sent("lay-member-patients", HERE, "uphold the decision")
    assert judged.status_code == 422 and "who did not score or moderate" in judged.content.decode()
    upheld = sent("secondary-care-doctor", HERE, "uphold the decision", why="The reasons bear the scores.")
    assert "Done: Uphold the decision" in upheld.content.decode()


def test_a_bidder_is_told_by_those_who_judged_and_by_nobody_else(programme):
    told = f"{HERE}vale-alliance/"
    assert client("accountable-officer").get(told).status_code == 200
    assert client("carer-representative").get(told).status_code == 403
    assert client("clinical-adviser").get(told).status_code == 403
    assert client("accountable-officer").get(f"{HERE}no-such-bidder/").status_code == 404
