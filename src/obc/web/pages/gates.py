"""Gates: evidence for each criterion, votes, the decision with its conditions, and what became of them."""

from collections.abc import Callable, Iterator

from django.http import Http404, HttpRequest, HttpResponse

from obc.bootstrap import programme_pages
from obc.domain.contract.workflow.rights import Right
from obc.domain.core.kernel.problem import refusal
from obc.domain.programme.gates.gate import GATE, Condition, Gate, Outcome
from obc.domain.programme.gates.voting import may_not_vote, quorum_lacks
from obc.services import pass_gate
from obc.services.governance import Governance
from obc.services.register import Doing
from obc.web.access import Visit, now, page
from obc.web.acts import Act, Field, Sent, acting

BALLOTS = ("go", "go with conditions", "stop", "abstain")


@page("programmes/<slug:book>/gates/<slug:record>/", Right.READ_PROGRAMME, to_send=Right.ACT_IN_PROGRAMME)
def gate(request: HttpRequest, visit: Visit, record: str) -> HttpResponse:
    """For members of the body that decides: what is asked, what was found, how do I vote, what was decided?"""
    governed = visit.held.governance
    found = next((one for one in governed.gates.records if one.id == record), None)
    if found is None:
        raise Http404
    context = {
        "document": programme_pages.gate(visit.held, found.id, now().date()),
        "back": (("programme.overview", visit.held.id), "Programme"),
        "state": found.state,
        "notes": tuple(_notes(governed, found, visit.person.id)),
    }
    return acting(request, visit, "programme_part.jinja", context, tuple(_acts(governed, found)))


def _notes(governed: Governance, found: Gate, user: str) -> Iterator[str]:
    """What somebody has to know before they act."""
    if found.state != "open":
        return
    body = governed.programme.body(found.body)
    lacks = quorum_lacks(found, body, governed.people)
    yield (
        f"The quorum is not there yet: {lacks}."
        if lacks
        else "The quorum is there: the chair can say what was decided."
    )
    person = next((one for one in governed.people.people if one.id == user), None)
    if person is not None and (why_not := may_not_vote(found, body, person)):
        yield f"You have no vote at this gate: {why_not}."


def _acts(governed: Governance, found: Gate) -> Iterator[Act]:
    allowed = GATE.verbs(found.state)
    if "open" in allowed:
        does = _plain(governed, found, pass_gate.open_gate)
        yield Act("open", "Open the gate", does, why="Why now?", says="Every gate before it must be passed.")
    if "vote" in allowed:
        yield from _deliberating(governed, found)
        yield from _deciding(governed, found)
    yield from _conditions(governed, found)
    if "reopen" in allowed:
        does = _plain(governed, found, pass_gate.reopen)
        yield Act("reopen", "Put it anew", does, says="Votes and findings of the last round stay in the history only.")
    if "supersede" in allowed:
        does = _plain(governed, found, pass_gate.supersede)
        yield Act("supersede", "Supersede it", does, says="The gate holds no more, and nobody waits for it.")


def _deliberating(governed: Governance, found: Gate) -> Iterator[Act]:
    yield Act("gather", "Run the checks", _plain(governed, found, pass_gate.gather), why="Why now?")
    judged = tuple((one.id, one.asks) for one in found.criteria if not one.check)
    if judged:
        fields = (
            Field("criterion", "Which criterion?", "choice", judged),
            Field("met", "Is it met?", "choice", (("yes", "yes"), ("no", "no"))),
            Field("says", "What was seen?"),
        )
        yield Act("judge", "Judge it", _judge(governed, found), fields, why="Why do you judge so?")
    ballots = Field("ballot", "Your vote", "choice", tuple((one, one) for one in BALLOTS))
    yield Act("vote", "Vote", _vote(governed, found), (ballots,), why="Why do you vote so?")


def _deciding(governed: Governance, found: Gate) -> Iterator[Act]:
    people = tuple((one.id, one.name) for one in governed.people.people)
    says = "Whoever presides says what the votes carry. To go, every criterion must be met."
    yield Act("go", "Go", _decide(governed, found, "go"), says=says)
    unmet = {one.id for one in found.unmet}
    waivable = [one for one in found.criteria if one.id in unmet and not one.never_waived]
    fields = tuple(
        field
        for number, criterion in enumerate((*waivable, None), start=1)
        for field in (
            Field(
                f"what-{number}",
                f"For '{criterion.asks}': what has to be done?" if criterion else "What else has to be done?",
                hint="" if criterion else "leave empty where nothing has",
            ),
            Field(f"owner-{number}", "By whom?", "choice", people),
            Field(f"due-{number}", "By which day?", "day"),
        )
    )
    decide = _decide(governed, found, "go with conditions", tuple(one.id for one in waivable))
    says = "Each criterion that is not met needs a condition with an owner and a day."
    yield Act("go with conditions", "Go with conditions", decide, fields, says=says)
    ways = (("", "none"), *((one, one) for one in found.if_stopped))
    to = Field("to", "Which way is taken instead?", "choice", ways)
    yield Act("stop", "Stop", _decide(governed, found, "stop"), (to,))


def _conditions(governed: Governance, found: Gate) -> Iterator[Act]:
    for one in found.conditions:
        if one.state == "open":
            field = Field("says", "What was done?", "long")
            yield Act("report", f"Report on: {one.what}", _report(governed, found, one.id), (field,), record=one.id)
        if one.state == "reported":
            says = f"{one.owner} reported: {one.report}"
            for verb, words, accept in (("accept", "Accept", True), ("send back", "Send back", False)):
                does = _settle(governed, found, one.id, accept)
                yield Act(verb, f"{words}: {one.what}", does, record=one.id, says=says)


def _plain(
    governed: Governance, found: Gate, does: Callable[[Governance, str, Doing], Gate]
) -> Callable[[Sent, Doing], object]:
    return lambda sent, doing: does(governed, found.id, doing)


def _judge(governed: Governance, found: Gate) -> Callable[[Sent, Doing], object]:
    def judged(sent: Sent, doing: Doing) -> Gate:
        met = sent.choice("met") == "yes"
        return pass_gate.judge(governed, found.id, sent.choice("criterion"), met, sent.text("says"), doing)

    return judged


def _vote(governed: Governance, found: Gate) -> Callable[[Sent, Doing], object]:
    return lambda sent, doing: pass_gate.vote(governed, found.id, sent.choice("ballot"), doing)


def _decide(
    governed: Governance, found: Gate, says: Outcome, criteria: tuple[str, ...] = ()
) -> Callable[[Sent, Doing], object]:
    def decided(sent: Sent, doing: Doing) -> Gate:
        conditions = []
        for number, criterion in enumerate((*criteria, None), start=1) if says == "go with conditions" else ():
            if what := sent.maybe(f"what-{number}"):
                content = {
                    "id": f"condition-{number}",
                    "what": what,
                    "criterion": criterion,
                    "owner": sent.choice(f"owner-{number}"),
                    "due": sent.day(f"due-{number}"),
                }
                conditions.append(sent.model(Condition, content))
        if says == "go with conditions" and not conditions:
            raise refusal(f"gate '{found.id}'", says, "no condition", "write what has to be done, by whom and when")
        to = sent.maybe("to") if says == "stop" else None
        return pass_gate.decide_gate(governed, found.id, says, doing, tuple(conditions), to)

    return decided


def _report(governed: Governance, found: Gate, condition: str) -> Callable[[Sent, Doing], object]:
    return lambda sent, doing: pass_gate.report(governed, found.id, condition, sent.text("says"), doing)


def _settle(governed: Governance, found: Gate, condition: str, accept: bool) -> Callable[[Sent, Doing], object]:
    return lambda sent, doing: pass_gate.settle(governed, found.id, condition, accept, doing)
