"""Negotiable: every number and day of a contract that the parties can move, by subject, with its history."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple

from obc.domain.contract.agreement.change import Change
from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.figure import Figure
from obc.domain.core.kernel.rate import spelled
from obc.domain.money.payment.mechanism import Mechanism
from obc.domain.money.payment.pool import Pool, Reinvested
from obc.domain.money.payment.scale import Scale
from obc.domain.money.payment.settle import Settle
from obc.domain.money.payment.split import Share
from obc.domain.outcomes.framework.framework import LEVELS, Framework, IndicatorUse, Thresholds
from obc.domain.outcomes.scoring.curve import Curve
from obc.domain.outcomes.scoring.step import Operand

Subject = Literal["points", "thresholds", "money", "shares", "term"]
SUBJECTS: dict[Subject, str] = {
    "points": "Points and weights",
    "thresholds": "Thresholds",
    "money": "Pots and budgets",
    "shares": "Gain and loss share, and who pays what",
    "term": "Term, dates and instalments",
}
"""What the parties negotiate about, in the order in which they do."""

Unit = Literal["money", "percent", "points", "number", "day", "length", "choice"]


class Held(NamedTuple):
    """One value in a history: as people write it, from which year, when it was agreed, where it comes from."""

    value: str
    from_: int | None
    agreed: date | None
    source: str | None


class Negotiable(NamedTuple):
    """One number or day. `about`: what it belongs to; `name`: what it is. `dated`: a new value joins its history;
    without, it takes the old one's place. `choices`: what it can be, where that is not any number.
    """

    subject: Subject
    about: str
    name: str
    file: str
    at: str
    unit: Unit
    history: tuple[Held, ...]
    dated: bool = True
    choices: tuple[str, ...] = ()

    @property
    def value(self) -> str:
        """What stands there last."""
        return self.history[-1].value if self.history else ""

    def reading(self, value: str, from_: int | None) -> Change:
        """The change that has it read otherwise, from a year on where it has a history."""
        year = f" / from year {from_}" if self.dated and from_ is not None else ""
        return Change(file=self.file, at=f"{self.at}{year}", reads=value)

    def holds(self, year: int) -> str:
        """What holds in a year; nothing before the first."""
        held = [one.value for one in self.history if (one.from_ or 0) <= year]
        return held[-1] if held else ""


def negotiable(contract: Contract) -> tuple[Negotiable, ...]:
    """Everything that can be negotiated, by subject."""
    found: list[Negotiable] = []
    if contract.framework:
        found += _points(contract.framework)
        found += _thresholds(contract, contract.framework)
    if contract.mechanism:
        found += _money(contract.mechanism)
        found += _sizes(contract.mechanism)
        found += _shares(contract.mechanism, _names(contract))
    found += _term(contract)
    order = list(SUBJECTS)
    return tuple(sorted(found, key=lambda one: order.index(one.subject)))


def worded(value: object, unit: Unit) -> str:
    """A value as people write it in its unit: 43 %, 1,000,000, 3 months."""
    if not isinstance(value, Fraction | int):
        return str(value)
    text = spelled(Fraction(value) * (100 if unit == "percent" else 1))
    if "/" in text:  # a share that no decimal gives exactly
        return spelled(Fraction(value))
    whole, dot, rest = text.partition(".")
    if whole.isdigit() and len(whole) > 4:
        text = f"{int(whole):,}{dot}{rest}"
    return f"{text} %" if unit == "percent" else text


Names = Mapping[str, str]
"""What parties are called, by id."""


def _figure(
    subject: Subject, about: str, name: str, file: str, at: str, unit: Unit, figure: Figure, source: str | None
) -> Negotiable:
    entries = figure.history
    held = tuple(Held(worded(one.value, unit), one.from_, one.agreed, one.source or source) for one in entries)
    return Negotiable(subject, about, name, file, at, unit, held)


def _plain(
    subject: Subject, about: str, name: str, file: str, at: str, unit: Unit, value: object, source: str | None
) -> Negotiable:
    held = (Held(worded(value, unit), None, None, source),)
    return Negotiable(subject, about, name, file, at, unit, held, dated=False)


def _points(framework: Framework) -> Iterator[Negotiable]:
    file = "framework.yaml"
    for outcome in framework.outcomes:
        at = f"outcomes / {outcome.id} / points"
        yield _figure("points", outcome.title, "Points", file, at, "points", outcome.points, None)
    for outcome in framework.outcomes:
        for use in outcome.indicators:
            if use.incentivised and len(outcome.indicators) > 1:
                at = f"outcomes / {outcome.id} / indicators / {use.id} / weight"
                yield _plain(
                    "points", outcome.title, f"Weight of {_words(use.id)}", file, at, "number", use.weight, use.source
                )
    for i, shares in enumerate(framework.levels, 1):
        about = f"Points to be had at each level, from year {shares.from_}"
        for level in LEVELS:
            at, points = f"levels / {i} / {level}", getattr(shares, level)
            yield _plain("points", about, f"At {level}", file, at, "points", points, shares.source)
    for extra in framework.additional:
        at = f"additional / {extra.id} / points"
        yield _plain("points", extra.title, "Additional points", file, at, "points", extra.points, extra.source)
    for weight in framework.segments:
        at = f"segments / {weight.segment} / weight"
        yield _plain(
            "points", "Weight of each segment", _words(weight.segment), file, at, "percent", weight.weight, None
        )


def _thresholds(contract: Contract, framework: Framework) -> Iterator[Negotiable]:
    file, definitions = "framework.yaml", {one.id: one for one in contract.definitions}
    for outcome in framework.outcomes:
        for use in outcome.indicators:
            definition = definitions.get(use.id)
            title = definition.title if definition else _words(use.id)
            share = definition is not None and definition.measure == "proportion" and use.figure == "value"
            unit: Unit = "percent" if share or use.judged_by == "relative change" else "number"
            at = f"outcomes / {outcome.id} / indicators / {use.id}"
            yield from _levels(title, file, at, unit, use.thresholds, use)
            if use.baseline:
                yield _figure(
                    "thresholds", title, "Baseline", file, f"{at} / baseline",
                    "percent" if share else "number", use.baseline, use.source,
                )  # fmt: skip
            if use.minimum_cases:
                way = f"{at} / minimum cases"
                yield _plain("thresholds", title, "Minimum cases", file, way, "number", use.minimum_cases, use.source)
            for terms in use.segments:
                about = f"{title}, {_words(terms.segment)}"
                yield from _levels(about, file, f"{at} / segments / {terms.segment}", unit, terms.thresholds, use)


def _levels(
    about: str, file: str, at: str, unit: Unit, thresholds: Thresholds | None, use: IndicatorUse
) -> Iterator[Negotiable]:
    for level in LEVELS if thresholds else ():
        name = level.capitalize() + ("" if use.judged_by == "level" else f" ({use.judged_by})")
        figure = getattr(thresholds, level)
        yield _figure("thresholds", about, name, file, f"{at} / thresholds / {level}", unit, figure, use.source)


_UNITS: dict[str, Unit] = {"money": "money", "rate": "percent", "points": "points", "number": "number"}


def _money(mechanism: Mechanism) -> Iterator[Negotiable]:
    for agreed in mechanism.figures:
        unit = _UNITS[agreed.unit]
        at, name = f"figures / {agreed.figure} / is", agreed.figure.capitalize()
        yield _figure("money", name, name, "payment.yaml", at, unit, agreed.is_, agreed.source)


def _sizes(mechanism: Mechanism) -> Iterator[Negotiable]:
    """Sums that are written into the steps that use them."""
    for step in mechanism.steps:
        sizes = (
            {"pool": step.pool} if isinstance(step, Pool) else {"scale": step.scale} if isinstance(step, Scale) else {}
        )
        for part, operand in sizes.items():
            if operand.figure:
                at, about = f"steps / {step.step} / {part}", step.step.capitalize()
                unit: Unit = "percent" if _small(operand.figure) else "number"
                yield _figure("money", about, "Amount", "payment.yaml", at, unit, operand.figure, step.source)


def _shares(mechanism: Mechanism, names: Names) -> Iterator[Negotiable]:
    file = "payment.yaml"
    for step in mechanism.steps:
        about = step.step.capitalize()
        if isinstance(step, Curve):
            yield from _curve(step, f"{about}, by {step.curve.name or 'a number'}")
        elif isinstance(step, Pool) and isinstance(step.unearned, Reinvested):
            at = f"steps / {step.step} / unearned / reinvested in"
            about, shares = f"Unearned part of the {step.step}", step.unearned.reinvested_in
            yield from _shared(about, file, at, shares, step.source, names)
        elif isinstance(step, Settle) and len(step.paid_to) > 1:
            at = f"steps / {step.step} / paid to"
            yield from _shared(f"{about}: who is paid", file, at, step.paid_to, step.source, names)
    for budget in mechanism.pooled_budgets:
        at, about = f"pooled budgets / {budget.account} / filled by", budget.title or _words(budget.account)
        yield from _shared(about, file, at, budget.filled_by, budget.source, names)
    for i, link in enumerate(mechanism.links, 1):
        about, at = f"Passed on by {_called(link.from_, names)}", f"links / {i} / share"
        yield _figure("shares", about, f"To {_called(link.to, names)}", file, at, "percent", link.share, link.source)
    if mechanism.withholding:
        most, at = mechanism.withholding.most, "withholding / most"
        name = "The most that may be withheld of a year"
        yield _figure("shares", "Withholding", name, file, at, "percent", most, mechanism.withholding.source)


def _curve(step: Curve, about: str) -> Iterator[Negotiable]:
    """Where each point of a curve begins, and what it gives; and the limits on either side."""
    numbers: list[tuple[str, str, Operand | None]] = []
    for i, point in enumerate(step.points, 1):
        begin = worded(point.at.fixed.history[-1].value, "percent") if point.at.figure else f"point {i}"
        numbers.append((f"Where point {i} begins", f"points / {i} / at", point.at))
        numbers.append((f"What it gives from {begin} on", f"points / {i} / gives", point.gives))
    numbers += [("At least", "at least", step.at_least), ("At most", "at most", step.at_most)]
    for name, at, operand in numbers:
        if operand and operand.figure:
            unit: Unit = "percent" if _small(operand.figure) else "number"
            yield _figure(
                "shares", about, name, "payment.yaml", f"steps / {step.step} / {at}", unit, operand.figure, step.source
            )


def _shared(
    about: str, file: str, at: str, shares: tuple[Share, ...], source: str | None, names: Names
) -> Iterator[Negotiable]:
    for share in shares:
        name, way = share.title or _called(share.account, names), f"{at} / {share.account} / share"
        yield _figure("shares", about, name, file, way, "percent", share.share, source)


def _names(contract: Contract) -> Names:
    agreement = contract.agreement
    return {one.id: one.name for one in agreement.commissioners} | {one.id: one.name for one in agreement.providers}


def _called(account: str, names: Names) -> str:
    return names.get(account) or _words(account)


def _term(contract: Contract) -> Iterator[Negotiable]:
    term, calendar = contract.agreement.term, contract.agreement.calendar
    held: list[tuple[str, str, str, Unit, object, str | None]] = [
        ("Term", "First day", "term / start", "day", term.start, term.source),
        ("Term", "Years", "term / years / years", "number", term.years.years, term.years.source),
    ]
    if term.extension.years:
        at = "term / extension / years"
        held.append(
            ("Term", "Years of a possible extension", at, "number", term.extension.years, term.extension.source)
        )
    for i, clause in enumerate(term.breaks, 1):
        at = f"term / breaks / {i}"
        held.append((f"Break clause {i}", "After year", f"{at} / after", "number", clause.after, clause.source))
        held.append((f"Break clause {i}", "Notice", f"{at} / notice", "length", clause.notice, clause.source))
    if calendar:
        source: str | None = calendar.source
        held.append(("Calendar", "Paid on account", "calendar / on account", "percent", calendar.on_account, source))
        held.append(("Calendar", "Run-out", "calendar / run-out", "length", calendar.run_out, source))
        held.append(
            ("Calendar", "Balance paid after", "calendar / balance paid", "length", calendar.balance_paid, source)
        )
    for about, name, at, unit, value, source in held:
        yield _plain("term", about, name, "contract.yaml", at, unit, value, source)
    for step in contract.mechanism.steps if contract.mechanism else ():
        if isinstance(step, Settle) and step.instalments:
            at = f"steps / {step.step} / instalments / every"
            one = _plain("term", f"Instalments: {step.step}", "Paid every", "payment.yaml", at, "choice",
                         step.instalments.every, step.source)  # fmt: skip
            yield one._replace(choices=("month", "quarter"))


def _small(figure: Figure) -> bool:
    return all(abs(entry.value) <= 1 for entry in figure.history)


def _words(id_: str) -> str:
    return id_.replace("-", " ")
