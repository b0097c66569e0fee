"""Figures in: a table to fill in, a file that is checked cell by cell, a form that keeps what was typed."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from obc.bootstrap import drafts, figures_out, submissions, uploads
from obc.bootstrap.drafts import DraftOf
from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.workflow.checking import segments_of
from obc.domain.contract.workflow.place import Place
from obc.domain.contract.workflow.return_lines import COUNTS, ReturnLine
from obc.domain.contract.workflow.rights import Right
from obc.domain.contract.workflow.submission import Submission
from obc.domain.core.kernel.problem import Problem, Problems, refusal
from obc.domain.measurement.indicators.values import ALL
from obc.reports.names import Names
from obc.web.access import Visit, now, page
from obc.web.downloads import download
from obc.web.sent_files import sent_file
from obc.web.words import anchor

MOST_SHOWN = 200
"""Problems that a page lists one by one."""


@page("contracts/<slug:book>/figures/new/", Right.SUBMIT, to_send=Right.SUBMIT)
def new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For the provider's analyst: give the figures of a period by file or form, and mend what is wrong in place."""
    contract = visit.held.contract
    chosen = request.POST.get("period") or request.GET.get("period") or str(contract.years[0])
    context: dict[str, object] = {"visit": visit, "contract": contract, "problems": (), "chosen": chosen}
    if request.method != "POST":
        return render(request, "submit.jinja", context)
    lines: tuple[ReturnLine, ...] = ()
    try:
        of = _draft(visit, contract, chosen)
        name, content = _file(request)
        context["file"] = name
        sent = uploads.figures_in(contract, name, content, of.year, of.quarter)
        lines = sent.lines
        made = submissions.submit(
            visit.held, sent.values, of.year, of.quarter, visit.person, now(), sent.places, sent.unread
        )
        return _taken_in(request, visit, *made)
    except Problems as problems:
        errors = [one for one in problems.problems if one.severity == "error"]
        context["problems"], context["more"] = errors[:MOST_SHOWN], max(len(errors) - MOST_SHOWN, 0)
    if lines:
        drafts.save_lines(of, lines, now())
        context["draft"] = of.period
    return render(request, "submit.jinja", context, status=422)


@page("contracts/<slug:book>/figures/table/", Right.SUBMIT)
def table(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For the provider's analyst: the table to fill in for a period, or the form for it."""
    contract = visit.held.contract
    try:
        of = _draft(visit, contract, request.GET.get("period") or str(contract.years[0]))
    except Problems as problems:
        raise Http404 from problems
    kind = request.GET.get("as", "xlsx")
    if kind == "form":
        return redirect("figures.form", visit.held.id, of.period)
    if kind not in ("xlsx", "csv"):
        raise Http404
    by_provider = request.GET.get("providers") == "yes"
    content = figures_out.return_table(contract, of.year, of.quarter, kind, by_provider=by_provider)
    return download(f"figures-{visit.held.id}-year-{of.period.replace('-', '-quarter-')}.{kind}", content)


@page("contracts/<slug:book>/figures/form/<slug:period>/", Right.SUBMIT, to_send=Right.SUBMIT)
def form(request: HttpRequest, visit: Visit, period: str) -> HttpResponse:
    """For the provider's analyst: type the figures in, a segment a page; what was typed is kept as a draft."""
    contract = visit.held.contract
    try:
        of = _draft(visit, contract, period)
    except Problems as problems:
        raise Http404 from problems
    segments = segments_of(contract)
    segment = request.POST.get("segment") or request.GET.get("segment") or ALL
    if segment not in segments:
        raise Http404
    if request.method != "POST":
        errors: Sequence[Problem] = ()
        if request.GET.get("check") == "yes":
            errors = drafts.read(of, _places(contract)).problems
        return _typed_in(request, visit, of, segment, errors)
    drafts.save(of, _cells(request, contract, segment), now())
    match request.POST.get("do"):
        case "submit":
            try:
                return _taken_in(request, visit, *drafts.submit_draft(of, _places(contract), now()))
            except Problems as problems:
                wrongs = [one for one in problems.problems if one.severity == "error"]
                return _typed_in(request, visit, of, segment, wrongs)
        case "forget":
            drafts.drop(of)
            messages.success(request, "The draft is forgotten.")
            return redirect("submissions.listed", visit.held.id)
        case "next":
            segment = segments[(segments.index(segment) + 1) % len(segments)]
    messages.success(request, "Saved as a draft. Nobody outside your organisation sees it.")
    answer = redirect("figures.form", visit.held.id, of.period)
    answer["Location"] += f"?segment={segment}"
    return answer


def _taken_in(request: HttpRequest, visit: Visit, made: Submission, minded: Sequence[Problem]) -> HttpResponse:
    messages.success(request, f"The figures of {made.period} are in: {made.rows} rows, checked.")
    for problem in minded[:20]:
        messages.warning(request, f"{problem.where}: {problem.found}. {problem.expected}.")
    if len(minded) > 20:
        messages.warning(request, f"{len(minded) - 20} more things to mind are like these.")
    return redirect("submissions.one", visit.held.id, made.id)


def _draft(visit: Visit, contract: Contract, given: str) -> DraftOf:
    year, _, quarter = given.partition("-")
    known = year.isascii() and year.isdecimal() and len(year) < 5 and int(year) in contract.years
    if not known or (("-" in given) and quarter not in ("1", "2", "3", "4")):
        raise refusal("figures", "the period", f"'{given[:20]}'", "choose a period from the list")
    return DraftOf(visit.held, int(year), int(quarter) if quarter else None, visit.person)


def _file(request: HttpRequest) -> tuple[str, bytes]:
    found = sent_file(request, "file", uploads.LARGEST)
    if found is None:
        raise refusal("figures", "the file", "no file", "choose the file with the figures")
    return found


def _places(contract: Contract) -> dict[str, Place]:
    """What the form calls each of its cells; the file of a place is the segment on whose page it is."""
    found = {}
    for definition in contract.definitions:
        for segment in segments_of(contract):
            row = f"{definition.title}, {segment}"
            cells = {column: f"{row}, {column}" for column in ("indicator", "segment", "provider", *COUNTS)}
            found[drafts.row_name(definition.id, segment)] = Place(segment, None, row, cells)
    return found


def _cells(request: HttpRequest, contract: Contract, segment: str) -> dict[str, dict[str, str]]:
    cells = {}
    for definition in contract.definitions:
        texts = {one: request.POST.get(f"{definition.id}.{one.replace(' ', '_')}", "").strip()[:40] for one in COUNTS}
        cells[drafts.row_name(definition.id, segment)] = texts
    return cells


def _typed_in(
    request: HttpRequest, visit: Visit, of: DraftOf, segment: str, problems: Sequence[Problem]
) -> HttpResponse:
    contract = visit.held.contract
    begun = drafts.kept(of)
    cells = begun.cells if begun else {}
    segments = segments_of(contract)
    wrong = {(one.file, anchor(one.where)): one for one in problems}
    rows = []
    for definition in contract.definitions:
        texts = cells.get(drafts.row_name(definition.id, segment), {})
        asked = COUNTS if definition.measure == "mean" else COUNTS[:-1]
        fields = []
        for column in COUNTS:
            label = f"{definition.title}, {segment}, {column}"
            name = f"{definition.id}.{column.replace(' ', '_')}"
            text = texts.get(column, "")
            found = wrong.get((segment, anchor(label)))
            fields.append({"label": label, "name": name, "text": text, "wrong": found, "asked": column in asked})
        rows.append({"title": definition.title, "measure": definition.measure, "fields": fields})
    elsewhere = [row for row in cells if row.split("|")[1:] not in [[one, ALL] for one in segments]]
    chooser = [
        {
            "id": one,
            "typed": sum(row.split("|")[1:] == [one, ALL] for row in cells),
            "wrong": sum(problem.file == one for problem in problems),
        }
        for one in segments
    ]
    context = {
        "visit": visit,
        "of": of,
        "period": contract.period(of.year) if of.quarter is None else contract.quarters(of.year)[of.quarter - 1],
        "segment": segment,
        "chooser": chooser,
        "elsewhere": elsewhere,
        "rows": rows,
        "columns": COUNTS,
        "begun": begun,
        "problems": problems[:MOST_SHOWN],
        "segments": segments,
        "names": Names(contract),
        "following": segments[(segments.index(segment) + 1) % len(segments)],
    }
    return render(request, "figures_form.jinja", context, status=422 if problems and request.method == "POST" else 200)
