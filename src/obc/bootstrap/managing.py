"""Managing contracts: schedules, transition, changes, and a programme's levers."""

from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from obc.bootstrap.engagement import engagement_about
from obc.bootstrap.measuring import sentence_of
from obc.bootstrap.settling import values_of
from obc.domain.contract.variations.fixed_outcomes import endorsed_by_nobody
from obc.domain.contract.variations.proposal import Proposal, Wish
from obc.domain.core.kernel.problem import Problems, refusal
from obc.domain.core.kernel.rate import exact
from obc.domain.core.kernel.trail import Action
from obc.domain.money.settlement.circumstances import NONE, Circumstances
from obc.domain.programme.gates.programme import Programme
from obc.domain.programme.levers.causes import Analysis
from obc.domain.programme.levers.escalation import Breach, Escalation
from obc.domain.programme.levers.feedback import Feedback
from obc.domain.programme.levers.in_hand import InHand, Pull
from obc.domain.programme.levers.next_step import NextStep
from obc.domain.programme.levers.promises import Promise, late_first
from obc.domain.programme.levers.register import contract_problems
from obc.loaders.contract import load_transition
from obc.loaders.levers import catalogue_of_levers, read_levers
from obc.loaders.places import PROGRAMME
from obc.loaders.procurement import bank_holidays
from obc.loaders.programme import ProgrammeFolder, may_act, open_programme
from obc.loaders.whole import read_whole
from obc.services.change_book import ChangeBook
from obc.services.contract_book import ContractBook, Part
from obc.services.governance import Governance
from obc.services.levers_book import LeversBook
from obc.services.register import Doing, Trail


class NothingDone:
    """The trail of a contract that stands alone: nobody has acted on it."""

    def read(self) -> tuple[Action, ...]:
        """No actions."""
        return ()

    def append(self, action: Action) -> None:
        """Never called: whoever acts, acts in a programme."""
        raise NotImplementedError(action.kind)


def contract_book(contract: str, programme: str | None = None, trail: Path | None = None) -> ContractBook:
    """A contract with how it goes over, as it stands by a programme's trail. Raises `Problems`."""
    return contract_book_in(open_programme(programme, trail) if programme else None, contract)


def contract_book_in(folder: ProgrammeFolder | None, contract: str) -> ContractBook:
    """The same, of a programme's folder; None: the contract stands alone. Raises `Problems`."""
    loaded, transition = load_transition(folder.contract(contract) if folder else contract)
    return ContractBook(loaded, transition, _trail(folder))


def change_book(contract: str, programme: str, trail: Path | None = None) -> ChangeBook:
    """The changes of a contract, by a programme's trail. Raises `Problems`."""
    folder = open_programme(programme, trail)
    loaded, _ = load_transition(folder.contract(contract))
    heard = engagement_about(folder, loaded.id)
    return ChangeBook(loaded, bank_holidays(), folder.trail, heard.endorses if heard else endorsed_by_nobody)


def levers_book(programme: str, trail: Path | None = None) -> LeversBook:
    """A programme's levers. Raises `Problems`."""
    return levers_in(open_programme(programme, trail))


def levers_in(folder: ProgrammeFolder) -> LeversBook:
    """The levers of a programme's folder. Raises `Problems`."""
    catalogue = catalogue_of_levers()
    return LeversBook(read_levers(folder, catalogue), catalogue, folder.people, bank_holidays(), folder.trail)


def only_contract(programme: str) -> str:
    """The one contract of a programme that has a folder. Raises `Problems` where there are several, or none."""
    folder = open_programme(programme)
    named = [one.folder for one in folder.read(PROGRAMME, Programme).contracts if one.folder]
    if len(named) != 1:
        found = f"{len(named)} contracts that have a folder"
        cure = f"say which with --contract: {', '.join(named)}" if named else "write the contract's folder first"
        raise refusal(f"{folder.name}/{PROGRAMME}", "contracts", found, cure)
    return named[0]


def managed(programme: str, contract: str, trail: Path | None = None) -> tuple[LeversBook, ContractBook]:
    """Levers and one contract of a programme, checked against each other. Raises `Problems`."""
    levers, book = levers_book(programme, trail), contract_book(contract, programme, trail)
    if problems := tuple(contract_problems(levers.file, book.contract)):
        raise Problems(problems)
    return levers, book


def doing(programme: str, trail: Path | None, by: str, at: datetime, why: str) -> Doing:
    """Who acts on a programme, when and why. Raises `Problems` for a person nobody knows, or a worked programme."""
    folder = open_programme(programme, trail)
    may_act(folder)
    return Doing(folder.people.named(by), at, why)


def next_steps(levers: LeversBook, book: ContractBook, values: Path, on: date) -> tuple[NextStep, ...]:
    """What each indicator asks for, from a file of values."""
    return levers.next_steps(book.contract, values_of(values), on)


def act(book: ContractBook, part: Part, record: str, verb: str, evidence: str | None, doing: Doing) -> BaseModel:
    """Move a condition, expectation, amendment or preparation. Raises `Problems`."""
    return book.act(part, record, verb, doing, evidence)


def propose(book: ChangeBook, wish: Path, doing: Doing) -> Proposal:
    """Propose the change in a file. Raises `Problems`."""
    return book.propose(read_whole(wish, Wish), doing)


def open_escalation(levers: LeversBook, book: ContractBook, breach: Path, doing: Doing) -> Escalation:
    """Open an escalation over the breach in a file. Raises `Problems`."""
    return levers.open(read_whole(breach, Breach), book.contract, doing)


def analyse(levers: LeversBook, name: str, analysis: Path, doing: Doing) -> Escalation:
    """Put the analysis in a file on record. Raises `Problems`."""
    return levers.analyse(name, read_whole(analysis, Analysis), doing)


def withhold(
    levers: LeversBook, book: ContractBook, name: str, share: str, evidence: str | None, doing: Doing
) -> Escalation:
    """Withhold a share, as `2 %`. Raises `Problems`."""
    try:
        part = exact(share)
    except ValueError as error:
        raise refusal("--share", name, f"'{share}'", "write a share, as '2 %'") from error
    return levers.withhold(name, part, evidence, book.contract, doing)


def hear(levers: LeversBook, said: Path, doing: Doing) -> Feedback:
    """Put the feedback in a file on record. Raises `Problems`."""
    return levers.hear(read_whole(said, Feedback), doing)


def pull_lever(governed: Governance, levers: LeversBook, pull: Pull, doing: Doing) -> InHand:
    """Pull a lever for a contract or a risk of the programme. Raises `Problems`."""
    contracts = [one.folder for one in governed.programme.contracts if one.folder]
    risks = [one.id for one in governed.risks.records if one.live]
    return levers.pull(pull, contracts, risks, doing)


def promise(levers: LeversBook, made: Path, doing: Doing) -> Promise:
    """Put the promise in a file on record. Raises `Problems`."""
    return levers.promise(read_whole(made, Promise), doing)


def write_contract(contract: str, programme: str | None, trail: Path | None, on: date, out: Path) -> tuple[Path, ...]:
    """Write the contract as page, PDF and DOCX, as on a day. Raises `Problems`."""
    from obc.reports.contract_document import write_contract_document
    from obc.reports.contract_material import Material

    book = contract_book(contract, programme, trail)
    material = Material(
        contract=book.contract,
        on=on,
        expectations=book.expectations(on),
        passages=book.going_over(on),
        amendments=book.transition.amendments,
        mobilisation=book.mobilisation.records,
        readiness=book.readiness(on),
        changes=change_book(contract, programme, trail).proposals.records if programme else (),
        policy=levers_book(programme, trail).file.policy if programme else None,
        sentence=partial(sentence_of, book.contract),
    )
    return write_contract_document(material, out)


def write_levers(
    levers: LeversBook, book: ContractBook | None, steps: tuple[NextStep, ...], on: date, out: Path
) -> tuple[Path, ...]:
    """Write a programme's levers as page, PDF, DOCX and workbook; with a contract, what is its own."""
    from obc.reports.levers import Managed
    from obc.reports.levers import write_levers as write

    contract = book.contract if book else None
    own = [one for one in levers.escalations.records if contract is None or one.contract == contract.id]
    given = Managed(
        title=contract.agreement.title if contract else "all contracts",
        on=on,
        in_hand=levers.in_hand.records,
        catalogue=levers.catalogue,
        escalations=tuple(own),
        promises=late_first(
            [one for one in levers.promises.records if contract is None or one.contract == contract.id], on
        ),
        steps=steps,
        heard=levers.heard(contract.id, on) if contract else (),
        savings=tuple(one.year for one in levers.against_plan(contract)) if contract else (),
        currency=contract.agreement.currency if contract else "GBP",
    )
    return write(given, out)


def circumstances(levers: LeversBook, book: ContractBook, also: Path | None = None) -> Circumstances:
    """What a settlement must know; `also` names a file of disputes and reliefs that goes with it. Raises `Problems`."""
    return levers.circumstances(book, read_whole(also, Circumstances) if also else NONE)


def circumstances_text(levers: LeversBook, book: ContractBook, also: Path | None = None) -> str:
    """What `obc settle --circumstances` takes, as YAML."""
    found = circumstances(levers, book, also).model_dump(mode="json", by_alias=True, exclude_none=True)
    return written({key: value for key, value in found.items() if value})


def write_circumstances(levers: LeversBook, book: ContractBook, out: Path, also: Path | None = None) -> Path:
    """Write what a settlement must know into a file; whole or not at all."""
    from obc.reports.filing import file_all

    return file_all(out.parent, {out.name: circumstances_text(levers, book, also).encode()})[0]


def variation_text(proposal: Proposal) -> str:
    """What contract.yaml lists for a change that all have agreed, as YAML."""
    return written({"variations": [variation_entry(proposal)]})


def variation_entry(proposal: Proposal) -> dict[str, Any]:
    """The same as keys and values."""
    return proposal.variation.model_dump(mode="json", by_alias=True, exclude_none=True)


def written(content: dict[str, Any]) -> str:
    """YAML with the keys in their order; nothing where there is nothing to say."""
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=110) if content else ""


def _trail(folder: ProgrammeFolder | None) -> Trail:
    return folder.trail if folder else NothingDone()
