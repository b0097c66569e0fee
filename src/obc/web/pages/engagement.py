"""Engagement: who was asked, what they said and what was done about it, and who stands behind the outcomes."""

from collections.abc import Callable, Iterator
from typing import get_args

from django.http import HttpRequest, HttpResponse

from obc.bootstrap import programme_pages
from obc.domain.contract.workflow.rights import Right
from obc.domain.programme.engagement import events, findings, statements
from obc.domain.programme.engagement.engagement_file import FILE
from obc.domain.programme.engagement.events import EVENT, Event
from obc.domain.programme.engagement.findings import FINDING, Finding
from obc.domain.programme.engagement.statements import STATEMENT, Statement
from obc.services import engagement as engaging
from obc.services.engagement import Engagement
from obc.services.register import Doing
from obc.web.access import Visit, now, page
from obc.web.acts import Act, Field, Sent, acting
from obc.web.not_kept import taught
from obc.web.words import anchor


@page("programmes/<slug:book>/engagement/", Right.READ_PROGRAMME, to_send=Right.ACT_IN_PROGRAMME)
def heard(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For representatives and whoever engages: what did we say, what was done, what has no answer, who endorses?"""
    made = programme_pages.engagement_of(visit.held)
    if made is None:
        return taught(request, visit, "Engagement", FILE, "who is asked, where they are heard, who endorses outcomes")
    context = {
        "document": programme_pages.engagement(visit.held, now().date()),
        "back": (("programme.overview", visit.held.id), "Programme"),
        "notes": tuple(_notes(made, visit.person.id)),
    }
    return acting(request, visit, "programme_part.jinja", context, tuple(_acts(made, visit.person.id)))


def _notes(made: Engagement, user: str) -> Iterator[str]:
    """What waits for somebody, in the view of representatives first of all."""
    waiting = [one for one in made.findings.records if one.state == "open"]
    untold = [one for one in made.findings.records if one.state == "answered"]
    if waiting or untold:
        yield (
            f"{len(waiting)} of {len(made.findings.records)} findings have no answer yet; of {len(untold)} those who "
            "said it were not told what became of it."
        )
    for group in made.file.reference_groups:
        if group.chair == user:
            yield f"You chair the {group.title}: only you record what it says of the outcomes."


def _acts(made: Engagement, user: str) -> Iterator[Act]:
    groups = tuple((one.id, one.title) for one in made.file.groups)
    if any(one.chair == user for one in made.file.reference_groups):
        yield _endorse(made, user)
    yield _finding(made, groups)
    yield from _findings(made)
    yield _event(made, groups)
    yield from _events(made)
    mine = [one.id for one in made.file.reference_groups if one.chair == user]
    for one in made.statements.records:
        if one.group in mine and STATEMENT.verbs(one.state):
            does = _named(made, one.id, engaging.withdraw_statement)
            yield Act("withdraw", f"Withdraw the statement of {one.on}: {one.says}", does, record=one.id)


def _endorse(made: Engagement, user: str) -> Act:
    own = tuple((one.id, one.title) for one in made.file.reference_groups if one.chair == user)
    fields = (
        Field("group", "For which group?", "choice", own),
        Field("says", "What does it say?", "choice", tuple((one, one) for one in get_args(statements.Verdict))),
        Field("outcomes", "Of which outcomes?", "many", tuple(made.outcomes.items()), hint="none ticked: of all"),
        Field("reservations", "Its reservations, in its own words", "long", hint="leave empty where it has none"),
        Field("source", "Where is that written down?", hint="as: minutes of 4 May 2016"),
    )

    def does(sent: Sent, doing: Doing) -> Statement:
        name = f"{sent.choice('group')}-{doing.at:%Y%m%d-%H%M%S}"
        verdict: statements.Verdict = sent.choice("says")  # type: ignore[assignment]
        return engaging.record_statement(
            made,
            name,
            sent.choice("group"),
            verdict,
            sent.many("outcomes"),
            sent.maybe("reservations"),
            sent.text("source"),
            doing,
        )

    says = "A statement holds for the words that the outcomes have today, and for no others."
    return Act("endorse", "Record what your group says of the outcomes", does, fields, says=says)


def _finding(made: Engagement, groups: tuple[tuple[str, str], ...]) -> Act:
    held = tuple((one.id, one.title) for one in made.events.records if one.state == "held")
    fields = (
        Field("says", "What was heard?", "long", hint="summed up so that it points to nobody"),
        Field("heard_at", "Where?", "many", held),
        Field("said_by", "Who said it?", "many", groups),
        Field("about", "About which outcomes?", "many", tuple(made.outcomes.items())),
        Field("source", "Where is it written down?"),
    )

    def does(sent: Sent, doing: Doing) -> Finding:
        content = {
            "id": f"heard-{doing.at:%Y%m%d-%H%M%S}",
            "says": sent.text("says"),
            "heard at": sent.many("heard_at"),
            "said by": sent.many("said_by"),
            "about": sent.many("about"),
            "source": sent.text("source"),
        }
        return engaging.add_finding(made, sent.model(Finding, content), doing)

    return Act("record finding", "Record what was heard", does, fields)


def _findings(made: Engagement) -> Iterator[Act]:
    by_verb: dict[str, list[Finding]] = {}
    for one in made.findings.records:
        for verb in FINDING.verbs(one.state):
            by_verb.setdefault(verb, []).append(one)
    if offered := by_verb.get("answer"):
        did = tuple((one, one) for one in get_args(findings.Did))
        fields = (
            _which(offered),
            Field("did", "What was done?", "choice", did),
            Field("says", "What is the answer, in words for those who said it?", "long"),
            Field("where", "What changed, where it is no outcome?", hint="leave empty otherwise"),
            Field("source", "Where can that be seen?"),
        )
        yield Act("answer", "Answer a finding", _answer(made), fields)
    if offered := by_verb.get("tell back"):
        fields = (_which(offered), Field("how", "How and when were they told?"))
        yield Act("tell back", "Say that they were told", _tell(made), fields)
    if offered := by_verb.get("reopen"):
        says = "Representatives can: so no answer is the last word."
        yield Act("reopen", "Say that an answer is none", _reopen(made), (_which(offered),), says=says)


def _which(offered: list[Finding]) -> Field:
    return Field("finding", "Which finding?", "choice", tuple((one.id, one.says) for one in offered))


def _answer(made: Engagement) -> Callable[[Sent, Doing], object]:
    def answered(sent: Sent, doing: Doing) -> Finding:
        did: findings.Did = sent.choice("did")  # type: ignore[assignment]
        says, where, source = sent.text("says"), sent.maybe("where"), sent.text("source")
        return engaging.answer_finding(made, sent.choice("finding"), did, says, where, source, doing)

    return answered


def _tell(made: Engagement) -> Callable[[Sent, Doing], object]:
    return lambda sent, doing: engaging.tell_back(made, sent.choice("finding"), sent.text("how"), doing)


def _reopen(made: Engagement) -> Callable[[Sent, Doing], object]:
    return lambda sent, doing: engaging.reopen_finding(made, sent.choice("finding"), doing)


def _event(made: Engagement, groups: tuple[tuple[str, str], ...]) -> Act:
    kinds = tuple((one, one) for one in get_args(events.EventKind))
    fields = (
        Field("title", "What is it called?"),
        Field("kind", "Of which kind?", "choice", kinds),
        Field("from", "On which day?", "day"),
        Field("groups", "Who is it for?", "many", groups),
        Field("about", "What is it about?"),
    )

    def does(sent: Sent, doing: Doing) -> Event:
        content = {
            "id": anchor(sent.text("title"))[:60].strip("-"),
            "kind": sent.choice("kind"),
            "title": sent.text("title"),
            "from": sent.day("from"),
            "groups": sent.many("groups"),
            "about": sent.text("about"),
            "source": f"recorded by {doing.by.id}",
        }
        return engaging.add_event(made, sent.model(Event, content), doing)

    return Act("record event", "Plan an event", does, fields)


def _events(made: Engagement) -> Iterator[Act]:
    for one in made.events.records:
        if "hold" in EVENT.verbs(one.state):
            field = Field("took_part", "How many took part?", "number", hint="leave empty where nobody counted")
            yield Act("hold", f"Say that it was held: {one.title}", _hold(made, one.id), (field,), record=one.id)
        if "cancel" in EVENT.verbs(one.state):
            does = _named(made, one.id, engaging.cancel_event)
            yield Act("cancel", f"Call it off: {one.title}", does, record=one.id)


def _hold(made: Engagement, event: str) -> Callable[[Sent, Doing], object]:
    return lambda sent, doing: engaging.hold_event(made, event, sent.maybe_number("took_part"), doing)


def _named(
    made: Engagement, record: str, does: Callable[[Engagement, str, Doing], object]
) -> Callable[[Sent, Doing], object]:
    return lambda sent, doing: does(made, record, doing)
