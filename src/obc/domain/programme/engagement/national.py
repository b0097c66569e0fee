"""National frameworks: what each outcome answers to, and where somebody has published that it worked."""

from collections.abc import Mapping, Sequence

from pydantic import Field

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Text
from obc.domain.programme.engagement.missing import Missing


class Domain(Written):
    """A part of a national framework, by its number there."""

    id: Text
    title: Text


class NationalFramework(Written):
    """A published set of outcomes or standards. `edition`: the one that is cited, as dated by its publisher.

    `domains`: its parts, where papers for a board must say which of them a decision supports.
    """

    id: Slug
    title: Text
    publisher: Text
    edition: Text
    domains: tuple[Domain, ...] = ()
    source: Text


class Reference(Written):
    """Where a national framework asks for what an outcome wants. `at`: its number there; `says`: its name there.

    `domains`: the parts of that framework that it is in.
    """

    outcome: Slug
    framework: Slug
    at: Text
    domains: tuple[Text, ...] = ()
    says: Text
    source: Text


class Example(Written):
    """A published place where care for this outcome was changed, and what came of it."""

    outcome: Slug
    place: Text
    did: Text
    result: Text
    dated: Text = Field(description="the day or year of the result, as published")
    source: Text


def unmapped(
    outcomes: Mapping[str, str],
    frameworks: Sequence[NationalFramework],
    references: Sequence[Reference],
    examples: Sequence[Example],
) -> tuple[Missing, ...]:
    """Outcomes that no national framework or no published example stands behind, and frameworks that none cites."""
    cited, shown = {one.outcome for one in references}, {one.outcome for one in examples}
    used = {one.framework for one in references}
    return (
        *(
            Missing(what="a national framework", which=outcome, says="no reference maps it to one")
            for outcome in outcomes
            if outcome not in cited
        ),
        *(
            Missing(what="a published example", which=outcome, says="nobody is named who improved it")
            for outcome in outcomes
            if outcome not in shown
        ),
        *(
            Missing(what="an outcome", which=one.id, says=f"none answers to {one.title}; map one or take it out")
            for one in frameworks
            if one.id not in used
        ),
    )


def supported(
    framework: NationalFramework, references: Sequence[Reference]
) -> tuple[tuple[Domain, tuple[str, ...]], ...]:
    """Each domain of a national framework with the outcomes that answer to it; none where none does."""
    return tuple(
        (
            domain,
            tuple(
                dict.fromkeys(
                    one.outcome for one in references if one.framework == framework.id and domain.id in one.domains
                )
            ),
        )
        for domain in framework.domains
    )
