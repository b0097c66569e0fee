"""Section 8: commercial terms: the contract, the capitated budget, what is left for providers."""

from obc.domain.core.kernel.money import written
from obc.domain.money.finance.amount import thousands
from obc.domain.money.finance.capitation import CapitatedBudget
from obc.reports.business_case_material import Material
from obc.reports.document import Block, Grid, Items, Paragraph, Section, Words
from obc.reports.table import Column, Table
from obc.reports.wording import capital, day, number, percent, plural


def terms(material: Material) -> Section:
    """The contract's form, its budget and its margins."""
    blocks: list[Block] = [Items(tuple(_form(material)))]
    if material.case.capitation:
        blocks.append(_capitation(material, material.case.capitation))
    if material.case.providers:
        blocks.append(_margins(material))
    return Section("Commercial terms and contract", "terms", tuple(blocks))


def _form(material: Material) -> list[Words]:
    agreement = material.contract.agreement
    term = agreement.term
    lines: list[Words] = [
        (f"Structure: {agreement.structure}; {plural(len(agreement.providers), 'provider')}.",),
        (f"Term: {plural(term.years.years, 'year')} from {day(term.start)}.",),
    ]
    if term.extension.years:
        lines.append((f"It may be extended by up to {plural(term.extension.years, 'year')}.",))
    mechanism = material.contract.mechanism
    for figure in mechanism.figures if mechanism else ():
        if figure.unit == "money":
            said = "; ".join(
                f"{written(int(entry.value * 100), agreement.currency).removesuffix('.00')}"
                + (f" from year {entry.from_}" if entry.from_ else "")
                for entry in figure.is_.history
            )
            lines.append((f"{capital(figure.figure)}: {said}.",))
    return lines


def _capitation(material: Material, budget: CapitatedBudget) -> Section:
    currency = material.case.currency
    per_head = written(int(budget.rate_minor), currency)
    blocks: list[Block] = [
        Paragraph(
            (
                f"{budget.cohort}: {budget.people:,} people ({budget.counted}; counted the other way, "
                f"{budget.other_count_people:,}), weighted by age, sex, deprivation and need to "
                f"{number(budget.weighted_people)}. A weighted head gets {per_head} a year. People who join and leave "
                f"during the year count for the months they are there: {number(budget.in_year_person_years, 1)} "
                f"person-years, {material.millions(budget.in_year_minor)}.",
            )
        ),
        Grid(_areas(material, budget)),
        Grid(_years(material, budget)),
    ]
    if budget.segments:
        rows = tuple(
            (material.names.segment(one.segment), one.people, one.budget_minor, one.per_head_minor)
            for one in budget.segments
        )
        columns = (
            Column("Segment"),
            Column("People in care", "count"),
            Column("Budget", "money"),
            Column("Per head", "money"),
        )
        blocks.append(Grid(Table("Price per head by segment", columns, rows, currency=currency)))
    high = budget.high_cost
    if high:
        blocks.append(
            Paragraph(
                (
                    f"Of {plural(high.people, 'person', 'people')} with very high cost, {high.truncated_people} are "
                    f"above the truncation, which takes {material.millions(high.truncated_minor)} out of the base of "
                    f"prices and leaves {material.millions(budget.base_of_prices_minor)} to share out. "
                    f"Stop-loss moves {material.millions(high.borne_by_commissioner_minor)} of "
                    f"{material.millions(high.cost_minor)} to the commissioner.",
                )
            )
        )
    return Section("Capitated budget", "capitation", tuple(blocks))


def _areas(material: Material, budget: CapitatedBudget) -> Table:
    assert material.finance.capitation is not None
    titles = {area.area: area.title for area in material.finance.capitation.population.areas}
    rows = tuple(
        (
            titles[one.area],
            one.people,
            number(one.weighted_people),
            thousands(one.by_need_minor),
            thousands(one.by_heads_minor),
        )
        for one in budget.areas
    )
    total = (
        "Total",
        budget.people,
        number(budget.weighted_people),
        thousands(sum(one.by_need_minor for one in budget.areas)),
        thousands(sum(one.by_heads_minor for one in budget.areas)),
    )
    columns = (
        Column("Area"),
        Column("People", "count"),
        Column("Weighted", "number"),
        Column("By need", "number"),
        Column("By plain heads", "number"),
    )
    return Table(f"The budget by area ({material.unit})", columns, rows, total)


def _years(material: Material, budget: CapitatedBudget) -> Table:
    years = material.case.projection.years[1:]
    rows = tuple(
        (year, thousands(one.target_minor), thousands(one.budget_minor), percent(one.distance, 2))
        for year, one in zip(years, budget.years, strict=True)
    )
    columns = (Column("Year"), Column("Target", "number"), Column("Budget", "number"), Column("Distance from target"))
    caption = f"The budget on its way to its target, at the pace of change ({material.unit})"
    return Table(caption, columns, rows)


def _margins(material: Material) -> Section:
    view = material.case.providers
    assert view is not None
    last = material.case.projection.years[-1]
    rows = tuple(
        (
            percent(one.saving, 1),
            thousands(one.lead_income_minor),
            thousands(one.lead_margin_minor),
            thousands(one.subcontractors_income_minor),
            thousands(one.subcontractors_margin_minor),
        )
        for one in view.margins
        if one.year == last
    )
    columns = (
        Column("Saving"),
        Column("Lead: income", "number"),
        Column("Lead: margin", "number"),
        Column("Others: income", "number"),
        Column("Others: margin", "number"),
    )
    lead, subs = view.lead_breaks_even[-1], view.subcontractors_break_even[-1]
    said = (
        f"With the envelope as it is, in {last} the lead breaks even at a saving of {_even(lead)} of the grown cost, "
        f"subcontractors together at {_even(subs)}."
    )
    table = Table(f"Margins in {last}, by saving ({material.unit})", columns, rows)
    return Section("What is left for providers", "margins", (Paragraph((said,)), Grid(table)))


def _even(value: object) -> str:
    return "no saving at all" if value is None else percent(value)  # type: ignore[arg-type]
