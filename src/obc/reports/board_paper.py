"""The board paper: what a governing body is asked to decide, on what, in a few pages. Every figure is worked out."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.people import People
from obc.domain.programme.case_for_change.case import Case
from obc.domain.programme.case_for_change.case_file import CaseFile
from obc.domain.programme.engagement.change_file import ChangeFile, Readiness
from obc.domain.programme.engagement.engagement_file import EngagementFile
from obc.domain.programme.engagement.heard import Heard
from obc.reports.business_case_material import Material
from obc.reports.business_case_summary import against_best, headline, how_sure, key_facts
from obc.reports.communications import equality_blocks
from obc.reports.document import Block, Document, Grid, Items, Note, Paragraph, Section, Strong
from obc.reports.engagement_material import domains_table, missing_table, statements_table, tiers_table
from obc.reports.filing import file_all
from obc.reports.page import page
from obc.reports.pdf import pdf
from obc.reports.scorecard import FOOT
from obc.reports.table import Column, Table
from obc.reports.word import word
from obc.reports.wording import capital, day, listed, number, plural

STEM = "board-paper"


@dataclass(frozen=True)
class Matter:
    """What a board paper is written from."""

    material: Material
    heard: Heard
    engagement: EngagementFile
    readiness: Readiness
    change: ChangeFile
    people: People

    @property
    def outcomes(self) -> dict[str, str]:
        """Title by id."""
        framework = self.material.contract.framework
        return {one.id: one.title for one in framework.outcomes} if framework else {}


def board_paper(matter: Matter) -> Document:
    """Purpose, decision sought, money, outcomes, engagement, equality, what is open."""
    paper = matter.change.paper
    author, lead = (matter.people.named(name).name for name in (paper.author, paper.clinical_lead))
    asked = matter.material.file.decision
    of = f" · for the decision of {asked.of}" if asked else ""
    by = f" · by {day(asked.by)}" if asked and asked.by else ""
    blocks: tuple[Block, ...] = (
        Paragraph((paper.purpose,), lead=True),
        Paragraph((Strong("Author: "), f"{author}.  ", Strong("Clinical lead: "), f"{lead}.")),
        _decision(matter),
        _money(matter),
        _outcomes(matter),
        _engagement(matter),
        Section("Equality", "equality", equality_blocks(matter.readiness.equality)),
        _open(matter),
    )
    subtitle = f"Paper as of {day(matter.heard.on)}{of}{by}"
    return Document(f"Decision paper: {matter.material.case.title}", subtitle, blocks, FOOT)


def write_board_paper(
    case: Case,
    contract: Contract,
    file: CaseFile | None,
    heard: Heard,
    engagement: EngagementFile,
    readiness: Readiness,
    change: ChangeFile,
    people: People,
    folder: Path,
) -> tuple[Path, ...]:
    """Write `board-paper` as .html, .pdf and .docx; returns the paths."""
    material = Material(case, contract, file or CaseFile())
    document = board_paper(Matter(material, heard, engagement, readiness, change, people))
    contents = {
        f"{STEM}.html": page(document),
        f"{STEM}.pdf": pdf(document),
        f"{STEM}.docx": word(document),
    }
    return file_all(folder, contents)


def _decision(matter: Matter) -> Section:
    recommends = Items(tuple((capital(one) + ".",) for one in matter.change.paper.recommends), ordered=True)
    blocks: list[Block] = []
    asked = matter.material.file.decision
    if asked:
        of = f"{asked.of}," if "," in asked.of else asked.of
        blocks.append(Paragraph((f"{capital(of)} is asked {asked.asks}.",)))
    blocks += [Paragraph(("It is recommended to",)), recommends]
    questions = matter.material.case.questions
    if questions.questions:
        partly = [one.asks for one in questions.questions if one.answer == "partly"]
        unanswered = [one.asks for one in questions.questions if one.answer in ("no", "open")]
        asked_before = plural(len(questions.questions), "question")
        said = f"Of {asked_before} before this step, {questions.answered_yes} are answered yes"
        said += f"; in part: {listed(partly)}" if partly else ""
        said += f"; no or open: {listed(unanswered)}" if unanswered else ""
        blocks.append(Paragraph((f"{said.rstrip('?')}.",)))
    return Section("Decision sought", "decision", tuple(blocks))


def _money(matter: Matter) -> Section:
    material = matter.material
    one = material.option("outcomes based")
    blocks: list[Block] = [Paragraph((Strong(headline(material)),))]
    if one.dearer_in:
        blocks.append(Paragraph((f"It is the dearer of the two in {listed(list(one.dearer_in))}.",)))
    blocks += [key_facts(material), Grid(against_best(material))]
    sure = how_sure(material)
    if sure:
        blocks.append(Paragraph((sure,)))
    blocks += _amounts(material)
    return Section("Financial implications", "money", tuple(blocks))


def _amounts(material: Material) -> Iterator[Block]:
    """The amounts that the payment mechanism works with."""
    mechanism = material.contract.mechanism
    lines = []
    for figure in mechanism.figures if mechanism else ():
        if figure.unit == "money":
            amounts = [
                f"{material.millions(int(entry.value * 100))}{f' from year {entry.from_}' if entry.from_ else ''}"
                for entry in figure.is_.history
            ]
            lines.append((f"{capital(figure.figure)}: {', then '.join(amounts)}.",))
    if lines:
        yield Paragraph(("The amounts in the contract's payment terms:",))
        yield Items(tuple(lines))


def _outcomes(matter: Matter) -> Section:
    framework = matter.material.contract.framework
    rows = tuple(
        (one.title, one.goal, number(one.points.history[-1].value), str(len(one.indicators)))
        for one in (framework.outcomes if framework else ())
    )
    columns = (Column("Outcome"), Column("Goal"), Column("Points", "number"), Column("Indicators", "number"))
    blocks: list[Block] = [
        Paragraph(("The outcomes stay as they are for the whole term; indicators may change with what is learned.",)),
        Grid(Table("Outcomes and what they are worth", columns, rows)),
    ]
    for national in matter.engagement.frameworks:
        if national.domains:
            blocks.append(Grid(domains_table(national, matter.engagement, matter.outcomes)))
    blocks.append(Grid(tiers_table(matter.heard, matter.outcomes)))
    return Section("Outcome domains", "outcomes", tuple(blocks))


def _engagement(matter: Matter) -> Section:
    numbers, way = matter.heard.numbers, matter.heard.development
    done = listed([f"{count} {kind}" for kind, count in way.counts if count])
    waiting = sum(one.answer is None for one in matter.heard.findings)
    counted = numbers.held - len(numbers.uncounted)
    said = (
        f"{plural(numbers.held, 'event')} were held; {numbers.invited:,} people were invited to those that counted "
        f"invitations, and {numbers.took_part:,} took part in the {counted} that counted them. "
        f"{plural(len(matter.heard.findings), 'finding')} came of it, {waiting} of them without an answer yet. From "
        f"{plural(way.proposed, 'outcome')} first proposed came {way.now}: {done}."
    )
    blocks: list[Block] = [Paragraph((said,)), Grid(statements_table(matter.heard, matter.engagement))]
    if matter.heard.unendorsed:
        against = " ".join(f"{one.where}: {one.found}." for one in matter.heard.unendorsed)
        blocks.append(Note("Not endorsed", (f"These outcomes pass no gate. {against}",)))
    return Section("Engagement", "engagement", tuple(blocks))


def _open(matter: Matter) -> Section:
    missing = (*matter.heard.missing, *matter.readiness.missing)
    if not missing:
        return Section("What is open", "open", (Paragraph(("Nothing is open.",)),))
    said = "Whoever decides should know what is not there."
    return Section("What is open", "open", (Paragraph((said,)), Grid(missing_table(missing))))
