"""The contract editor: drafts of one side, filled in by subject, with what each party then stands to earn."""

from fractions import Fraction
from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from obc.bootstrap import offers, stakes
from obc.bootstrap.books import contract_in
from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.variations.draft import Draft
from obc.domain.contract.variations.negotiable import SUBJECTS, negotiable
from obc.domain.contract.workflow.rights import Right
from obc.domain.contract.workflow.submission import Submission
from obc.domain.core.kernel.problem import Problem, Problems
from obc.domain.core.kernel.rate import exact
from obc.domain.money.settlement.price_of_chance import PriceOfChance
from obc.web.access import Visit, now, page
from obc.web.downloads import download, showed
from obc.web.entries import Entries, in_file, told_at_fields
from obc.web.pages.offers import offered
from obc.web.pages.variations import sent_folder

NAMES = ("today", "as drafted")


@page("contracts/<slug:book>/drafts/", Right.DRAFT, to_send=Right.DRAFT)
def listed(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For managers, finance and analysts of one side: which drafts do we work on? Begin one."""
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        title = request.POST.get("title", "").strip()
        try:
            if not title:
                raise Problems((Problem(file="the form", where="title", found="no title", expected="give it one"),))
            content = sent_folder(request) if request.FILES.get("folder") else None
            made = offers.begin(visit.held, title, visit.person, now(), content)
            return redirect("editor.one", visit.held.id, made.id)
        except Problems as found:
            problems = tuple(map(in_file, found.problems))
    drafts = offers.drafts_of(visit.held, visit.person.organisation)
    context = {"visit": visit, "drafts": drafts, "problems": problems, "sent": request.POST}
    return showed(request, "drafts.jinja", context, 422 if problems else 200)


@page("contracts/<slug:book>/drafts/<slug:draft>/", Right.DRAFT, to_send=Right.DRAFT)
def one(request: HttpRequest, visit: Visit, draft: str) -> HttpResponse:
    """For the side that drafts: what does our draft change, and what would each party stand to earn? Offer it."""
    found = _draft(visit, draft)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        verb = request.POST.get("verb")
        try:
            if verb == "import":
                offers.bring(visit.held, found, sent_folder(request), visit.person, now())
                messages.success(request, "The folder is taken in as the draft.")
            elif verb == "set aside":
                offers.set_aside(visit.held, found, visit.person, now())
                messages.success(request, "Set aside.")
            return redirect("editor.one", visit.held.id, draft)
        except Problems as refused:
            problems = tuple(map(in_file, refused.problems))
    return _shown(request, visit, found, problems)


@page("contracts/<slug:book>/drafts/<slug:draft>/offer/", Right.DRAFT, to_send=Right.OFFER)
def offer(request: HttpRequest, visit: Visit, draft: str) -> HttpResponse:
    """For who speaks for a party: put the draft to the others, with a message and the day from which it would hold."""
    found = _draft(visit, draft)
    if request.method != "POST":
        return redirect("editor.one", visit.held.id, draft)
    try:
        made = offered(request, visit, found)
        return redirect("offers.one", visit.held.id, made.id)
    except Problems as refused:
        return _shown(request, visit, found, refused.problems)


@page("contracts/<slug:book>/drafts/<slug:draft>/terms/<slug:subject>/", Right.DRAFT, to_send=Right.DRAFT)
def terms(request: HttpRequest, visit: Visit, draft: str, subject: str) -> HttpResponse:
    """For managers and analysts of one side: what stands there, since when and by whose word, and what should?"""
    found = _draft(visit, draft)
    if subject not in SUBJECTS:
        raise Http404
    contract = contract_in(found.folder)
    fields = tuple(one for one in negotiable(contract) if one.subject == subject)
    year = _year(request, visit)
    entries = Entries(fields, request.POST, year)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            if request.POST.get("folder") != found.folder:
                moved = Problem(
                    file="the form", where="the draft", found="a draft that a colleague changed meanwhile",
                    expected="look what changed, then save again",
                )  # fmt: skip
                raise Problems((moved,))
            said = offers.write(visit.held, found, entries.changes(), entries.source, visit.person, now())
            messages.success(request, f"Saved: {'; '.join(one.sentence for one in said) or 'nothing changed'}.")
            return redirect("editor.one", visit.held.id, draft)
        except Problems as refused:
            problems = told_at_fields(refused.problems, fields)
    in_force = {(one.file, one.at): entries.held(one) for one in negotiable(visit.held.contract)}
    groups = [(about, tuple(some)) for about, some in groupby(fields, key=lambda one: one.about)]
    context = {
        "visit": visit,
        "draft": found,
        "subject": SUBJECTS[subject],
        "groups": groups,
        "in_force": in_force,
        "entries": entries,
        "problems": problems,
        "years": contract.agreement.term.agreed_years,
        "year": year,
    }
    return render(request, "draft_terms.jinja", context, status=422 if problems else 200)


@page("contracts/<slug:book>/drafts/<slug:draft>/folder.zip", Right.DRAFT)
def folder(request: HttpRequest, visit: Visit, draft: str) -> HttpResponse:
    """For analysts and lawyers of one side: the drafted folder, to work on elsewhere."""
    return download("contract.zip", offers.folder_of(_draft(visit, draft)))


def _draft(visit: Visit, name: str) -> Draft:
    found = offers.draft_of(visit.held, name, visit.person.organisation)
    if found is None:
        raise Http404
    return found


def _shown(request: HttpRequest, visit: Visit, draft: Draft, problems: tuple[Problem, ...]) -> HttpResponse:
    before, after = visit.held.contract, contract_in(draft.folder)
    spread, last = _spread(request), stakes.last_year(visit.held.id)
    said = offers.told(before, after)
    context = {
        "visit": visit,
        "draft": draft,
        "subjects": [(key, name, sum(one.subject == name for one in said)) for key, name in SUBJECTS.items()],
        "said": said,
        **stakes.on_page(stakes.earning(before, after, now().date(), last, spread, NAMES)),
        "spread": request.GET.get("costs", "5"),
        "chance": _chance(before, after, last) if "chance" in request.GET else (),
        "answers": offers.offer_of(visit.held, draft.answers) if draft.answers else None,
        "problems": problems,
        "sent": request.POST,
    }
    return showed(request, "draft.jinja", context, 422 if problems else 200)


def _chance(before: Contract, after: Contract, last: Submission | None) -> tuple[tuple[str, PriceOfChance], ...]:
    """What both versions pay for chance alone, where they have thresholds."""
    both = ((name, stakes.chance(version, last)) for name, version in zip(NAMES, (before, after), strict=True))
    return tuple((name, price) for name, price in both if price)


def _spread(request: HttpRequest) -> Fraction:
    """How far costs turn out from what they are compared with, in per cent; 5 where nothing usable is said."""
    try:
        given = exact(request.GET.get("costs", "5").removesuffix("%").strip())
    except ValueError:
        return stakes.SPREAD
    return given / 100 if 0 <= given <= 50 else stakes.SPREAD


def _year(request: HttpRequest, visit: Visit) -> int:
    """The year that was asked for; else the first of the term that has not begun, the last where all have."""
    contract = visit.held.contract
    agreed = contract.agreement.term.agreed_years
    asked = (request.POST or request.GET).get("year", "")
    if asked.isdigit() and int(asked) in agreed:
        return int(asked)
    return next((year for year in agreed if contract.period(year).start > now().date()), agreed[-1])
