"""Escalations: what the ladder permits now, what each step takes, and the provider's right to respond."""

from collections.abc import Callable, Iterator

from django.http import Http404, HttpRequest, HttpResponse

from obc.bootstrap import managing, programme_pages
from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.workflow.rights import Right
from obc.domain.programme.levers.causes import NOBODY, Analysis
from obc.domain.programme.levers.escalation import Breach, Escalation
from obc.services.contract_book import ContractBook
from obc.services.levers_book import LeversBook
from obc.services.register import Doing
from obc.web.access import Visit, now, page
from obc.web.acts import Act, Field, Sent, acting
from obc.web.words import anchor

CAUSES = 4
"""How many causes a form has room for."""
_TITLES = {"respond": "Respond, for those it is about"}


@page("programmes/<slug:book>/escalations/<slug:record>/", Right.READ_PROGRAMME, to_send=Right.ACT_IN_PROGRAMME)
def one(request: HttpRequest, visit: Visit, record: str) -> HttpResponse:
    """For both sides of a breach: what may be done now and why, what must be shown, what have we answered?"""
    held = visit.held
    book = programme_pages.levers_of(held)
    found = next((each for each in book.escalations.records if each.id == record), None) if book else None
    contracts = {each.contract.id: each for each in programme_pages.contracts_of(held)} if found else {}
    if book is None or found is None or found.contract not in contracts:
        raise Http404
    contract = contracts[found.contract]
    context = {
        "document": programme_pages.escalation(held, record, now().date()),
        "back": (("levers.catalogue", held.id), "Levers and actions"),
        "state": found.state,
    }
    return acting(request, visit, "programme_part.jinja", context, tuple(_acts(book, contract, found)))


def open_act(book: LeversBook, contract: Contract) -> Act:
    """The form that opens an escalation over an indicator or a quality expectation of a contract."""
    about = (
        *((f"indicator:{each.id}", each.title) for each in contract.definitions),
        *((f"expectation:{name}", f"quality: {name}") for name in (contract.quality.ids if contract.quality else ())),
    )
    parties = tuple((each.id, each.name) for each in contract.agreement.providers)
    years = tuple((str(year), f"year {year}") for year in contract.years)
    fields = (
        Field("about", "What is it about?", "choice", about),
        Field("party", "With whom?", "choice", parties),
        Field("year", "In which year?", "choice", years),
        Field("breach", "What is the breach?", "long"),
        Field("evidence", "What shows it, and since when?", "long"),
    )

    def does(sent: Sent, doing: Doing) -> Escalation:
        kind, name = sent.choice("about").split(":", 1)
        content = {
            "id": anchor(f"{name[:40]}-{doing.at:%Y%m%d-%H%M%S}"),
            "contract": contract.id,
            "party": sent.choice("party"),
            kind: name,
            "year": int(sent.choice("year")),
            "breach": sent.text("breach"),
            "evidence": sent.text("evidence"),
        }
        return book.open(sent.model(Breach, content), contract, doing)

    return Act("open", "Open an escalation", does, fields, says="It begins with a quiet word, whatever the breach.")


def _acts(book: LeversBook, contract: ContractBook, found: Escalation) -> Iterator[Act]:
    for rung in book.ladder(found.id, contract.contract, now().date()):
        if rung.now:
            evidence = Field("evidence", "What shows it?", "long", hint=rung.because.removeprefix("as evidence: "))
            title = _TITLES.get(rung.verb, rung.verb.capitalize())
            if rung.verb == "withhold":
                share = Field("share", "What share of what is due for the year?", hint="as 2 %")
                yield Act(rung.verb, title, _withhold(book, contract, found), (share, evidence))
            else:
                yield Act(rung.verb, title, _move(book, found, rung.verb), (evidence,))
    if found.open:
        yield _analyse(book, contract, found)
        if found.analysis:
            says = "Each side agrees for itself; without it there is no sanction."
            yield Act("agree causes", "Agree to the causes", _agree(book, contract, found), says=says)


def _move(book: LeversBook, found: Escalation, verb: str) -> Callable[[Sent, Doing], object]:
    return lambda sent, doing: book.move(found.id, verb, sent.maybe("evidence"), doing)


def _withhold(book: LeversBook, contract: ContractBook, found: Escalation) -> Callable[[Sent, Doing], object]:
    return lambda sent, doing: managing.withhold(
        book, contract, found.id, sent.text("share"), sent.maybe("evidence"), doing
    )


def _agree(book: LeversBook, contract: ContractBook, found: Escalation) -> Callable[[Sent, Doing], object]:
    return lambda sent, doing: book.agree_causes(found.id, contract.contract, doing)


def _analyse(book: LeversBook, contract: ContractBook, found: Escalation) -> Act:
    parties = (*((name, name) for name in contract.contract.agreement.party_ids), (NOBODY, "nobody could help it"))
    fields = tuple(
        field
        for number in range(1, CAUSES + 1)
        for field in (
            Field(f"what-{number}", f"Cause {number}", hint="" if number == 1 else "leave empty where there is none"),
            Field(f"lies-{number}", f"With whom does cause {number} lie?", "choice", parties),
            Field(f"part-{number}", f"How much of it does cause {number} explain?", hint="as 60 %"),
            Field(f"evidence-{number}", f"What shows cause {number}?"),
        )
    )

    def does(sent: Sent, doing: Doing) -> Escalation:
        causes = [
            {
                "what": what,
                "lies with": sent.choice(f"lies-{number}"),
                "part": sent.text(f"part-{number}"),
                "evidence": sent.text(f"evidence-{number}"),
            }
            for number in range(1, CAUSES + 1)
            if (what := sent.maybe(f"what-{number}"))
        ]
        content = {"causes": causes, "drawn up by": doing.by.id, "on": doing.at.date()}
        return book.analyse(found.id, sent.model(Analysis, content), doing)

    says = "Parts add up to 100 %. Whoever had agreed to an earlier analysis agrees anew."
    return Act("analyse", "Put the causes on file", does, fields, says=says)
