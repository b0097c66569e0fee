"""What pages show of a submission: the same documents that are written as files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING

from obc.bootstrap import keys, submissions
from obc.bootstrap.books import Held, contract_in
from obc.bootstrap.measuring import sentence_of
from obc.bootstrap.serving import clock
from obc.domain.contract.workflow.quarters import Quarters
from obc.domain.contract.workflow.submission import Submission, open_to_all
from obc.domain.outcomes.publication.published import PublishedValue
from obc.domain.outcomes.publication.suppression import PROFILES
from obc.reports import signature as signatures
from obc.services.publish import publication_of, publish
from obc.services.verify import Verdict
from obc.services.verify import verify as verify_statement

if TYPE_CHECKING:
    from obc.reports.document import Document
    from obc.reports.parts import Parts


_Year = tuple[str, int, str, str, str | None, str | None, bool]
"""A year that is published: its submission, its number, the papers of its figures, contract, statement, scorecard, and
whether it has been corrected since.
"""


@dataclass(frozen=True, eq=False)
class Shown:
    """A document as the body of a page, which offers every table and picture of it as files."""

    document: "Document"

    @property
    def title(self) -> str:
        """What it is called."""
        return self.document.title

    @property
    def subtitle(self) -> str:
        """What kind of document it is."""
        return self.document.subtitle

    @property
    def foot(self) -> str:
        """Who made it."""
        return self.document.foot

    @property
    def lead(self) -> str:
        """Its first words."""
        from obc.reports.document import Paragraph, said

        return next((said(one.words) for one in self.document.blocks if isinstance(one, Paragraph)), "")

    @cached_property
    def html(self) -> str:
        """Its parts; safe to embed, since every text in it is escaped. It is drawn once."""
        from obc.reports.page import fragment

        return fragment(self.document, self.parts)

    @cached_property
    def parts(self) -> "Parts":
        """Its tables and pictures, as files."""
        from obc.reports.parts import Parts

        return Parts(self.document)


def scorecard(one: Submission, profile: str) -> Shown | None:
    """The scorecard of a submission, its counts hidden as the profile says; None where there is none."""
    return _scorecard(one.scorecard, one.values, one.folder, profile) if one.scorecard else None


def statement(one: Submission, profile: str) -> Shown | None:
    """The statement of a submission, its counts hidden as the profile says; None where it is not settled."""
    return _statement(one.statement, one.values, one.folder, profile) if one.statement else None


def statement_bundle(one: Submission) -> bytes | None:
    """The signed document with the signatures beside it, in a ZIP: what `obc verify` takes once it is unpacked."""
    document = submissions.document_of(one)
    if document is None:
        return None
    history = keys.history(submissions.contract_of(one).id, one, clock().date())
    return keys.bundle({"statement.json": document, **submissions.signatures_of(one)}, history)


def statement_pdf(one: Submission) -> bytes | None:
    """The statement on paper."""
    return _statement_pdf(one.statement, one.folder) if one.statement else None


def verdict(one: Submission) -> Verdict | None:
    """What checking the statement says: its hashes, its sums, the replay of its money, its signatures."""
    document = submissions.document_of(one)
    if document is None:
        return None
    under, contract = submissions.signatures_of(one), submissions.contract_of(one)
    history = keys.history(contract.id, one, clock().date())
    return verify_statement(document, under, contract, signatures.refusals, history, signatures.marked)


def published(one: Submission, profile: str) -> tuple[PublishedValue, ...]:
    """The figures of a submission's own period as the public may see them."""
    return _published(one.values, one.folder, one.year, profile)


def published_csv(one: Submission, profile: str) -> bytes:
    """The same, as a file."""
    return _published_csv(one.values, one.folder, one.year, profile)


def public(held: Held, given: Iterable[Submission], profile: str) -> Shown:
    """What everybody may see of a contract, year by year: of each year the version that was published last."""
    papers = (
        (one.id, one.year, one.values, one.folder, one.statement, one.scorecard, one.state == "restated")
        for one in open_to_all(given)
    )
    return _public(held.folder, tuple(papers), profile)


def submitted(held: Held, years: Sequence[Quarters], given: Sequence[Submission]) -> Shown:
    """The list of submissions, to take away."""
    from obc.reports.names import Names
    from obc.reports.submitted import submitted_document

    return Shown(submitted_document(Names(held.contract), years, given))


def framework(held: Held) -> Shown:
    """The outcomes framework of a contract."""
    return _framework(held.folder)


def standing(held: Held, one: Submission) -> Shown:
    """How a contract stands by one of its submissions: score and money at a glance."""
    return _standing(held.folder, one.year, one.state, one.scorecard, one.statement)


# Papers never change: what was drawn from them once need not be drawn again.


@lru_cache(maxsize=16)
def _framework(folder: str) -> Shown:
    from obc.reports.contract_material import Terms
    from obc.reports.framework import framework_document

    contract = contract_in(folder)
    return Shown(framework_document(Terms(contract, partial(sentence_of, contract))))


@lru_cache(maxsize=64)
def _standing(folder: str, year: int, state: str, card: str | None, statement: str | None) -> Shown:
    from obc.reports.names import Names
    from obc.reports.standing import standing_document

    scored = submissions.scorecard_in(card) if card else None
    settled = submissions.statement_in(statement) if statement else None
    return Shown(standing_document(Names(contract_in(folder)), year, state, scored, settled))


@lru_cache(maxsize=32)
def _scorecard(card: str, values: str, folder: str, profile: str) -> Shown:
    from obc.reports.names import Names
    from obc.reports.scorecard import scorecard_document
    from obc.reports.scored import Scored

    contract, held = contract_in(folder), submissions.values_in_paper(values)
    publication = publication_of(contract, held, profile)
    scored = Scored.of(submissions.scorecard_in(card), Names(contract), held.values, publication)
    return shown(scorecard_document(scored))


@lru_cache(maxsize=32)
def _statement(paper: str, values: str, folder: str, profile: str) -> Shown:
    from obc.reports.statement import statement_document

    contract = contract_in(folder)
    publication = publication_of(contract, submissions.values_in_paper(values), profile)
    return shown(statement_document(submissions.statement_in(paper), contract, publication))


@lru_cache(maxsize=8)
def _statement_pdf(paper: str, folder: str) -> bytes:
    from obc.reports.pdf import pdf
    from obc.reports.statement import statement_document

    return pdf(statement_document(submissions.statement_in(paper), contract_in(folder)))


@lru_cache(maxsize=32)
def _published(values: str, folder: str, year: int, profile: str) -> tuple[PublishedValue, ...]:
    contract = contract_in(folder)
    period, held = contract.period(year), submissions.values_in_paper(values)
    own = tuple(one for one in held.values if one.period_start in period and one.period_end in period)
    return publish(contract, held.model_copy(update={"values": own}), profile)


@lru_cache(maxsize=16)
def _published_csv(values: str, folder: str, year: int, profile: str) -> bytes:
    from obc.reports.exports.material import Material
    from obc.reports.exports.tidy import tidy_csv

    return tidy_csv(Material(contract_in(folder), _published(values, folder, year, profile), PROFILES[profile]))


@lru_cache(maxsize=16)
def _public(folder: str, years: tuple[_Year, ...], profile: str) -> Shown:
    from obc.domain.outcomes.publication.publication import Publication
    from obc.reports.names import Names
    from obc.reports.public import PublishedYear, public_document

    shown = [
        PublishedYear(
            id_,
            year,
            _published(values, under, year, profile),
            submissions.statement_in(statement) if statement else None,
            submissions.scorecard_in(card) if card else None,
            corrected,
        )
        for id_, year, values, under, statement, card, corrected in years
    ]
    return Shown(public_document(Names(contract_in(folder)), shown, Publication(PROFILES[profile])))


def shown(document: "Document") -> Shown:
    """A document as the body of a page."""
    return Shown(document)
