"""Disputes on lines of a submission: raised with a figure and what shows it, answered, ended at one of two figures."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from obc.bootstrap import disputing, submissions
from obc.domain.contract.workflow.dispute import Claim, Line
from obc.domain.contract.workflow.return_lines import A_COUNT, count_in
from obc.domain.contract.workflow.rights import Right
from obc.domain.contract.workflow.submission import LIFE, Submission
from obc.domain.core.kernel.problem import Problem, Problems, refusal
from obc.domain.measurement.indicators.values import IndicatorValue
from obc.reports.names import Names
from obc.web.access import Visit, now, page
from obc.web.dispute_shown import DisputeShown
from obc.web.downloads import download, showed
from obc.web.pages.submissions import allowed, visible
from obc.web.sent_files import sent_file

_COUNTS = {"numerator": "numerator", "denominator": "denominator", "sum_of_squares": "sum of squares"}


@page("contracts/<slug:book>/submissions/<slug:id_>/dispute/", Right.REVIEW, to_send=Right.REVIEW)
def dispute(request: HttpRequest, visit: Visit, id_: str) -> HttpResponse:
    """For reviewers: dispute lines of one indicator, with the figures they hold right and what shows it."""
    given = visible(visit, id_)
    indicator = request.POST.get("indicator", "") or request.GET.get("indicator", "")
    lines = _lines(given, indicator)
    if not lines:
        raise Http404
    if request.method == "POST":
        try:
            claims = _claims(request.POST.getlist("line"), request.POST, lines)
            sent = _sent(request)
            why = request.POST.get("why", "")
            after = disputing.raise_dispute(visit.held, given.id, claims, why, sent, visit.person, now())
            messages.success(request, "The dispute is open. All else can be agreed; what hangs on it is held.")
            return redirect("disputes.one", visit.held.id, given.id, after.disputes[-1].id)
        except Problems as problems:
            return _asked(request, visit, given, indicator, lines, problems.problems)
    return _asked(request, visit, given, indicator, lines, ())


@page(
    "contracts/<slug:book>/submissions/<slug:id_>/disputes/<slug:dispute>/",
    Right.READ_WORKING,
    to_send=Right.REVIEW,
)
def one(request: HttpRequest, visit: Visit, id_: str, dispute: str) -> HttpResponse:
    """For both sides: the two figures side by side, how long is left, whose word is next, and what I can do."""
    given = visible(visit, id_)
    if dispute not in {held.id for held in given.disputes}:
        raise Http404
    problems: Sequence[Problem] = ()
    if request.method == "POST":
        try:
            _act(request, visit, given, dispute)
            return redirect("disputes.one", visit.held.id, id_, dispute)
        except Problems as refused:
            problems = refused.problems
            given = visible(visit, id_)
    contract = submissions.contract_of(given)
    found = next(held for held in given.disputes if held.id == dispute)
    context = {
        "visit": visit,
        "one": given,
        "shown": DisputeShown.of(contract, given, found, now().date()),
        "titles": {one.id: one.title for one in contract.definitions},
        "names": Names(contract),
        "allowed": LIFE.verbs(given.state, visit.person.roles) if visit.may(Right.REVIEW) else (),
        "problems": problems,
        "typed": request.POST,
        "largest": disputing.LARGEST_PAPER,
    }
    return showed(request, "dispute.jinja", context, 422 if problems else 200)


@page("contracts/<slug:book>/submissions/<slug:id_>/evidence/<slug:paper>/", Right.READ_WORKING)
def evidence(request: HttpRequest, visit: Visit, id_: str, paper: str) -> HttpResponse:
    """For both sides and auditors: a paper that was brought to a dispute, to keep; never shown as a page of ours."""
    found = disputing.paper_of(visible(visit, id_), paper)
    if found is None:
        raise Http404
    attached, content = found
    return download(f"{attached.id}.{attached.kind.lower()}", content)


def _act(request: HttpRequest, visit: Visit, given: Submission, dispute: str) -> None:
    held, person, at, verb = visit.held, visit.person, now(), request.POST.get("verb", "")
    allowed(visit, given.id, verb, Right.REVIEW)
    match verb:
        case "answer":
            text = request.POST.get("text", "")
            disputing.answer(held, given.id, dispute, text, _sent(request), person, at)
            messages.success(request, "Your answer is there for both sides to read.")
        case "escalate":
            disputing.escalate(held, given.id, dispute, person, at)
            messages.success(request, "The next step has begun.")
        case "withdraw":
            disputing.withdraw(held, given.id, dispute, person, at)
            messages.success(request, "The dispute is over: the figure stays as it was submitted.")
        case "accept":
            disputing.accept(held, given.id, dispute, person, at)
            messages.success(request, "The dispute is over: the figure held against it takes its place.")
        case _:
            raise refusal(dispute, "the page", f"'{verb[:40]}'", "use the buttons of the page")


def _asked(
    request: HttpRequest,
    visit: Visit,
    given: Submission,
    indicator: str,
    lines: Mapping[str, IndicatorValue],
    problems: Sequence[Problem],
) -> HttpResponse:
    contract = submissions.contract_of(given)
    context = {
        "visit": visit,
        "one": given,
        "indicator": indicator,
        "title": next((one.title for one in contract.definitions if one.id == indicator), indicator),
        "measure": next(iter(lines.values())).measure,
        "lines": lines,
        "names": Names(contract),
        "counts": _COUNTS if next(iter(lines.values())).measure == "mean" else dict(list(_COUNTS.items())[:2]),
        "chosen": request.POST.getlist("line") or request.GET.getlist("line"),
        "problems": problems,
        "typed": request.POST,
        "steps": contract.schedules.disputes if contract.schedules else (),
        "largest": disputing.LARGEST_PAPER,
    }
    return render(request, "raise_dispute.jinja", context, status=422 if problems else 200)


def _lines(given: Submission, indicator: str) -> dict[str, IndicatorValue]:
    """The lines of an indicator in the submission's own period that nobody disputes yet, by a name for the form."""
    contract = submissions.contract_of(given)
    period = contract.period(given.year) if given.quarter is None else contract.quarters(given.year)[given.quarter - 1]
    taken = {line.key for held in given.open_disputes for line in held.lines}
    return {
        f"{value.segment}|{value.provider}": value
        for value in sorted(submissions.values_of(given).values, key=lambda value: value.key)
        if value.indicator == indicator
        and (value.period_start, value.period_end) == (period.start, period.end)
        and value.key not in taken
    }


def _claims(chosen: Sequence[str], typed: Mapping[str, str], lines: Mapping[str, IndicatorValue]) -> list[Claim]:
    """The lines that were ticked, with the figures typed beside them."""
    problems: list[Problem] = []
    claims: list[Claim] = []
    for name in chosen:
        value = lines.get(name)
        if value is None:
            continue
        numbers: dict[str, Decimal | None] = {}
        for part, words in _COUNTS.items():
            text = typed.get(f"{name}|{part}", "").strip()
            try:
                numbers[part] = count_in(text)
            except ValueError:
                where = f"{value.segment}, {words}"
                problems.append(Problem(file="the dispute", where=where, found=f"'{text[:20]}'", expected=A_COUNT))
        wrongs = _odd(value, numbers)
        problems += wrongs
        if not wrongs:
            claims.append(Claim(line=Line.of(value), **numbers))
    if problems:
        raise Problems(tuple(problems))
    return claims


def _odd(value: IndicatorValue, numbers: Mapping[str, Decimal | None]) -> list[Problem]:
    top, under = numbers.get("numerator"), numbers.get("denominator")
    if any(number is not None and number < 0 for number in numbers.values()):
        found = "a count below nought"
    elif (top is None) != (under is None):
        found = "one count without the other"
    elif value.measure == "proportion" and top is not None and under is not None and top > under:
        found = f"a numerator of {top} above its denominator of {under}"
    elif value.measure == "mean" and top is not None and numbers.get("sum_of_squares") is None:
        found = "a mean without its sum of squares"
    else:
        return []
    where = f"{value.segment}, numerator"
    return [Problem(file="the dispute", where=where, found=found, expected="give all counts, or none")]


def _sent(request: HttpRequest) -> list[tuple[str, bytes]]:
    file = sent_file(request, "paper", disputing.LARGEST_PAPER)
    if file is None:
        return []
    if request.POST.get("counts_only") != "yes":
        raise refusal(file[0], "counts only", "no word that it holds no person", "look it through, then tick the box")
    return [file]
