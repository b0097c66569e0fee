"""Provider terms: how income and savings fall among the lead and those who work under it."""

from pydantic import Field

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.money.finance.amount import Share


class ProviderTerms(Written):
    """How income and savings fall among providers.

    `lead`: who holds the contract; what no service line names a provider for is the lead's too. `retained`: the share
    of savings that providers keep. `passed on`: the share of what is retained on a subcontractor's services that
    reaches it. `management`: what the lead keeps of subcontractors' income for running the whole. `savings`: the
    savings to look at, as shares of the grown cost.
    """

    lead: Slug
    retained: Share
    passed_on: Share
    management: Share
    savings: tuple[Share, ...] = Field(min_length=1)
    source: str | None = None
