"""The statement as a document for people: who earned what, why, where the rest went, and how to check it."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from obc.domain.contract.agreement.contract import Contract
from obc.domain.money.payment.trace import TraceLine
from obc.domain.money.settlement.statement import Statement, statement_hash
from obc.domain.outcomes.publication.publication import FOR_PARTIES, Publication
from obc.reports.document import (
    Block,
    Code,
    Document,
    Fact,
    Facts,
    Grid,
    Items,
    Note,
    Paragraph,
    Picture,
    Section,
    Strong,
    Words,
)
from obc.reports.filing import file_all
from obc.reports.illustrative import illustrative_table
from obc.reports.lines import lines_section, lines_sentence
from obc.reports.names import Names
from obc.reports.one_pound import way_of_one_pound
from obc.reports.page import page
from obc.reports.pdf import pdf
from obc.reports.scorecard import FOOT, POINTS_EXPLAINED, outcome_section, points_chart
from obc.reports.scored import Scored, another_version, level_of
from obc.reports.settled import Settled, settlements_table
from obc.reports.table import Cell, Column, Table
from obc.reports.withheld import circumstances_sections
from obc.reports.wording import capital, listed, money_in_words, months, percent, plural

MOST_IN_FULL = 24
"""With more settlements than these, the document lists them all and shows the working of the largest payment."""


def write_statement(
    statement: Statement, contract: Contract, folder: Path, publication: Publication = FOR_PARTIES
) -> tuple[Path, ...]:
    """Write `statement.html` and `statement.pdf` into `folder`; returns the paths in that order.

    The signed document itself is `statement.document`; whoever signs it writes it. Raises `Problems` where the
    statement was made under another version of the contract.
    """
    document = statement_document(statement, contract, publication)
    return file_all(folder, {"statement.html": page(document), "statement.pdf": pdf(document)})


def statement_document(statement: Statement, contract: Contract, publication: Publication = FOR_PARTIES) -> Document:
    """What the statement says, for people. Raises `Problems` where it was made under another contract."""
    if statement.contract_hash != contract.hash:
        raise another_version("statement", f"a statement of the contract with the hash {statement.contract_hash}")
    names = Names(contract)
    settled = [Settled(account, names) for account in statement.settlements]
    full = settled
    if len(settled) > MOST_IN_FULL:
        full = [max(settled, key=lambda one: one.account.payable_minor or 0)]
    years = sorted({one.account.year for one in settled})
    span = f"Year {years[0]}" if len(years) == 1 else f"Years {years[0]} to {years[-1]}"
    blocks: list[Block] = [Paragraph(words, lead=True) for words in _headlines(settled)]
    blocks.append(_in_short(settled))
    if len(full) < len(settled):
        others = f"The working of all {len(settled):,} is in the signed document; here is that of the largest payment."
        blocks.append(Note("One settlement in full", (others,)))
    blocks += [_year(one, publication) for one in full]
    blocks += [_verifying(statement), *_about(contract, publication), _hashes(statement)]
    return Document(
        title=f"Statement: {statement.contract_title}",
        subtitle=f"{span} · amounts in {statement.currency}",
        blocks=tuple(blocks),
        foot=FOOT,
    )


def _headlines(settled: list[Settled]) -> Iterator[Words]:
    if len(settled) <= MOST_IN_FULL:
        for one in settled:
            rest = f" {one.unearned_sentence}" if one.has_pot and one.known else ""
            several = sum(step.primitive == "settle" for step in one.account.steps) > 1
            in_all = f" {lines_sentence(one)}" if several and one.has_pot and one.known else ""
            yield (Strong(one.headline), f"{rest}{in_all}")
        return
    due = [one.account.payable_minor for one in settled]
    paid, owed = [amount for amount in due if (amount or 0) > 0], [-amount for amount in due if (amount or 0) < 0]
    parts = [
        f"{len(paid):,} pay the party, together {money_in_words(sum(paid), settled[0].currency)}",
        f"{len(owed):,} are owed by it, together {money_in_words(sum(owed), settled[0].currency)}",
        f"{due.count(0):,} move nothing",
        f"{due.count(None):,} are not known",
    ]
    yield (Strong(plural(len(settled), "settlement")), f": {listed(parts)}.")


def _in_short(settled: list[Settled]) -> Section:
    table = settlements_table(settled, "What each party earned, year by year")
    return Section("In short", "in-short", (Grid(table),))


def _year(one: Settled, publication: Publication) -> Section:
    account, contract = one.account, one.names.contract
    blocks: list[Block] = [Facts(_facts(one))]
    if one.has_pot and one.known:
        blocks.append(Picture(one.chart_of_pot()))
    if account.scorecard and contract.framework:
        scored = Scored.of(account.scorecard, one.names, account.values, publication)
        blocks += [*_scored(one, scored)]
    elif one.known and publication.exact:
        blocks.append(Grid(_inputs_table(one)))
    if one.has_pot and one.known and account.entries:
        blocks.append(_unearned(one))
    blocks += circumstances_sections(one)
    if account.entries or account.unsettled:
        blocks.append(lines_section(one))
    if account.entries:
        blocks.append(_ledger(one))
    if publication.exact or account.scorecard:
        blocks.append(_steps(one))
    when = contract.period(account.year) if account.year in contract.years else None
    span = f" ({months(when.start, when.end)})" if when else ""
    return Section(f"Year {account.year}{span}: {one.party}", one.key, tuple(blocks))


def _facts(one: Settled) -> tuple[Fact, ...]:
    account, currency = one.account, one.currency
    if account.payable_minor is None:
        return (Fact("Due", "not known", f"the evidence is {account.evidence.value}"),)
    facts = []
    if one.has_pot and account.pot_minor is not None and account.earned_minor is not None:
        share = percent(Fraction(account.earned_minor, account.pot_minor)) if account.pot_minor else ""
        facts = [
            Fact("Pot", money_in_words(account.pot_minor, currency), "could be earned"),
            Fact("Earned", money_in_words(account.earned_minor, currency), f"{share} of the pot" if share else ""),
            Fact("Not earned", money_in_words(account.unearned_minor or 0, currency), "goes elsewhere, see below"),
        ]
    owed = account.payable_minor < 0
    due = Fact(
        "Owed by the party" if owed else "Due to the party",
        money_in_words(abs(account.payable_minor), currency),
        f"on {account.evidence.value} evidence",
    )
    if not account.passed_on_minor:
        return (*facts, due)
    passed = money_in_words(account.passed_on_minor, currency)
    return (*facts, due, Fact("Passed on", passed, "to those it contracts with"))


def _scored(one: Settled, scored: Scored) -> Iterator[Block]:
    key = one.key
    yield Section(
        "What each outcome earned",
        f"outcomes-{key}",
        (
            Grid(_pounds_table(one, scored)),
            Picture(points_chart(scored, f"points-{key}")),
            Paragraph((POINTS_EXPLAINED,)),
        ),
    )
    for outcome in scored.card.outcomes:
        earned = one.earned_of(outcome.id)
        money = "" if not earned else f"That is {money_in_words(earned, one.currency)}."
        yield outcome_section(scored, outcome, f"{outcome.id}-{key}", money)
    way = way_of_one_pound(one, scored)
    if way:
        yield way


def _pounds_table(one: Settled, scored: Scored) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for outcome in scored.card.outcomes:
        earned = one.earned_of(outcome.id)
        figures = (outcome.points_available, outcome.points_earned, level_of(outcome), outcome.evidence.value)
        rows.append((outcome.title, *figures, 0 if earned is None else earned))
    for extra in scored.card.additional:
        reached = "reached" if extra.reached else "not reached"
        figures = (extra.points_available, extra.points_earned, reached, extra.evidence.value)
        rows.append((extra.title, *figures, one.earned_of(extra.id) or 0))
    card = scored.card
    return Table(
        caption=f"Outcomes in year {card.year}: points and money",
        columns=(
            Column("Outcome"),
            Column("Points available", "points"),
            Column("Points earned", "points"),
            Column("Level"),
            Column("Evidence"),
            Column("Earned", "money"),
        ),
        rows=tuple(rows),
        total=(
            "Together",
            card.points_available,
            card.points_earned,
            "",
            card.evidence.value,
            one.account.earned_minor or 0,
        ),
        currency=one.currency,
    )


def _inputs_table(one: Settled) -> Table:
    return Table(
        caption=f"What the settlement of year {one.account.year} was worked out from",
        columns=(Column("Figure"), Column("Value", "number", 4), Column("Evidence")),
        rows=tuple(
            (capital(given.name), "missing" if given.value is None else given.value, given.evidence.value)
            for given in one.account.inputs
        ),
    )


def _unearned(one: Settled) -> Section:
    return Section(
        "Where the money goes that was not earned",
        f"unearned-{one.key}",
        (Paragraph((one.unearned_sentence,)),),
    )


def _ledger(one: Settled) -> Section:
    opening = (
        "Double entry: each amount leaves one account and reaches another. What all accounts received, less what "
        "they gave, is nothing. Instalments between two accounts stand in one row; ledger.csv has each of them."
    )
    return Section(
        "Ledger",
        f"ledger-{one.key}",
        (Paragraph((opening,)), Grid(one.entries_table()), Grid(one.balances_table())),
    )


def _steps(one: Settled) -> Section:
    opening = "The contract's payment mechanism, step by step and in its order, with the figures of this settlement."
    return Section(
        "How the money was worked out",
        f"steps-{one.key}",
        (Paragraph((opening,)), Items(tuple(_step(line) for line in one.account.steps), ordered=True)),
    )


def _step(line: TraceLine) -> Words:
    source = f" Source: {line.source}." if line.source else ""
    return (Strong(capital(line.name)), f": {line.sentence.removeprefix(f'{line.name} = ')}.{source}")


def _verifying(statement: Statement) -> Section:
    signed = ": it checks the signatures against the keys in the contract, and that the figures add up. No network."
    again = settled_again(statement)
    entries: tuple[Words, ...] = (
        ("Run ", Code("obc verify statement.json"), signed),
        ("Work it out again: ", Code(again), ". The same contract and values give the same statement, byte for byte."),
        ("Compare the hashes below: one changed byte in contract, values, records or definitions changes its hash.",),
    )
    return Section("How to check this statement", "verify", (Items(entries, ordered=True),))


def _about(contract: Contract, publication: Publication) -> Iterator[Section]:
    yield Section("Small numbers", "small-numbers", (Note("What is shown", (publication.says,)),))
    table = illustrative_table(contract)
    if table.rows:
        opening = "These terms are examples, because no source gives them. The parties would have to agree them."
        yield Section("What is illustrative", "illustrative", (Paragraph((opening,)), Grid(table)))


def settled_again(statement: Statement) -> str:
    """The command that settles anew what a statement settles."""
    return f"obc settle {statement.contract} --values FILE{' --returns FILE' if statement.returns_hash else ''}"


def _hashes(statement: Statement) -> Section:
    none = "not measured here"
    rows: list[tuple[Cell, ...]] = [
        ("This statement", statement_hash(statement.document)),
        ("Contract", statement.contract_hash),
        ("Indicator values", statement.values_hash),
        *([("Returns", statement.returns_hash)] if statement.returns_hash else []),
        ("Records", statement.records_hash or none),
        ("Definitions, all together", statement.definitions_hash or none),
        ("Code", statement.code_version),
    ]
    rows += [(f"Definition of {one.indicator}", one.hash) for one in statement.definitions]
    table = Table("Hashes", (Column("Of what"), Column("Hash or version")), tuple(rows))
    return Section("Appendix: what this statement rests on", "hashes", (Grid(table),))
