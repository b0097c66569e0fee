"""Settled: one party's year in money, as sentences, tables and pictures."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from obc.domain.money.settlement.ledger import Entry, balances
from obc.domain.money.settlement.lines import RESIDUAL
from obc.domain.money.settlement.statement import Account
from obc.reports.charts.chart import Chart
from obc.reports.charts.money_flow import Flow, money_flow
from obc.reports.charts.waterfall import Fall, waterfall
from obc.reports.names import Names
from obc.reports.table import Cell, Column, Table
from obc.reports.wording import capital, day, listed, money_in_words, percent

MOST_TOLD = 8
"""Flows of money that a sentence names one by one."""

_AMOUNTS = (
    ("pot_minor", "Pot"),
    ("earned_minor", "Earned"),
    ("unearned_minor", "Not earned"),
    ("payable_minor", "Due"),
)


@dataclass(frozen=True, slots=True)
class Settled:
    """A settlement with the names of its accounts."""

    account: Account
    names: Names

    @property
    def key(self) -> str:
        """Unique among settlements, for ids and file names."""
        return f"year-{self.account.year}-{self.account.party}".replace(" ", "-")

    @property
    def party(self) -> str:
        """The party's name."""
        return self.names.account(self.account.party)

    @property
    def currency(self) -> str:
        """The contract's currency."""
        return self.names.contract.agreement.currency

    @property
    def known(self) -> bool:
        """Whether anything is known to be due."""
        return self.account.earned_minor is not None

    @property
    def has_pot(self) -> bool:
        """Whether there is a pot to earn from, rather than an amount that is simply due."""
        return any(step.primitive == "pool" for step in self.account.steps)

    @property
    def headline(self) -> str:
        """What came of the year, in one sentence."""
        done, year = self.account, self.account.year
        if done.earned_minor is None or done.pot_minor is None or done.payable_minor is None:
            return f"{self.party}: nothing is known to be due for year {year}; the evidence is {done.evidence.value}."
        if not self.has_pot:
            if done.payable_minor < 0:
                return f"{self.party} owes {self._said(-done.payable_minor)} for year {year}."
            return f"{self.party} is due {self._said(done.payable_minor)} for year {year}."
        share = f" ({percent(Fraction(done.earned_minor, done.pot_minor))})" if done.pot_minor else ""
        earned, pot = self._said(done.earned_minor), self._said(done.pot_minor)
        return f"{self.party} earned {earned} of {pot}{share} in year {year}."

    @property
    def unearned_sentence(self) -> str:
        """Where the money went that was not earned."""
        held = self.account.held_minor
        waits = f" {self._said(held)} waits until the parties agree on what is in dispute." if held else ""
        if not self.account.unearned_minor:
            return f"Nothing was left unearned.{waits}"
        parts = [f"{self._said(amount)} to {account}" for account, amount in self.unearned]
        return f"{self._said(self.account.unearned_minor)} was not earned: {listed(parts)}.{waits}"

    @property
    def unearned(self) -> tuple[tuple[str, int], ...]:
        """Where unearned money went, by name, with the amount."""
        gone: dict[str, int] = {}
        for entry in self.account.entries:
            if entry.reason.startswith(RESIDUAL):
                name = self.names.account(entry.debit)
                gone[name] = gone.get(name, 0) + entry.amount_minor
        return tuple(gone.items())

    @property
    def earned_by(self) -> tuple[tuple[str, int], ...]:
        """What was earned, by outcome where points were paid for."""
        parts = tuple((part.title, part.earned_minor) for part in self.account.earned_by)
        return parts or (("Earned", self.account.earned_minor or 0),)

    def earned_of(self, outcome: str) -> int | None:
        """What an outcome brought in; None where money does not hang on points."""
        return next((part.earned_minor for part in self.account.earned_by if part.id == outcome), None)

    def chart_of_pot(self) -> Chart:
        """The waterfall: the pot, what each outcome earned of it, where the rest went."""
        done = self.account
        falls = [Fall(f"Pot for year {done.year}", done.pot_minor or 0, "pot")]
        falls += [Fall(title, amount, "earned") for title, amount in self.earned_by]
        falls += [Fall(f"Not earned: {capital(account)}", amount, "not earned") for account, amount in self.unearned]
        if done.held_minor:
            falls.append(Fall("Held in dispute", done.held_minor, "not earned"))
        most = max(self.earned_by, key=lambda part: part[1])
        sentence = (
            f"The pot of {self._said(done.pot_minor or 0)} from top to bottom. "
            + (f"{capital(most[0])} brought in most: {self._said(most[1])}. " if most[1] else "Nothing was earned. ")
            + self.unearned_sentence
        )
        return waterfall(f"pot-{self.key}", self.headline.removesuffix("."), sentence, falls, self.currency)

    def chart_of_flow(self) -> Chart:
        """Who paid whom, all entries between two accounts taken together."""
        flows = self._flows()
        title = f"Who paid whom for year {self.account.year}"
        return money_flow(f"flow-{self.key}", title, self._flow_sentence(flows), flows, self.currency)

    def _flows(self) -> list[Flow]:
        """One flow between two accounts, the way that most money goes."""
        moved: dict[tuple[str, str], tuple[int, list[str]]] = {}
        for entry in self.account.entries:
            way, sign = (entry.credit, entry.debit), 1
            if way[::-1] in moved:
                way, sign = way[::-1], -1
            amount, reasons = moved.get(way, (0, []))
            moved[way] = amount + sign * entry.amount_minor, [*reasons, entry.reason]
        name = self.names.account
        flows = []
        for (source, target), (amount, reasons) in moved.items():
            ends = (target, source) if amount < 0 else (source, target)
            flows.append(Flow(name(ends[0]), name(ends[1]), abs(amount), "; ".join(dict.fromkeys(reasons))))
        return flows

    def _flow_sentence(self, flows: list[Flow]) -> str:
        """All flows where they are few; else who pays, what the party gets, and how much goes on to how many."""
        if len(flows) <= MOST_TOLD:
            return f"{'; '.join(f'{one.source} to {one.target}: {self._said(one.amount_minor)}' for one in flows)}."
        targets = {flow.target for flow in flows}
        paying = {flow.source: 0 for flow in flows if flow.source not in targets}
        for flow in flows:
            if flow.source in paying:
                paying[flow.source] += flow.amount_minor
        paid = listed([f"{source} pays {self._said(amount)}" for source, amount in paying.items()])
        came = sum(flow.amount_minor for flow in flows if flow.target == self.party)
        going = [flow for flow in flows if flow.source == self.party]
        most = max(going, key=lambda flow: flow.amount_minor, default=None)
        on = f" and {self._said(sum(flow.amount_minor for flow in going))} goes on from it to {len(going)} accounts"
        told = f"{on}, most to {most.target}: {self._said(most.amount_minor)}" if most else ""
        return f"{paid}. {self._said(came)} reaches {self.party}{told}."

    def entries_table(self) -> Table:
        """The ledger entries: what moved, from where, to where, why, when; equal instalments in one row."""
        caption = f"Ledger entries for year {self.account.year}"
        return entries_table(self.account.entries, self.names, caption, together=True)

    def balances_table(self) -> Table:
        """What each account received less what it gave; together nothing."""
        rows = [(self.names.account(account), amount) for account, amount in balances(self.account.entries).items()]
        return Table(
            caption=f"What each account has after year {self.account.year}, from these entries",
            columns=(Column("Account"), Column("Received less given", "money")),
            rows=tuple(rows),
            total=("Together", sum(amount for _, amount in rows)),
            currency=self.currency,
        )

    def _said(self, minor: int) -> str:
        return money_in_words(minor, self.currency)


def settlements_table(settled: Iterable[Settled], caption: str) -> Table:
    """One row a settlement, with the pot where there is one; amounts that are not known say so."""
    shown = list(settled)
    pots = any(one.has_pot for one in shown)
    amounts = _AMOUNTS if pots else _AMOUNTS[-1:]
    rows: list[tuple[Cell, ...]] = []
    for one in shown:
        found = (getattr(one.account, field) for field, _ in amounts)
        known = tuple("not known" if amount is None else amount for amount in found)
        rows.append((one.party, f"year {one.account.year}", *known, one.account.evidence.value))
    sums = tuple(sum(getattr(one.account, field) or 0 for one in shown) for field, _ in amounts)
    return Table(
        caption=caption,
        columns=(
            Column("Party"),
            Column("Year"),
            *(Column(heading, "money") for _, heading in amounts),
            Column("Evidence"),
        ),
        rows=tuple(rows),
        total=("Together", "", *sums, ""),
        currency=shown[0].currency,
    )


def entries_table(entries: Iterable[Entry], names: Names, caption: str, together: bool = False) -> Table:
    """Double entry: each amount leaves one account (credit) and reaches another (debit).

    `together`: instalments between two accounts in one row, with their number and days.
    """
    runs: dict[tuple[object, ...], list[Entry]] = {}
    for i, entry in enumerate(entries):
        alike = (entry.party, entry.year, entry.line, entry.credit, entry.debit, entry.reason)
        runs.setdefault(alike if together and entry.due else (i,), []).append(entry)
    rows: list[tuple[Cell, ...]] = [
        (
            str(i),
            names.account(run[0].credit),
            names.account(run[0].debit),
            run[0].reason,
            _when(run),
            sum(entry.amount_minor for entry in run),
        )
        for i, run in enumerate(runs.values(), 1)
    ]
    return Table(
        caption=caption,
        columns=(
            Column("Entry"),
            Column("From (credit)"),
            Column("To (debit)"),
            Column("Why"),
            Column("When"),
            Column("Amount", "money"),
        ),
        rows=tuple(rows),
        total=("Sum", "", "", "", "", sum(int(row[-1]) for row in rows)),
        currency=names.contract.agreement.currency,
    )


def _when(run: list[Entry]) -> str:
    days = [entry.due for entry in run if entry.due]
    if not days:
        return ""
    return day(days[0]) if len(days) == 1 else f"{len(days)} times, {day(min(days))} to {day(max(days))}"
