"""The outcomes framework as a page: what matters to people, what it is worth, how each indicator is measured."""

from obc.reports.contract_material import Terms
from obc.reports.contract_outcomes import framework, outcome_terms
from obc.reports.document import Block, Document, Paragraph, Strong
from obc.reports.scorecard import FOOT
from obc.reports.wording import plural

_NONE = "This contract has no outcomes framework: it is settled from figures that others publish."


def framework_document(terms: Terms) -> Document:
    """Tiers, goals, points and levels first, then outcome by outcome with its indicators and its evidence."""
    given, section = terms.contract.framework, framework(terms)
    if given is None or section is None:
        lead, blocks = _NONE, []
    else:
        uses = [use for outcome in given.outcomes for use in outcome.indicators]
        paid = sum(use.incentivised for use in uses)
        lead = f"{plural(len(given.outcomes), 'outcome')} with {plural(len(uses), 'indicator')}: {paid} are paid for, "
        lead += f"{len(uses) - paid} shown for learning."
        blocks = [section, *(outcome_terms(terms, one, "../indicators/{}/".format) for one in given.outcomes)]
    first: list[Block] = [Paragraph((Strong(lead),), lead=True)]
    return Document(
        title="Outcomes that matter",
        subtitle="The indicator's own page says exactly who is counted, how it stands and for whom.",
        blocks=(*first, *blocks),
        foot=FOOT,
    )
