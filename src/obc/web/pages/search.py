"""Search: one box for everything that has a name, and only for what the visitor may open."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from obc.bootstrap import programmes, searching
from obc.bootstrap.portfolio import HeldFor, contracts_for
from obc.bootstrap.searching import Named
from obc.domain.contract.workflow.rights import Right
from obc.domain.contract.workflow.submission import open_to_all
from obc.web.access import ANYBODY, Visit, page, visitor
from obc.web.pages.submissions import may_see

MOST = 20
"""Hits of one kind that are listed."""
KINDS = {
    "contract": "Contracts",
    "outcome": "Outcomes",
    "indicator": "Indicators",
    "service": "Services",
    "submission": "Figures",
    "variation": "Changes",
    "programme": "Programmes",
    "gate": "Gates",
    "risk": "Risks",
    "term": "Words and what they mean",
}


@dataclass(frozen=True)
class Hit:
    """Something found: where it is (nowhere: a word), and in which contract or programme."""

    named: Named
    address: str
    place: str


@page("search/", None)
def search(request: HttpRequest) -> HttpResponse:
    """For everybody: where is what I have in mind? Finds nothing that the visitor could not open."""
    sought = request.GET.get("q", "").strip()[: searching.LONGEST]
    words = searching.words_of(sought)
    hits = list(_hits(request, words)) if words else []
    groups = [(title, [hit for hit in hits if hit.named.kind == kind]) for kind, title in KINDS.items()]
    context = {
        "sought": sought,
        "words": words,
        "shortest": searching.SHORTEST,
        "groups": [(title, found[:MOST], len(found)) for title, found in groups if found],
    }
    return render(request, "search.jinja", context)


def _hits(request: HttpRequest, words: tuple[str, ...]) -> Iterator[Hit]:
    user = request.user.get_username() if request.user.is_authenticated else None
    for one in contracts_for(user):
        if user is None:
            yield from _public(one, words)
        elif one.person is not None:
            yield from _of_contract(one, Visit(one.person, one.held), words)
    for held in programmes.all_held():
        person = visitor(request, held.id)
        if person is not None and person != ANYBODY and Visit(person, held).may(Right.READ_PROGRAMME):
            yield from _placed(searching.of_programme(held), words, held.title, _IN_PROGRAMME, held.id)
    yield from (Hit(one, "", "") for one in searching.found_in(searching.of_glossary(), words))


def _of_contract(one: HeldFor, visit: Visit, words: tuple[str, ...]) -> Iterator[Hit]:
    held = one.held
    if visit.may(Right.READ_CONTRACT):
        named = (*searching.of_contract(held), *searching.changes_of(held))
        yield from _placed(named, words, held.title, _IN_CONTRACT, held.id)
    if visit.may(Right.READ_AGREED):
        given = (
            Named("submission", given.id, f"Figures of {given.period}", f"{given.state} {given.id}")
            for given in one.submissions
            if may_see(visit, given)
        )
        yield from _placed(given, words, held.title, _IN_CONTRACT, held.id)


def _public(one: HeldFor, words: tuple[str, ...]) -> Iterator[Hit]:
    """What everybody may see: of figures only that years are published, and what they measure."""
    held = one.held
    years = open_to_all(one.submissions)
    named = [Named("contract", held.id, held.title, held.contract.agreement.summary or "")]
    if years:
        named += searching.measured_in(held.contract)
        named += [Named("submission", given.id, f"Figures of {given.period}, published") for given in years]
    yield from _placed(named, words, held.title, _IN_PUBLIC, held.id)


def _placed(
    named: Iterable[Named], words: tuple[str, ...], place: str, addresses: "_Addresses", book: str
) -> Iterator[Hit]:
    for one in searching.found_in(named, words):
        yield Hit(one, addresses[one.kind](book, one.id), place)


def _page(name: str, *, own: bool = False, at: str = "") -> Callable[[str, str], str]:
    """The address of a page; `own`: of the thing's own page; `at`: a place in the page, with the thing's id."""
    return lambda book, id_: reverse(name, args=[book, id_] if own else [book]) + at.format(id_)


_Addresses = dict[str, Callable[[str, str], str]]
_IN_CONTRACT: _Addresses = {
    "contract": _page("contracts.home"),
    "outcome": _page("contracts.framework", at="#outcome-{}"),
    "indicator": _page("indicators.indicator", own=True),
    "service": _page("contracts.home"),
    "submission": _page("submissions.one", own=True),
    "variation": _page("variations.listed"),
}
_IN_PUBLIC: _Addresses = {
    "contract": _page("published.published"),
    "outcome": _page("published.published", at="#outcome-{}"),
    "indicator": _page("indicators.published", own=True),
    "submission": _page("published.published"),
}
_IN_PROGRAMME: _Addresses = {
    "programme": _page("programme.overview"),
    "gate": _page("gates.gate", own=True),
    "risk": _page("risks.risk", own=True),
}
