"""Settled: one party's year in money, as sentences, tables and pictures."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from obc.domain.core.kernel.money import split
from obc.domain.money.payment.pool import Pool
from obc.domain.money.payment.settle import Settle
from obc.domain.money.settlement.ledger import Entry, balances
from obc.domain.money.settlement.settlement import Settlement
from obc.domain.outcomes.scoring.scorecard import Scorecard
from obc.reports.charts.chart import Chart
from obc.reports.charts.money_flow import Flow, money_flow
from obc.reports.charts.waterfall import Fall, waterfall
from obc.reports.names import Names
from obc.reports.table import Cell, Column, Table
from obc.reports.wording import capital, listed, money_in_words, percent


@dataclass(frozen=True, slots=True)
class Settled:
    """A settlement with the names of its accounts, and the scorecard that it was worked out from, if any."""

    settlement: Settlement
    names: Names
    card: Scorecard | None

    @property
    def key(self) -> str:
        """Unique among settlements, for ids and file names."""
        return f"year-{self.settlement.year}-{self.settlement.party}".replace(" ", "-")

    @property
    def party(self) -> str:
        """The party's name."""
        return self.names.account(self.settlement.party)

    @property
    def currency(self) -> str:
        """The contract's currency."""
        return self.names.contract.agreement.currency

    @property
    def known(self) -> bool:
        """Whether anything is known to be due."""
        return self.settlement.earned_minor is not None

    @property
    def has_pot(self) -> bool:
        """Whether there is a pot to earn from, rather than an amount that is simply due."""
        return bool(self._pools)

    @property
    def headline(self) -> str:
        """What came of the year, in one sentence."""
        done, year = self.settlement, self.settlement.year
        if done.earned_minor is None or done.pot_minor is None or done.payable_minor is None:
            return f"Nothing is known to be due to {self.party} for year {year}: the evidence is {done.evidence.value}."
        if not self.has_pot:
            if done.payable_minor < 0:
                return f"For year {year} {self.party} owes {self._said(-done.payable_minor)}."
            return f"For year {year} {self.party} is due {self._said(done.payable_minor)}."
        share = f" ({percent(Fraction(done.earned_minor, done.pot_minor))})" if done.pot_minor else ""
        return (
            f"In year {year} {self.party} earned {self._said(done.earned_minor)} "
            f"of {self._said(done.pot_minor)}{share}."
        )

    @property
    def unearned_sentence(self) -> str:
        """Where the money went that was not earned."""
        if not self.settlement.unearned_minor:
            return "Nothing was left unearned."
        parts = [f"{self._said(amount)} to {account}" for account, amount in self.unearned]
        return f"{self._said(self.settlement.unearned_minor)} was not earned: {listed(parts)}."

    @property
    def _pools(self) -> set[str]:
        mechanism = self.names.contract.mechanism
        return {step.step for step in mechanism.steps if isinstance(step, Pool)} if mechanism else set()

    @property
    def _earning(self) -> set[str]:
        """The reasons for which money leaves a pot because it was earned."""
        mechanism = self.names.contract.mechanism
        return {step.reason for step in mechanism.steps if isinstance(step, Settle)} if mechanism else set()

    @property
    def unearned(self) -> tuple[tuple[str, int], ...]:
        """Where unearned money went, by name, with the amount."""
        gone: dict[str, int] = {}
        for entry in self.settlement.entries:
            if entry.credit in self._pools and entry.reason not in self._earning:
                name = self.names.account(entry.debit)
                gone[name] = gone.get(name, 0) + entry.amount_minor
        return tuple(gone.items())

    @property
    def by_points(self) -> bool:
        """Whether the mechanism pays for points, so that each outcome has its part of what was earned."""
        mechanism = self.names.contract.mechanism
        return bool(
            self.card and mechanism and self.has_pot and any(item.from_ == "scorecard" for item in mechanism.inputs)
        )

    @property
    def earned_by(self) -> tuple[tuple[str, str, int], ...]:
        """What was earned, by outcome: id, title, amount. It is shared in proportion to points, to the penny."""
        earned = self.settlement.earned_minor or 0
        if not self.by_points or self.card is None:
            return (("", "Earned", earned),)
        parts = [*self.card.outcomes, *self.card.additional]
        weights = [part.points_earned for part in parts]
        amounts = split(earned, weights) if any(weights) else (0,) * len(parts)
        return tuple((part.id, part.title, amount) for part, amount in zip(parts, amounts, strict=True))

    def chart_of_pot(self) -> Chart:
        """The waterfall: the pot, what each outcome earned of it, where the rest went."""
        done = self.settlement
        falls = [Fall(f"Pot for year {done.year}", done.pot_minor or 0, "pot")]
        falls += [Fall(title, amount, "earned") for _, title, amount in self.earned_by]
        falls += [Fall(f"Not earned: {capital(account)}", amount, "not earned") for account, amount in self.unearned]
        most = max(self.earned_by, key=lambda part: part[2])
        sentence = (
            f"The pot of {self._said(done.pot_minor or 0)} from top to bottom. "
            + (f"{capital(most[1])} earned most: {self._said(most[2])}. " if most[2] else "Nothing was earned. ")
            + self.unearned_sentence
        )
        return waterfall(f"pot-{self.key}", self.headline.removesuffix("."), sentence, falls, self.currency)

    def chart_of_flow(self) -> Chart:
        """The ledger's entries as a flow of money."""
        name = self.names.account
        flows = [Flow(name(e.credit), name(e.debit), e.amount_minor, e.reason) for e in self.settlement.entries]
        title = f"Who paid whom for year {self.settlement.year}"
        sentences = [f"{flow.source} to {flow.target}: {self._said(flow.amount_minor)}" for flow in flows]
        return money_flow(f"flow-{self.key}", title, f"{'; '.join(sentences)}.", flows, self.currency)

    def entries_table(self) -> Table:
        """The ledger entries: what moved, from where, to where, why."""
        return entries_table(self.settlement.entries, self.names, f"Ledger entries for year {self.settlement.year}")

    def balances_table(self) -> Table:
        """What each account received less what it gave; together nothing."""
        rows = [(self.names.account(account), amount) for account, amount in balances(self.settlement.entries).items()]
        return Table(
            caption=f"What each account has after year {self.settlement.year}, from these entries",
            columns=(Column("Account"), Column("Received less given", "money")),
            rows=tuple(rows),
            total=("Together", sum(amount for _, amount in rows)),
            currency=self.currency,
        )

    def _said(self, minor: int) -> str:
        return money_in_words(minor, self.currency)


def entries_table(entries: Iterable[Entry], names: Names, caption: str) -> Table:
    """Double entry: each amount leaves one account (credit) and reaches another (debit)."""
    rows: list[tuple[Cell, ...]] = [
        (str(i), names.account(entry.credit), names.account(entry.debit), entry.reason, entry.amount_minor)
        for i, entry in enumerate(entries, 1)
    ]
    return Table(
        caption=caption,
        columns=(
            Column("Entry"),
            Column("From (credit)"),
            Column("To (debit)"),
            Column("Why"),
            Column("Amount", "money"),
        ),
        rows=tuple(rows),
        total=("Sum", "", "", "", sum(int(row[-1]) for row in rows)),
        currency=names.contract.agreement.currency,
    )
