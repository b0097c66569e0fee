"""How outcomes become money: the payment mechanism in words, withholding, and the finance behind it."""

from collections.abc import Sequence

from obc.domain.core.kernel.figure import Figure
from obc.domain.money.finance.amount import label
from obc.domain.money.payment.mechanism import Input, primitive
from obc.domain.money.payment.split import Share, shared_out
from obc.domain.money.payment.trace import said
from obc.domain.outcomes.scoring.step import Operand, Step
from obc.reports.contract_material import Material, source_of
from obc.reports.document import Block, Grid, Items, Note, Paragraph, Section, Strong, Words
from obc.reports.table import Cell, Column, Table
from obc.reports.wording import capital


def payment(material: Material) -> Section | None:
    """The mechanism, step by step and in its order."""
    mechanism = material.contract.mechanism
    if mechanism is None:
        return None
    opening = (
        "The steps are worked in this order. Nothing is rounded before a hurdle, and every rounding is named. The same "
        "rules, as the computer runs them, stand in payment.yaml."
    )
    blocks: list[Block] = [Paragraph((opening,))]
    if mechanism.inputs:
        rows = tuple((capital(one.input), _comes_from(one), one.means or "–") for one in mechanism.inputs)
        blocks.append(Grid(Table("What comes in", (Column("Figure"), Column("From"), Column("Means")), rows)))
    if mechanism.figures:
        agreed = tuple(
            (capital(one.figure), material.figure(one.is_, one.unit), _sources(one.is_, one.source))
            for one in mechanism.figures
        )
        blocks.append(Grid(Table("What was agreed", (Column("Figure"), Column("Value"), Column("Source")), agreed)))
    if mechanism.pooled_budgets:
        pools = tuple(
            (material.names.account(one.account), _shares(material, one.filled_by), source_of(one.source))
            for one in mechanism.pooled_budgets
        )
        blocks.append(Grid(Table("Pooled budgets", (Column("Budget"), Column("Filled by"), Column("Source")), pools)))
    steps = Items(tuple(_step(material, step) for step in mechanism.steps), ordered=True)
    blocks.append(Section("Step by step", "steps", (steps,)))
    if mechanism.withholding:
        clause = mechanism.withholding
        words = (
            f"Of what is due for a year at most {material.figure(clause.most, 'rate')} may be withheld, all sanctions "
            f"together, and only once both sides have agreed on the causes. What is lost for good goes to "
            f"{_shares(material, clause.retained_by)}. Source: {clause.source}."
        )
        blocks.append(Note("Withholding", (words,)))
    return Section("Payment mechanism", "payment", tuple(blocks))


def _comes_from(one: Input) -> str:
    if one.expectation:
        return f"the last review of the quality expectation '{one.expectation}'"
    return f"the indicator {one.indicator}" if one.indicator else one.from_


def _sources(figure: Figure, source: str | None) -> str:
    named = [entry.source for entry in figure.history if entry.source]
    return "; ".join(dict.fromkeys([*named, *([source] if source else [])])) or "–"


def _shares(material: Material, shares: Sequence[Share]) -> str:
    named = [
        one if one.title else one.model_copy(update={"title": material.names.account(one.account)}) for one in shares
    ]
    return shared_out(named)


def _step(material: Material, step: Step) -> Words:
    why = f" {capital(step.why)}." if step.why else ""
    source = f" Source: {step.source}." if step.source else ""
    return (Strong(capital(step.step)), f" ({primitive(step)}): {step.sentence(_told)}.{why}{source}")


def _told(operand: Operand) -> str:
    if operand.name:
        return operand.name
    entries = operand.fixed.history
    return ", then ".join(
        f"{said(entry.value)}{f' from year {entry.from_}' if entry.from_ is not None else ''}" for entry in entries
    )


def finance(material: Material) -> Section | None:
    """The services and budgets by scope, and the envelope."""
    given = material.contract.finance
    if given is None:
        return None
    currency = material.contract.agreement.currency
    rows: list[tuple[Cell, ...]] = []
    for service in given.services:
        if service.spent("in"):
            who = material.names.account(service.provider) if service.provider else "–"
            rows.append((service.title, who, service.spent("in"), source_of(service.source)))
    columns = (Column("Service"), Column("Provided by"), Column("In scope", "money"), Column("Source"))
    caption = f"Services in scope, as spent in {label(given.base_year)}"
    total = ("Together, before the source's rounding", "", sum(int(row[2]) for row in rows), "")
    table = Table(caption, columns, tuple(rows), total, currency=currency)
    later = [service.title for service in given.services if service.spent("later")]
    blocks: list[Block] = [Grid(table)]
    if later:
        blocks.append(Paragraph((f"To come in later, by a change of this contract: {', '.join(later)}.",)))
    return Section("Finance", "finance", tuple(blocks))
