"""The particulars: who contracts with whom, in which form, for how long, and what is passed on below."""

from obc.domain.core.kernel.rate import spelled
from obc.reports.contract_material import Material, source_of
from obc.reports.document import Block, Code, Fact, Facts, Grid, Items, Note, Paragraph, Section, Strong, Words
from obc.reports.table import Column, Table
from obc.reports.wording import capital, day, listed, plural

_FORMS = {
    "lead provider": "One provider holds the contract and has back-to-back contracts with the others.",
    "alliance": "All providers sign one contract and share one fate: each gains or loses with all.",
    "consortium": "The providers form one body, which holds the contract.",
    "specialist integrator": "A body that provides no care itself holds the contract and contracts with those who do.",
    "single provider": "One provider holds the contract and provides all of the care.",
}


def particulars(material: Material) -> Section:
    """Section 1: form, term, parties, signatories."""
    agreement = material.contract.agreement
    term = agreement.term
    extension = f" + {term.extension.years}" if term.extension.years else ""
    facts = Facts(
        (
            Fact("Form", capital(agreement.structure), plural(len(agreement.providers), "provider")),
            Fact("Term", f"{term.years.years}{extension} years", f"from {day(term.start)}"),
            Fact("Conditions", f"{material.readiness.holding} of {len(material.readiness.conditions)}", "hold"),
        )
    )
    blocks: list[Block] = [facts, Paragraph((_FORMS[agreement.structure],))]
    blocks += [Grid(_parties(material)), _term(material)]
    if agreement.signatories:
        blocks.append(_signatories(material))
    return Section("Particulars", "particulars", tuple(blocks))


def _parties(material: Material) -> Table:
    agreement = material.contract.agreement
    holder = agreement.holder
    rows = [(one.name, "commissioner", one.code or "–", source_of(one.source)) for one in agreement.commissioners]
    rows += [
        (
            one.name,
            f"{one.role}{', holds the contract' if one is holder else ''}",
            one.code or "–",
            source_of(one.source),
        )
        for one in agreement.providers
    ]
    return Table("The parties", (Column("Party"), Column("Role"), Column("Code"), Column("Source")), tuple(rows))


def _term(material: Material) -> Section:
    term = material.contract.agreement.term
    last = term.year(term.agreed_years[-1])
    lines: list[Words] = [(f"The contract runs from {day(term.start)} to {day(last.end)}.",)]
    if term.extension.years:
        end, more = term.year(term.possible_years[-1]).end, plural(term.extension.years, "year")
        lines.append((f"It may be extended by up to {more}, to {day(end)}, if all parties agree.",))
    for clause in term.breaks:
        who = {"any party": "Any party", "commissioners": "The commissioners", "providers": "The providers"}[clause.by]
        lines.append(
            (
                f"{who} may end it after year {clause.after}, with notice of {clause.notice}: by "
                f"{day(term.notice_by(clause))} at the latest. Source: {clause.source}.",
            )
        )
    calendar = material.contract.agreement.calendar
    if calendar:
        lines.append(
            (
                f"Records of a year still count for {calendar.run_out} after it; the balance is paid "
                f"{calendar.balance_paid} after it.",
            )
        )
    return Section("Term and breaks", "term", (Items(tuple(lines)),))


def _signatories(material: Material) -> Section:
    lines: tuple[Words, ...] = tuple(
        (f"{material.names.account(one.party)}, {one.office}: ", Code(one.public_key))
        for one in material.contract.agreement.signatories
    )
    opening = "Statements are signed with these keys (Ed25519); anybody can check a signature against them."
    return Section("Who signs", "signatories", (Paragraph((opening,)), Items(lines)))


def below(material: Material) -> Section | None:
    """The contracts below this one: what every material subcontract repeats, and each partner's share."""
    schedules, mechanism = material.contract.schedules, material.contract.mechanism
    links = mechanism.links if mechanism else ()
    terms = schedules.passed_on if schedules else ()
    if not links and not terms:
        return None
    blocks: list[Block] = []
    if terms:
        rows = tuple((one.term, one.why, source_of(one.source)) for one in terms)
        columns = (Column("What every material subcontract repeats"), Column("Why"), Column("Source"))
        blocks.append(Grid(Table("Terms that are passed on", columns, rows)))
    if links:
        given = tuple(
            (
                material.names.account(link.from_),
                material.names.account(link.to),
                ", then ".join(f"{float(entry.value):.2%}" for entry in link.share.history),
                listed([capital(step) for step in link.of]) if link.of else "all payments",
                source_of(link.source),
            )
            for link in links
        )
        heads = (Column("From"), Column("To"), Column("Share"), Column("Of"), Column("Source"))
        blocks.append(Grid(Table("What is passed on of each payment", heads, given)))
        kept = 1 - sum(link.share.history[-1].value for link in links if link.from_ == links[0].from_)
        said = f"{material.names.account(links[0].from_)} keeps {spelled(round(kept * 100, 2))} % for its own services."
        blocks.append(Note("To the penny", (said, " What has to be given back is given back in the same shares.")))
    return Section("Back-to-back contracts", "back-to-back", tuple(blocks))


def signatures(material: Material) -> Section:
    """The last page: where the parties sign."""
    rows = tuple(
        (material.names.account(one.party), one.office, "", "") for one in material.contract.agreement.signatories
    )
    blocks: list[Block] = [
        Paragraph(
            (
                "By signing, the parties agree to the version of the contract that has the hash ",
                Strong(material.contract.hash),
                ". One changed term changes the hash.",
            )
        )
    ]
    if rows:
        blocks.append(
            Grid(Table("Signed", (Column("For"), Column("Office"), Column("Name and signature"), Column("Date")), rows))
        )
    return Section("Signatures", "signatures", tuple(blocks))
