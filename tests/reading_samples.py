"""A contract with figures to read: two years of counts by quarter, segment and provider, settled and published."""

import re
import shutil
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.measurement.indicators.values import ALL, IndicatorValue, ValueSet
from obc.loaders.places import WORKED

CONTRACT, TITLE = "reading", "A contract to read"
SMALL, SECRET = "psychosis", 3
"""A segment in which three people of a year are counted: a number that the public must not see."""
DAY = datetime(2016, 4, 20, tzinfo=UTC)


def year_of_figures(contract: Contract, year: int, more: int = 0) -> ValueSet:
    """Every indicator in a year and its quarters: everybody, each segment, and two providers in the year."""
    values = []
    periods = [(contract.period(year), 4), *((quarter, 1) for quarter in contract.quarters(year))]
    segments = [one.id for one in contract.segmentation.segments]
    codes = [one.code for one in contract.agreement.providers if one.code][:2]
    for definition in contract.definitions:
        for period, times in periods:
            top, under = (300 + 10 * year + more) * times, 400 * times
            groups = [(ALL, ALL, top, under)]
            groups += [(s, ALL, SECRET if s == SMALL else top // 4, 40 if s == SMALL else under // 4) for s in segments]
            groups += [(ALL, code, top // 3, under // 3) for code in codes] if times == 4 else []
            values += [
                IndicatorValue(
                    indicator=definition.id,
                    segment=segment,
                    provider=provider,
                    period_start=period.start,
                    period_end=period.end,
                    measure=definition.measure,
                    numerator=Decimal(numerator),
                    denominator=Decimal(denominator),
                    unknown=0 if definition.measure == "rate" else denominator // 20,
                    sum_of_squares=Decimal(numerator * 3) if definition.measure == "mean" else None,
                    evidence=Evidence.PROVISIONAL,
                )
                for segment, provider, numerator, denominator in groups
            ]
    return ValueSet(values=tuple(values))


def made_ready(folder: Path) -> str:
    """A contract of its own with year 1 given, corrected and published, and year 2 under work; returns its id.

    Asked twice for the same database it does nothing more.
    """
    from obc.bootstrap import submissions

    hold_copy(folder, CONTRACT, TITLE)
    if not submissions.submissions(CONTRACT):
        publish_year(1)
        publish_year(1, more=10)
        submit_year(2)
    return CONTRACT


def hold_copy(folder: Path, id_: str, title: str) -> None:
    """The worked contract under another id, with the demonstration's users."""
    from obc.bootstrap import books, demonstration

    if books.held(id_) is None:
        copy = folder / id_
        shutil.copytree(WORKED / "oxfordshire-mental-health", copy)
        agreement = copy / "contract.yaml"
        text = re.sub("(?m)^id: .*$", f"id: {id_}", agreement.read_text(encoding="utf-8"), count=1)
        agreement.write_text(re.sub("(?m)^title: .*$", f"title: {title}", text, count=1), encoding="utf-8")
        books.hold(str(copy), demonstration.LOADER, DAY, "a contract to read")
    demonstration.load(id_, DAY)


def publish_year(year: int, more: int = 0) -> None:
    """Submit a year and take it through review, approval, settlement and publication."""
    publish(settle_year(year, more))


def settle_year(year: int, more: int = 0) -> str:
    """Submit a year and take it through review, approval and settlement; returns its id."""
    from obc.bootstrap import submissions
    from obc.bootstrap.books import held, person
    from obc.bootstrap.work import work_once
    from obc.domain.contract.workflow import review

    book = held(CONTRACT)
    agreement = book.contract.agreement
    id_ = submit_year(year, more)

    def act(user, verb, changed):
        who = person(user, book.id)
        submissions.act_on(book, id_, verb, lambda before: changed(before, who), who, DAY, verb)

    act("manager", "take up", lambda before, who: review.moved(before, "take up", who))
    for user in ("joint-group", "provider-lead"):
        act(user, "agree", lambda before, who: review.agreed(before, agreement, who, DAY))
    for user in ("finance", "provider-lead"):
        act(user, "approve", lambda before, who: review.approved(before, agreement, who, DAY))
    while work_once(lambda: datetime.now(UTC)):
        pass
    return id_


def publish(id_: str) -> None:
    """Publish a settled year."""
    from obc.bootstrap import submissions
    from obc.bootstrap.books import held, person
    from obc.domain.contract.workflow import review

    book = held(CONTRACT)
    who = person("manager", book.id)
    submissions.act_on(book, id_, "publish", lambda before: review.published(before, who, DAY), who, DAY, "publish")


def submit_year(year: int, more: int = 0) -> str:
    """Submit a year and leave it where it is: a working figure."""
    from obc.bootstrap import submissions
    from obc.bootstrap.books import held, person

    book = held(CONTRACT)
    figures = year_of_figures(book.contract, year, more)
    return submissions.submit(book, figures, year, None, person("analyst", book.id), DAY)[0].id
