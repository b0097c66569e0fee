"""Submissions: figures come in and are reviewed, line by line."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from obc.bootstrap import submissions
from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.workflow import review
from obc.domain.contract.workflow.parties import consents, waiting_for
from obc.domain.contract.workflow.rights import Right
from obc.domain.contract.workflow.submission import LIFE, Comment, Concern, Submission
from obc.domain.core.kernel.problem import Problem, Problems, refusal
from obc.domain.measurement.indicators.values import ALL, IndicatorValue, ValueSet
from obc.domain.money.settlement.circumstances import Dispute
from obc.web.access import Visit, now, page

ROW = "row"


@page("contracts/<slug:book>/submissions/", Right.READ_AGREED)
def listed(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For all parties: which figures were given, and where is each on its way?"""
    shown = [one for one in submissions.submissions(visit.held.id) if may_see(visit, one)]
    return render(request, "submissions.jinja", {"visit": visit, "submissions": shown})


@page("contracts/<slug:book>/submissions/new/", Right.SUBMIT, to_send=Right.SUBMIT)
def new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For the provider's analyst: give the figures of a period, by file or by form, and mend what is wrong in place."""
    contract = visit.held.contract
    context: dict[str, object] = {"visit": visit, "contract": contract, "problems": (), "rows": (), "chosen": "1"}
    if request.method == "POST":
        try:
            period = request.POST.get("period", "")
            context["chosen"] = period
            year, quarter = _period(contract, period)
            values = _sent(request, contract, year, quarter)
            context["rows"] = [_row(value) for value in values.values] if "file" not in request.FILES else ()
            made, minded = submissions.submit(visit.held, values, year, quarter, visit.person, now())
            messages.success(request, f"The figures of {made.period} are in: {made.rows} rows, checked.")
            for problem in minded:
                messages.warning(request, f"{problem.where}: {problem.found}. {problem.expected}.")
            return redirect("submissions.one", visit.held.id, made.id)
        except Problems as problems:
            context["problems"] = problems.problems
            return render(request, "submit.jinja", context, status=422)
    if request.GET.get("by") == "form":
        context["rows"] = [_empty(definition.id, definition.title) for definition in contract.definitions]
    return render(request, "submit.jinja", context)


@page("contracts/<slug:book>/submissions/<slug:id_>/", Right.READ_AGREED)
def one(request: HttpRequest, visit: Visit, id_: str) -> HttpResponse:
    """For reviewers of both sides: is every line right, and what can I do now?"""
    return _one(request, visit, id_, ())


@page("contracts/<slug:book>/submissions/<slug:id_>/act/", Right.READ_AGREED, to_send=Right.READ_AGREED)
def act(request: HttpRequest, visit: Visit, id_: str) -> HttpResponse:
    """One act on a submission, from its page."""
    if request.method != "POST":
        return redirect("submissions.one", visit.held.id, id_)
    verb = request.POST.get("verb", "")
    try:
        if verb not in _ACTS:
            raise refusal(id_, "the page", f"'{verb}'", "use the buttons of the page")
        right, changed = _ACTS[verb]
        if not visit.may(right):
            raise refusal(id_, verb, "a role that may not", f"it takes the right to {right.value}")
        given = changed(request, visit)
        why = request.POST.get("why", "").strip() or verb
        after = submissions.act_on(visit.held, id_, verb, given, visit.person, now(), why)
        messages.success(request, _said(verb, after))
    except Problems as problems:
        return _one(request, visit, id_, problems.problems)
    return redirect("submissions.one", visit.held.id, id_)


def may_see(visit: Visit, given: Submission) -> bool:
    """Whether the visitor may see a submission: those agreed, or all of them."""
    agreed = given.state in ("agreed by both", "settled", "published", "restated")
    return agreed or visit.may(Right.READ_WORKING)


def visible(visit: Visit, id_: str) -> Submission:
    """A submission that the visitor may see; for others there is none."""
    given = submissions.submission(visit.held.id, id_)
    if given is None or not may_see(visit, given):
        raise Http404
    return given


def _one(request: HttpRequest, visit: Visit, id_: str, problems: tuple[Problem, ...]) -> HttpResponse:
    given = visible(visit, id_)
    contract = submissions.contract_of(given)
    values = submissions.values_of(given)
    period = contract.period(given.year) if given.quarter is None else contract.quarters(given.year)[given.quarter - 1]
    rows = [v for v in values.values if (v.period_start, v.period_end) == (period.start, period.end)]
    allowed = LIFE.verbs(given.state, visit.person.roles)
    titles = {one.id: one.title for one in contract.definitions}
    context = {
        "visit": visit,
        "one": given,
        "rows": sorted(rows, key=lambda v: (v.indicator, v.segment != ALL, v.segment, v.provider)),
        "titles": titles,
        "period": period,
        "allowed": allowed,
        "mine": consents(contract.agreement, visit.person, given.agreed),
        "waiting": waiting_for(contract.agreement, given.agreed),
        "problems": problems,
        "disputed": {(d.indicator, d.segment) for d in given.open_disputes},
        "Right": Right,
        "by_segment": request.GET.get("segments") == "all",
    }
    return render(request, "submission.jinja", context, status=422 if problems else 200)


def _take_up(request: HttpRequest, visit: Visit) -> Callable[[Submission], Submission]:
    return lambda before: review.moved(before, "take up", visit.person)


def _send_back(request: HttpRequest, visit: Visit) -> Callable[[Submission], Submission]:
    if not request.POST.get("why", "").strip():
        raise refusal("the submission", "send back", "no reason", "say what has to be mended")
    return lambda before: review.moved(before, "send back", visit.person)


def _dispute(request: HttpRequest, visit: Visit) -> Callable[[Submission], Submission]:
    indicator, _, segment = request.POST.get("line", "").partition("|")
    why = request.POST.get("why", "").strip()
    if not indicator or not why:
        raise refusal("the submission", "dispute", "no line, or no reason", "choose the line and say what is wrong")

    def changed(before: Submission) -> Submission:
        known = {(v.indicator, v.segment) for v in submissions.values_of(before).values}
        if (indicator, segment) not in known:
            raise refusal(before.id, "dispute", f"no line '{indicator}, {segment}'", "choose one of the table")
        dispute = Dispute(
            id=f"dispute-{len(before.disputes) + 1}",
            year=before.year,
            indicator=indicator,
            segment=segment,
            why=why,
            raised_by=visit.person.organisation,
            raised=now().date(),
        )
        return review.disputed(before, dispute, visit.person)

    return changed


def _withdraw(request: HttpRequest, visit: Visit) -> Callable[[Submission], Submission]:
    dispute = request.POST.get("dispute", "")
    return lambda before: review.dispute_settled(before, dispute, visit.person, now())


def _agree(request: HttpRequest, visit: Visit) -> Callable[[Submission], Submission]:
    return lambda before: review.agreed(before, visit.held.contract.agreement, visit.person, now())


def _approve(request: HttpRequest, visit: Visit) -> Callable[[Submission], Submission]:
    return lambda before: review.approved(before, visit.held.contract.agreement, visit.person, now())


def _publish(request: HttpRequest, visit: Visit) -> Callable[[Submission], Submission]:
    return lambda before: review.moved(before, "publish", visit.person)


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
    "dispute": (Right.REVIEW, _dispute),
    "withdraw dispute": (Right.REVIEW, _withdraw),
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


def _period(contract: Contract, given: str) -> tuple[int, int | None]:
    year, _, quarter = given.partition("-")
    if not year.isdigit() or int(year) not in contract.years or (quarter and quarter not in ("1", "2", "3", "4")):
        raise refusal("figures", "the period", f"'{given[:20]}'", "choose a period from the list")
    return int(year), int(quarter) if quarter else None


def _sent(request: HttpRequest, contract: Contract, year: int, quarter: int | None) -> ValueSet:
    if "file" in request.FILES:
        file = request.FILES["file"]
        if file.size > submissions.LARGEST:
            raise refusal("the file", "its size", f"{file.size:,} bytes", f"send up to {submissions.LARGEST:,}")
        return submissions.values_in(file.name, file.read())
    return _typed(request, contract, year, quarter)


def _typed(request: HttpRequest, contract: Contract, year: int, quarter: int | None) -> ValueSet:
    """The figures of the form; a row that is left empty is not given."""
    period = contract.period(year) if quarter is None else contract.quarters(year)[quarter - 1]
    values, problems = [], []
    for definition in contract.definitions:
        texts = [request.POST.get(f"{definition.id}.{part}", "").strip() for part in ("numerator", "denominator")]
        if not any(texts):
            continue
        numbers = []
        for part, text in zip(("numerator", "denominator"), texts, strict=True):
            try:
                numbers.append(Decimal(text) if text else None)
            except InvalidOperation:
                where = f"{definition.id}, {part}"
                problems.append(Problem(file="figures", where=where, found=f"'{text[:20]}'", expected="write a number"))
        if len(numbers) == 2:
            top, under = numbers
            values.append(
                IndicatorValue(
                    indicator=definition.id,
                    period_start=period.start,
                    period_end=period.end,
                    measure=definition.measure,
                    numerator=top,
                    denominator=under,
                )
            )
    if problems:
        raise Problems(tuple(problems))
    return ValueSet(values=tuple(values))


def _empty(indicator: str, title: str) -> dict[str, str]:
    return {"indicator": indicator, "title": title, "numerator": "", "denominator": ""}


def _row(value: IndicatorValue) -> dict[str, str]:
    shown = {
        name: "" if getattr(value, name) is None else str(getattr(value, name)) for name in ("numerator", "denominator")
    }
    return {"indicator": value.indicator, "title": value.indicator, **shown}
