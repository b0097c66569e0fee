"""Who did what, when and why; and how things may move from state to state."""

from datetime import UTC, date, datetime, timedelta

import pytest

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Interest, Person
from obc.domain.core.kernel.problem import Problems
from obc.domain.core.kernel.states import Machine, Move, drawn
from obc.domain.core.kernel.trail import Action, act, as_it_stands, broken_links, changes
from obc.loaders.trail_folder import TrailFolder

NOON = datetime(2014, 4, 1, 12, tzinfo=UTC)
CHAIR = Person(id="chair", name="A Chair", organisation="board", roles=("chair",))


class Door(Written):
    id: Slug
    state: str = "shut"
    opened_on: date | None = None


SHUT, OPEN = Door(id="front"), Door(id="front", state="open", opened_on=date(2014, 4, 1))
BUILT = (SHUT, Door(id="back"))


def opening(trail=(), at=NOON, why="it is warm", before=SHUT, after=OPEN) -> Action:
    return act(trail, before, after, kind="door", verb="open", by=CHAIR, at=at, why=why)


def test_a_record_stands_as_the_last_action_left_it():
    first = opening()
    second = opening([first], NOON + timedelta(hours=1), "it is cold", OPEN, SHUT)
    other = act([first, second], None, Door(id="side"), kind="door", verb="build", by=CHAIR, at=second.at, why="asked")
    assert as_it_stands("door", Door, BUILT, [first]) == (OPEN, BUILT[1])
    assert as_it_stands("door", Door, BUILT, [first, second, other]) == (*BUILT, Door(id="side"))
    assert as_it_stands("window", Door, BUILT, [first]) == BUILT
    assert [a.number for a in (first, second, other)] == [1, 2, 3] and broken_links([first, second, other]) == ()


def test_an_action_says_what_it_changed():
    assert changes(opening()) == (("opened on", None, "2014-04-01"), ("state", "shut", "open"))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"why": " "}, "no reason; say why"),
        ({"at": NOON.replace(tzinfo=None)}, "without a time zone; give one"),
        ({"at": NOON - timedelta(seconds=1), "trail": [opening()]}, "nothing can be done in the past"),
        ({"after": SHUT}, "no change; change something"),
    ],
)
def test_what_leaves_no_honest_trace_is_refused(given, words):
    with pytest.raises(Problems, match=words):
        opening(**given)


def test_a_trail_that_was_changed_is_noticed():
    first = opening()
    second = opening([first], NOON, "it is cold", OPEN, SHUT)
    forged = first.model_copy(update={"why": "because"})
    assert [p.line for p in broken_links([forged, second])] == [2]
    assert [p.line for p in broken_links([second])] == [1]
    with pytest.raises(Problems, match="another record than the one it was done to"):
        as_it_stands("door", Door, (OPEN,), [first])


def test_a_trail_in_a_folder_is_read_back_and_never_rewritten(tmp_path):
    kept = TrailFolder(tmp_path / "trail")
    assert kept.read() == ()
    first = opening()
    kept.append(first)
    second = opening([first], NOON, "it is cold", OPEN, SHUT)
    with pytest.raises(Problems, match="action 1 done by somebody else meanwhile; look again"):
        kept.append(opening(why="I was here first"))
    kept.append(second)
    assert TrailFolder(tmp_path / "trail").read() == (first, second)
    path = tmp_path / "trail/000001.json"
    path.write_text(path.read_text().replace("it is warm", "because"))
    with pytest.raises(Problems, match="action 2, which does not follow from the one before it"):
        kept.read()
    path.write_text("{")
    with pytest.raises(Problems, match="the file: found what is no action"):
        kept.read()


def test_a_person_with_an_interest_may_not_judge():
    assert CHAIR.conflict_with("elsewhere") is None
    assert CHAIR.conflict_with("board") == "chair works for board"
    interested = CHAIR.model_copy(
        update={"interests": (Interest(in_="bidder", what="a sister works there", declared=date(2013, 1, 1)),)}
    )
    assert interested.conflict_with("bidder") == "chair declared an interest in bidder: a sister works there"


DOOR = Machine(
    "the door", "shut", {"shut": {"open": Move("open"), "board up": Move("gone", by=("owner",))}, "open": {}}
)


def test_a_state_allows_what_its_dictionary_says():
    assert DOOR.states == ("shut", "open", "gone")
    assert DOOR.after("shut", "open", [], "front") == "open"
    assert DOOR.after("shut", "board up", ["owner"], "front") == "gone"
    assert DOOR.verbs("shut") == ("open", "board up") and DOOR.verbs("shut", ["guest"]) == ("open",)


@pytest.mark.parametrize(
    ("state", "verb", "words"),
    [
        ("shut", "shut", "front: the door: found 'shut' while it is shut; what it allows now is 'open', 'board up'"),
        ("gone", "open", "'open' while it is gone; what it allows now is nothing more: it has ended"),
        ("shut", "board up", "'board up' by somebody who is guest; it is for owner to do"),
    ],
)
def test_a_move_that_is_not_allowed_is_refused(state, verb, words):
    with pytest.raises(Problems, match=words):
        DOOR.after(state, verb, ["guest"], "front")


def test_a_machine_can_be_drawn():
    picture = drawn(DOOR)
    assert (
        '    state "shut" as s0\n' in picture and "    s0 --> s1: open\n" in picture and "    s2 --> [*]\n" in picture
    )
