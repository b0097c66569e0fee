"""Where people live, who looks after them, and what groups they form."""

from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.problem import wrong
from obc.synthetic.model import Mix, Share, Written


class District(Written):
    """A local authority, with its mean deprivation score (higher is more deprived)."""

    code: str
    name: str
    deprivation: float
    small_areas: int = Field(ge=1, description="lower layer super output areas; their codes are made up")


class Locality(Written):
    """A commissioning locality, within one district."""

    code: Slug
    district: str
    share: Share


class Provider(Written):
    """An organisation and its share of people in care."""

    code: str
    name: str
    share: Share


def _as_pairs(given: Any) -> Any:
    return tuple(given.items()) if isinstance(given, dict) else given


AgeShares = Annotated[tuple[tuple[int, Share], ...], BeforeValidator(_as_pairs)]
"""Shares by five-year band, each named by its first year of age."""


class Mortality(Written):
    """General death rates: `at_30` a year for men aged 30, growing by `growth` a year of age (Gompertz)."""

    at_30: float = Field(gt=0)
    growth: float = Field(gt=0)
    women: float = Field(gt=0, description="the rate of women, as a share of that of men")


class County(Written):
    """The people registered in the area and those who serve them."""

    registered: int = Field(ge=1, description="people registered with a general practice of the area")
    service_users: Share = Field(description="the largest share of them that can be in these records")
    ages: AgeShares = Field(description="registered people by five-year band")
    mortality: Mortality
    ethnicity: Mix
    districts: tuple[District, ...] = Field(min_length=1)
    localities: tuple[Locality, ...] = Field(min_length=1)
    providers: tuple[Provider, ...] = Field(min_length=1)
    crisis_provider: str = Field(description="who runs the crisis team and the wards")
    emergency_provider: str = Field(description="the hospital with the emergency department")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        known = {district.code for district in self.districts}
        for locality in self.localities:
            if locality.district not in known:
                raise wrong(f"the district '{locality.district}'", f"choose one of {', '.join(sorted(known))}")
        if self.crisis_provider not in {provider.code for provider in self.providers}:
            raise wrong(f"the crisis provider '{self.crisis_provider}'", "write the code of one of the providers")
        for what, parts in (("localities", self.localities), ("providers", self.providers)):
            total = sum(part.share for part in parts)
            if abs(total - 1) > 1e-6:
                raise wrong(f"{what} whose shares add up to {total:g}", "make them add up to 1")
        return self


class Group(Written):
    """People with like needs: who they are, and how they go through care. In no group twice."""

    id: Slug
    title: str
    share: Share = Field(description="of all people in the records")
    ages: Mix = Field(description="at referral: bands such as 18-24 and their shares")
    women: Share
    pull_of_deprivation: float = Field(
        default=0, description="how much likelier per point of deprivation above the mean of the districts"
    )
    referred: bool = Field(default=True, description="no: known to emergency departments only")
    already_in_care: Share = Field(default=0.25, description="of them, those in care when records start")
    sources: Mix = Field(description="who refers")
    team: str
    service: Slug
    clusters: Mix = Field(description="care clusters at assessment; `none`: not clustered")
    diagnoses: Mix = Field(description="first primary diagnosis; `none`: not diagnosed")
    other_diagnoses: Mix = Field(description="a secondary diagnosis, or `none`")
    months_in_care: float = Field(gt=0, description="mean length of an episode")
    contacts_a_year: float = Field(ge=0)
    comes_back: Share = Field(default=0, description="a second referral after discharge")
    on_programme: Share = Field(default=0, description="on the care programme approach")
    has_carer: Share = 0
    scored: Share = Field(default=0, description="scored at assessment and a year after")
    surveyed_a_year: Share = 0

    @property
    def bands(self) -> tuple[tuple[int, int, float], ...]:
        """Ages as first year, last year and share."""
        return tuple((int(first), int(last), share) for first, last, share in map(_band, self.ages))


def _band(entry: tuple[str, float]) -> tuple[str, str, float]:
    first, _, last = entry[0].partition("-")
    return first, last or first, entry[1]
