"""Submissions: each on its page, reviewed line by line, agreed, approved, published."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from obc.bootstrap import handing_in, looking, restating, showing, submissions
from obc.domain.contract.workflow import review
from obc.domain.contract.workflow.parties import consents, waiting_for
from obc.domain.contract.workflow.quarters import years_of
from obc.domain.contract.workflow.rights import Right
from obc.domain.contract.workflow.submission import LIFE, Comment, Concern, Submission
from obc.domain.core.kernel.problem import Problem, Problems, refusal
from obc.domain.measurement.indicators.values import ALL
from obc.domain.money.settlement.ledger import balances
from obc.reports.names import Names
from obc.web.access import Visit, now, page
from obc.web.dispute_shown import DisputeShown
from obc.web.downloads import showed
from obc.web.pages.published import PROFILE


@page("contracts/<slug:book>/submissions/", Right.READ_AGREED)
def listed(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For all parties: which figures were given, where is each on its way, and how do the quarters of a year stand?"""
    shown = [one for one in submissions.submissions(visit.held.id) if may_see(visit, one)]
    years = years_of(visit.held.contract.years, shown)
    document = showing.submitted(visit.held, years, shown)
    context = {"visit": visit, "submissions": shown, "years": years, "document": document}
    return showed(request, "submissions.jinja", context)


@page("contracts/<slug:book>/submissions/<slug:id_>/", Right.READ_AGREED)
def one(request: HttpRequest, visit: Visit, id_: str) -> HttpResponse:
    """For reviewers of both sides: is every line right, and what can I do now?"""
    return shown(request, visit, id_, ())


@page("contracts/<slug:book>/submissions/<slug:id_>/act/", Right.READ_AGREED, to_send=Right.READ_AGREED)
def act(request: HttpRequest, visit: Visit, id_: str) -> HttpResponse:
    """One act on a submission, from its page."""
    if request.method != "POST":
        return redirect("submissions.one", visit.held.id, id_)
    verb = request.POST.get("verb", "")
    try:
        if verb not in _ACTS:
            raise refusal(id_, "the page", f"'{verb[:40]}'", "use the buttons of the page")
        right, changed = _ACTS[verb]
        allowed(visit, id_, verb, right)
        visible(visit, id_)
        given = changed(request, visit)
        why = request.POST.get("why", "").strip() or verb
        after = submissions.act_on(visit.held, id_, verb, given, visit.person, now(), why)
        messages.success(request, _said(verb, after))
    except Problems as problems:
        return shown(request, visit, id_, problems.problems)
    return redirect("submissions.one", visit.held.id, id_)


@page("contracts/<slug:book>/submissions/<slug:id_>/correct/", Right.SUBMIT, to_send=Right.SUBMIT)
def correct(request: HttpRequest, visit: Visit, id_: str) -> HttpResponse:
    """For the provider: submit a settled year anew, as the disputes that are over since then left it."""
    given = visible(visit, id_)
    if request.method != "POST":
        return redirect("submissions.one", visit.held.id, id_)
    try:
        made, _ = restating.correct(visit.held, given.id, visit.person, now())
    except Problems as problems:
        return shown(request, visit, id_, problems.problems)
    messages.success(request, "The corrected figures are in. Both sides review, agree and approve them as before.")
    return redirect("submissions.one", visit.held.id, made.id)


def may_see(visit: Visit, given: Submission) -> bool:
    """Whether the visitor may see a submission: those agreed, or all of them."""
    agreed = given.state in ("agreed by both", "settled", "published", "restated")
    return agreed or visit.may(Right.READ_WORKING)


def may_hand_in(visit: Visit, given: Submission) -> bool:
    """Whether the visitor may hand returns in beside the figures, or correct the settled year by them."""
    open_ = given.state in handing_in.SETTLED or "hand in" in LIFE.verbs(given.state, visit.person.roles)
    return open_ and visit.may(Right.HAND_IN)


def visible(visit: Visit, id_: str) -> Submission:
    """A submission that the visitor may see; for others there is none."""
    given = submissions.submission(visit.held.id, id_)
    if given is None or not may_see(visit, given):
        raise Http404
    return given


def allowed(visit: Visit, id_: str, verb: str, right: Right) -> None:
    """Refuse who has not the right. Raises `Problems`."""
    if not visit.may(right):
        raise refusal(id_, verb, "a role that may not", f"it takes the right to {right.value}")


def shown(request: HttpRequest, visit: Visit, id_: str, problems: Sequence[Problem]) -> HttpResponse:
    """The page of a submission, with what was refused."""
    given = visible(visit, id_)
    contract = submissions.contract_of(given)
    exact = visit.may(Right.READ_WORKING)
    period = contract.period(given.year) if given.quarter is None else contract.quarters(given.year)[given.quarter - 1]
    if exact:
        rows = [
            v
            for v in submissions.values_of(given).values
            if (v.period_start, v.period_end) == (period.start, period.end)
        ]
    else:
        rows = [v for v in showing.published(given, PROFILE) if v.period == period]
    context = {
        "visit": visit,
        "one": given,
        "exact": exact,
        "rows": sorted(rows, key=lambda v: (v.indicator, v.segment != ALL, v.segment, v.provider)),
        "titles": {one.id: one.title for one in contract.definitions},
        "names": Names(contract),
        "period": period,
        "allowed": LIFE.verbs(given.state, visit.person.roles),
        "mine": consents(contract.agreement, visit.person, given.agreed),
        "waiting": waiting_for(contract.agreement, given.agreed),
        "problems": problems,
        "held": {line.key for dispute in given.open_disputes for line in dispute.lines},
        "disputes": [DisputeShown.of(contract, given, dispute, now().date()) for dispute in given.disputes],
        "over": given.over_since_settled,
        "Right": Right,
        **_beside(visit, given, exact),
        "by_segment": request.GET.get("segments") == "all",
        "typed": request.POST,
        "news": None if problems else looking.news(visit.held.id, given.id, visit.person.id),
        **_restated(visit, given, exact),
    }
    return showed(request, "submission.jinja", context, 422 if problems else 200)


def _beside(visit: Visit, given: Submission, exact: bool) -> dict[str, object]:
    """What is handed in beside the figures, and what is lacking; the parties alone see it before it is settled."""
    asked = handing_in.asked_of(given) if exact else ()
    return {
        "asked": asked,
        "lacking": [item for item in asked if item.missing],
        "currency": visit.held.contract.agreement.currency,
        "may_hand_in": may_hand_in(visit, given),
    }


def _restated(visit: Visit, given: Submission, exact: bool) -> dict[str, object]:
    """What corrected figures change: their lines, and the money that moves; and what corrected these."""
    former = restating.former_of(visit.held.id, given)
    found: dict[str, object] = {"former": former, "later": restating.following(visit.held.id, given)}
    if former is None or given.state == "sent back" or not exact:
        return found
    found["changes"] = restating.changes(given, former)
    try:
        entries = restating.adjusting(visit.held.id, given, former)
        found["adjusting"] = entries
        found["moved"] = {account: amount for account, amount in balances(entries).items() if amount}
    except Problems as problems:
        found["no_money"] = problems.problems
    return found


def _take_up(request: HttpRequest, visit: Visit) -> Callable[[Submission], Submission]:
    return lambda before: review.moved(before, "take up", visit.person)


def _send_back(request: HttpRequest, visit: Visit) -> Callable[[Submission], Submission]:
    if not request.POST.get("why", "").strip():
        raise refusal("the submission", "send back", "no reason", "say what has to be mended")
    return lambda before: review.moved(before, "send back", visit.person)


def _agree(request: HttpRequest, visit: Visit) -> Callable[[Submission], Submission]:
    return lambda before: review.agreed(before, visit.held.contract.agreement, visit.person, now())


def _approve(request: HttpRequest, visit: Visit) -> Callable[[Submission], Submission]:
    return lambda before: review.approved(before, visit.held.contract.agreement, visit.person, now())


def _publish(request: HttpRequest, visit: Visit) -> Callable[[Submission], Submission]:
    return lambda before: review.published(before, visit.person, now())


def _concern(request: HttpRequest, visit: Visit) -> Callable[[Submission], Submission]:
    text = request.POST.get("text", "").strip()
    if not text:
        raise refusal("the submission", "concern", "no words", "say what you fear, and for whom")

    def changed(before: Submission) -> Submission:
        name = f"concern-{len(before.concerns) + 1}"
        concern = Concern(id=name, raised_by=visit.person.id, raised=now(), text=text)
        return review.concern_raised(before, concern, visit.person)

    return changed


def _answer(request: HttpRequest, visit: Visit) -> Callable[[Submission], Submission]:
    concern, answer = request.POST.get("concern", ""), request.POST.get("text", "")
    return lambda before: review.concern_answered(before, concern, answer, visit.person)


def _comment(request: HttpRequest, visit: Visit) -> Callable[[Submission], Submission]:
    text = request.POST.get("text", "").strip()
    if not text:
        raise refusal("the submission", "comment", "no words", "write something, or leave it")
    return lambda before: review.commented(before, Comment(by=visit.person.id, at=now(), text=text))


_ACTS: dict[str, tuple[Right, Callable[[HttpRequest, Visit], Callable[[Submission], Submission]]]] = {
    "take up": (Right.REVIEW, _take_up),
    "send back": (Right.REVIEW, _send_back),
    "agree": (Right.REVIEW, _agree),
    "approve": (Right.APPROVE_SETTLEMENT, _approve),
    "publish": (Right.PUBLISH, _publish),
    "raise concern": (Right.RAISE_CONCERN, _concern),
    "answer concern": (Right.ANSWER_CONCERN, _answer),
    "comment": (Right.READ_AGREED, _comment),
}


def _said(verb: str, after: Submission) -> str:
    if verb == "agree":
        return "All parties agree." if after.state == "agreed by both" else "Your agreement is noted."
    if verb == "approve":
        return "Both sides approve: it is being settled." if review.both_sides(after) else "Your approval is noted."
    return f"Done: {verb}."
