"""Long work: what can be worked out, how far it has come, and what came of it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from obc.bootstrap import long_work, submissions
from obc.domain.contract.workflow.rights import Right
from obc.domain.core.kernel.problem import Problem, Problems, refusal
from obc.web.access import Visit, now, page
from obc.web.downloads import download, showed

CONTRACT, PROGRAMME = Right.READ_WORKING, Right.READ_PROGRAMME


@page("contracts/<slug:book>/runs/", CONTRACT, to_send=CONTRACT)
def listed(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For analysts, finance and leads: what can obc work out for me, and what has it worked out for others?"""
    return _listed(request, visit)


@page("contracts/<slug:book>/runs/<int:number>/", CONTRACT, to_send=CONTRACT)
def one(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """For who asked: how far is it, what comes next, can I have the result?"""
    return _one(request, visit, number)


@page("contracts/<slug:book>/runs/<int:number>/files/<int:file>/", CONTRACT)
def file(request: HttpRequest, visit: Visit, number: int, file: int) -> HttpResponse:
    """For who needs it: one of the files that came of it."""
    return _file(visit, number, file)


@page("contracts/<slug:book>/runs/<int:number>/all.zip", CONTRACT)
def all_files(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """For who needs it: all of them."""
    return _all(visit, number)


@page("programmes/<slug:book>/papers/", PROGRAMME, to_send=PROGRAMME)
def papers(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For the secretary of a board: which papers can be had for the next meeting?"""
    return _listed(request, visit)


@page("programmes/<slug:book>/papers/<int:number>/", PROGRAMME, to_send=PROGRAMME)
def paper(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """For the secretary of a board: is the paper ready?"""
    return _one(request, visit, number)


@page("programmes/<slug:book>/papers/<int:number>/files/<int:file>/", PROGRAMME)
def paper_file(request: HttpRequest, visit: Visit, number: int, file: int) -> HttpResponse:
    """For members of a board: the paper."""
    return _file(visit, number, file)


@page("programmes/<slug:book>/papers/<int:number>/all.zip", PROGRAMME)
def paper_files(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """For members of a board: the paper with its pictures."""
    return _all(visit, number)


def _is_programme(visit: Visit) -> bool:
    return isinstance(visit.held, long_work.programmes.HeldProgramme)


def _listed(request: HttpRequest, visit: Visit) -> HttpResponse:
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        kind, _, what = request.POST.get("what", "").partition(":")
        try:
            for offer in long_work.offers(visit.held):
                if (offer.kind, offer.what) == (kind, what) and not visit.may(offer.right):
                    raise refusal("the page", offer.title, "a role that may not", f"it takes to {offer.right.value}")
            made = long_work.ask(visit.held, kind, what, request.POST.get("choice", ""), visit.person, now())
            return redirect("runs.paper" if _is_programme(visit) else "runs.one", visit.held.id, made.pk)
        except Problems as found:
            problems = found.problems
    context = {
        "visit": visit,
        "offers": [one for one in long_work.offers(visit.held) if visit.may(one.right)],
        "runs": [(one, long_work.title_of(one)) for one in long_work.runs_of(visit.held.id)],
        "problems": problems,
        "page_of_one": "runs.paper" if _is_programme(visit) else "runs.one",
    }
    return showed(request, "runs.jinja", context, 422 if problems else 200)


def _one(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    run = long_work.run_of(visit.held.id, number)
    if run is None:
        raise Http404
    programme, mine = _is_programme(visit), visit.may(long_work.right_for(run))
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            address = _acted(request, visit, run, mine)
            return redirect(address or ("runs.paper" if programme else "runs.one"), visit.held.id, *_last(address, run))
        except Problems as found:
            problems = found.problems
    context = {
        "visit": visit,
        "run": run,
        "title": long_work.title_of(run),
        "stages": long_work.stages(run),
        "going": run.state in ("waiting", "running", "lost"),
        "follow": request.GET.get("follow") == "yes",
        "cancel": mine and long_work.can_cancel(run),
        "again": mine and long_work.can_try_again(run),
        "files": long_work.files_of(run),
        "zipped": run.kind != long_work.MEASURE,
        "to_submit": run.kind == long_work.MEASURE and run.state == "done" and visit.may(Right.SUBMIT),
        "problems": problems,
        "file_page": "runs.paper_file" if programme else "runs.file",
        "zip_page": "runs.paper_files" if programme else "runs.all_files",
        "back": "runs.papers" if programme else "runs.listed",
    }
    return render(request, "run.jinja", context, status=422 if problems else 200)


def _acted(request: HttpRequest, visit: Visit, run: long_work.Run, mine: bool) -> str:
    """Do what was asked of a run. Returns the page to go to, where it is another one."""
    verb = request.POST.get("verb", "")
    if not mine:
        raise refusal("the page", verb[:40] or "nothing", "a role that may not", "ask who asked for it")
    if verb == "cancel" and long_work.cancel(run, now()):
        messages.success(request, "Stopped. Nothing of it is kept.")
    elif verb == "again" and long_work.again(run, visit.person, now()):
        messages.success(request, "It is tried again.")
    elif verb == "submit" and run.kind == long_work.MEASURE and run.state == "done" and visit.may(Right.SUBMIT):
        year, _, quarter = request.POST.get("period", "").partition("-")
        contract = visit.held.contract
        if not year.isdigit() or int(year) not in contract.years or (quarter and quarter not in ("1", "2", "3", "4")):
            raise refusal("figures", "the period", f"'{year[:20]}'", "choose a period from the list")
        given = long_work.measured(run)
        in_ = int(quarter) if quarter else None
        made, _ = submissions.submit(visit.held, given, int(year), in_, visit.person, now())
        messages.success(request, f"The figures of {made.period} are in, as measured.")
        return "submissions.listed"
    else:
        raise refusal("the page", verb[:40] or "nothing", f"a run that is {run.state}", "look again: it has moved on")
    return ""


def _last(address: str, run: long_work.Run) -> tuple[int, ...]:
    return () if address else (run.pk,)


def _file(visit: Visit, number: int, file: int) -> HttpResponse:
    run = long_work.run_of(visit.held.id, number)
    found = long_work.file_of(run, file) if run else None
    if found is None:
        raise Http404
    return download(*found)


def _all(visit: Visit, number: int) -> HttpResponse:
    run = long_work.run_of(visit.held.id, number)
    content = long_work.all_files_of(run) if run else None
    if content is None:
        raise Http404
    return download(f"{visit.held.id}-{number}.zip", content)
