"""Records of the change: checklist, messages, questions, readings; what they refuse, and what is late."""

from datetime import date

import pytest
from pydantic import ValidationError

from obc.domain.core.kernel.problem import Problems
from obc.domain.programme.engagement.asked import Asked, published, replied, taken_back, unpublished
from obc.domain.programme.engagement.benefits import Benefit, Reading, measured
from obc.domain.programme.engagement.change_file import ChangeFile, ChangeRecords, EqualityAnalysis, readiness
from obc.domain.programme.engagement.checklist import Item, overdue_items, settled
from obc.domain.programme.engagement.communications import Message, dropped, late_messages, sent

MANAGER, DIRECTOR, LEAD = ("programme manager",), ("programme director",), ("engagement lead",)
DUE = date(2027, 4, 1)


def item(**given) -> Item:
    return Item.model_validate(
        {"id": "training", "asks": "Is there training?", "owner": "lead", "due": DUE, "source": "a", **given}
    )


def message(name: str, to: str, due: date = DUE, **given) -> Message:
    plain = {
        "id": name,
        "news": "decision",
        "to": [to],
        "says": "x",
        "by way of": "letter",
        "due": due,
        "owner": "lead",
    }
    return Message.model_validate({**plain, "source": "a", **given})


def asked(**given) -> Asked:
    return Asked.model_validate({"id": "closing", "asks": "Will it close?", "on": DUE, "source": "a", **given})


def test_an_item_is_in_place_only_with_something_to_show():
    done = settled(item(), "check off", "the diary", MANAGER)
    assert (done.state, done.shows) == ("in place", "the diary")
    assert settled(done, "reopen", "whatever", ()).shows is None
    assert settled(item(), "set aside", "nobody is new", DIRECTOR).state == "not needed"
    with pytest.raises(ValidationError, match="'in place' with nothing to show for it"):
        settled(item(), "check off", None, MANAGER)
    with pytest.raises(Problems, match="it is for programme director to do"):
        settled(item(), "set aside", "too dear", MANAGER)
    with pytest.raises(Problems, match="'check off' while it is in place"):
        settled(done, "check off", "again", MANAGER)


def test_an_item_is_overdue_the_day_after_it_was_due():
    assert overdue_items((item(),), DUE) == ()
    (late,) = overdue_items((item(),), date(2027, 4, 2))
    assert late.says == "open, due 2027-04-01, with lead: Is there training?"
    assert overdue_items((settled(item(), "check off", "the diary", MANAGER),), date(2027, 4, 2)) == ()


SIDES = {"staff": "our own", "patients": "people and carers", "everybody": "public"}


@pytest.mark.parametrize(
    ("messages", "on", "missing"),
    [
        ((message("a", "staff"),), DUE, []),
        ((message("a", "staff"),), date(2027, 4, 2), ["due 2027-04-01 and not sent; it is with lead"]),
        ((sent(message("a", "staff"), LEAD, DUE),), date(2027, 4, 2), []),
        ((dropped(message("a", "staff"), LEAD),), date(2027, 4, 2), []),
        (
            (message("a", "staff", date(2027, 4, 3)), message("b", "everybody", date(2027, 4, 2))),
            DUE,
            ["goes out on 2027-04-03, after the public hears of 'decision' on 2027-04-02 (b)"],
        ),
        ((message("a", "staff"), message("b", "everybody")), DUE, []),  # the same day is early enough
        ((message("a", "staff", date(2027, 4, 3)), message("b", "everybody", news="another")), DUE, []),
    ],
)
def test_nobody_reads_about_their_own_work_in_the_paper(messages, on, missing):
    assert [one.says for one in late_messages(messages, SIDES, on)] == missing


def test_a_message_is_sent_once():
    out = sent(message("a", "staff"), LEAD, DUE)
    with pytest.raises(Problems, match="'send' while it is sent"):
        sent(out, LEAD, DUE)
    with pytest.raises(ValidationError, match="give the day it was sent"):
        message("a", "staff", state="sent")


def test_who_writes_an_answer_does_not_publish_it():
    both = (*MANAGER, *DIRECTOR)
    answer = replied(asked(), "No.", "pat", both)
    with pytest.raises(Problems, match="pat, who wrote the answer; somebody else publishes it"):
        published(answer, "pat", both)
    out = published(answer, "sam", DIRECTOR)
    assert out.state == "published"
    assert taken_back(out, DIRECTOR).answer is None
    with pytest.raises(Problems, match="'publish' while it is asked"):
        published(asked(), "sam", DIRECTOR)
    with pytest.raises(ValidationError, match="give the answer and who wrote it"):
        asked(answer="No.")


@pytest.mark.parametrize(
    ("question", "on", "says"),
    [
        (asked(), date(2027, 4, 21), None),
        (asked(), date(2027, 4, 22), "asked on 2027-04-01, no answer after 21 days; 20 are allowed"),
        (replied(asked(), "No.", "pat", MANAGER), date(2027, 4, 22), "an answer that nobody has published"),
        (published(replied(asked(), "No.", "pat", MANAGER), "sam", DIRECTOR), date(2028, 4, 22), None),
    ],
)
def test_a_question_waits_twenty_days_for_a_published_answer(question, on, says):
    found = [one.says for one in unpublished((question,), 20, on)]
    assert len(found) == (says is not None)
    assert all(says in one for one in found)


def benefit(**given) -> Benefit:
    plain = {"id": "role", "benefit": "A role", "measure": "in work", "decides": "more money", "owner": "lead"}
    base = {"value": "20 %", "on": "2027-04-01", "source": "a"}
    target = {"value": "40 %", "by": "2031-04-01", "source": "a"}
    return Benefit.model_validate({**plain, "baseline": base, "target": target, **given})


def reading(on: str) -> Reading:
    return Reading.model_validate({"value": "21 %", "on": on, "source": "values"})


def test_readings_come_one_after_the_other_and_not_from_the_future():
    once = measured(benefit(), reading("2028-04-01"), date(2028, 5, 1))
    assert [one.on for one in once.readings] == [date(2028, 4, 1)]
    with pytest.raises(Problems, match="a reading of 2028-04-01, where there is one of 2028-04-01; give a later one"):
        measured(once, reading("2028-04-01"), date(2028, 5, 1))
    with pytest.raises(Problems, match="where there is one of 2027-04-01"):
        measured(benefit(), reading("2027-04-01"), date(2028, 5, 1))
    with pytest.raises(Problems, match="a reading of 2029-04-01, which is to come"):
        measured(once, reading("2029-04-01"), date(2028, 5, 1))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"target": {"value": "20 %", "by": "2031-04-01", "source": "a"}}, "which is the baseline; aim at more"),
        ({"target": {"value": "40 %", "by": "2027-04-01", "source": "a"}}, "a day not after the baseline"),
        ({"readings": [{"value": "1", "on": "2026-04-01", "source": "a"}]}, "a day not after the baseline"),
        ({"readings": [reading("2029-04-01"), reading("2028-04-01")]}, "readings out of order"),
    ],
)
def test_a_benefit_that_cannot_be_is_refused(given, words):
    with pytest.raises(ValidationError, match=words):
        benefit(**given)


EFFECT = {"characteristic": "age", "effect": "worse", "says": "over 65 leave the scope", "source": "a"}


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"state": "not made"}, ["an equality analysis"]),
        ({"state": "not applicable"}, []),
        ({"state": "made", "on": DUE, "effects": [EFFECT]}, ["an answer to an effect"]),
        ({"state": "made", "on": DUE, "effects": [{**EFFECT, "done": "a joint plan"}]}, []),
        ({"state": "made", "on": DUE, "effects": [{**EFFECT, "effect": "better"}]}, []),
    ],
)
def test_an_equality_analysis_is_made_and_what_it_finds_is_answered(given, missing):
    equality = EqualityAnalysis.model_validate({"says": "x", "source": "a", **given})
    paper = {"purpose": "x", "recommends": ["y"], "author": "lead", "clinical lead": "lead", "source": "a"}
    file = ChangeFile.model_validate({"equality": equality.model_dump(), "paper": paper})
    found = readiness(ChangeRecords(file, (), (), (), ()), {}, DUE)
    assert [one.what for one in found.missing] == missing


def test_an_equality_analysis_that_was_made_has_a_day_and_effects():
    with pytest.raises(ValidationError, match="with 'made' give its day and the effects"):
        EqualityAnalysis.model_validate({"state": "made", "says": "x", "source": "a"})


def test_the_file_of_a_change_names_each_record_once():
    paper = {"purpose": "x", "recommends": ["y"], "author": "lead", "clinical lead": "lead", "source": "a"}
    equality = {"state": "not applicable", "says": "x", "source": "a"}
    with pytest.raises(ValidationError, match="'training' twice; give each an id of its own"):
        ChangeFile.model_validate({"equality": equality, "paper": paper, "checklist": [item(), item()]})
