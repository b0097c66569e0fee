"""The truth that goes into synthetic records, so that what is measured can be tested against it.

Every value is the chance (or rate, or mean) with which the maker draws, by group and contract year, whatever a
person's age, sex or home; so the expected share of any large cut of a group is the value in the file. Which
year counts is said at each field.
"""

from datetime import date
from itertools import pairwise
from typing import Self

from pydantic import Field, model_validator

from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.problem import wrong
from obc.synthetic.county import County, Group
from obc.synthetic.model import Rates, Share, Shares, Written

_FEWEST_GATEKEPT = 0.05
"""With fewer, nearly all admissions would have to come past the crisis team, without bound."""
_MOST_STRAIN = 19
"""Carers differ about the mean; none can score more than 26."""


class Section(Written):
    """True values that one dial improves together."""

    improvement: float = Field(default=1, ge=0, description="0: as in the baseline; 1: as written; 2: twice the change")

    def value(self, name: str, group: str, year: int) -> float:
        """The truth called `name` for a group in a contract year (0: baseline). Raises AttributeError."""
        course = getattr(self, name.replace(" ", "_").replace("-", "_"))
        return float(course.value(group, year, self.improvement))


class LivingLonger(Section):
    """Per thousand person-years, from the referral to the end of records; year of the death."""

    deaths: Rates = Field(description="deaths per thousand person-years")
    suicides: Rates = Field(description="deaths by suicide or undetermined intent per thousand person-years")

    @model_validator(mode="after")
    def _part(self) -> Self:
        for group in dict.fromkeys(name for course in (self.deaths, self.suicides) for name, _ in course.groups):
            if any(self.value("suicides", group, year) > self.value("deaths", group, year) for year in range(9)):
                raise wrong(f"{group} with more suicides than deaths", "suicides are part of the deaths")
        return self


class Functioning(Section):
    """Recovery, reviews, plans and discharge."""

    recovery_star_improved: Shares = Field(
        description="of first and second readings, those where work, living skills and responsibilities each rise; "
        "year of the second reading"
    )
    cluster_scores_improved: Shares = Field(
        description="of first and second HoNOS, those where scales 10 to 12 each fall, all scales by 8 or more; "
        "year of the second reading"
    )
    reviewed: Shares = Field(
        description="of people on the care programme approach on any day from the fourth week of a contract year, "
        "those with a review in the 18 months before; may not fall, since a review counts for so long"
    )
    involved_in_decisions: Shares = Field(description="of answers given, those fully involved; year of the answer")
    employment_goal: Shares = Field(description="of care plans, those with such a goal; year of the plan")
    inclusion_goal: Shares = Field(description="of care plans, those with such a goal; year of the plan")
    stepped_down: Shares = Field(
        description="of discharges of the living from care with a reason recorded (crisis referrals apart), those "
        "because care was no longer needed; year of the discharge. How many are discharged is `months in care`"
    )
    second_reading_missing: Share = 0
    answer_missing: Share = 0
    closure_reason_missing: Share = 0

    @model_validator(mode="after")
    def _rising(self) -> Self:
        for group, years in self.reviewed.groups:
            if any(later < earlier for earlier, later in pairwise(years)):
                raise wrong(f"'reviewed' falling for {group}", "a review counts for 18 months, so it can only rise")
        return self


class TimelyAccess(Section):
    """Waiting, crises and admissions."""

    first_contact_within_28_days: Shares = Field(
        description="of referrals to care; year of the 91st day, when all are seen"
    )
    care_plan_within_28_days: Shares = Field(description="of first attended contacts; year of the 28th day after")
    crises: Rates = Field(
        description="referrals to the crisis team per person-year in care, before those within 10 days of another "
        "are taken out; year of the referral"
    )
    crisis_seen_within_four_hours: Shares = Field(
        description="of crisis referrals, face to face within 240 minutes; year of the referral"
    )
    crisis_admitted: Shares = Field(description="of crisis referrals, admitted within 7 days; year of the 7th day")
    gatekept: Shares = Field(
        description="of emergency admissions, those with the crisis team in the 48 hours before or as the way in; "
        "year of the admission"
    )
    time_missing: Share = Field(default=0, description="of crisis contacts, those recorded without a time of day")

    @model_validator(mode="after")
    def _some_gatekept(self) -> Self:
        for group, years in self.gatekept.groups:
            if min(years) < _FEWEST_GATEKEPT:
                raise wrong(f"'gatekept' at {min(years):g} for {group}", f"write at least {_FEWEST_GATEKEPT}")
        return self


class Carers(Section):
    """People who care for people in the records; values go by the group of the person cared for."""

    strain: Rates = Field(description="mean total of 13 items of 0 to 2 (0 to 26, higher is worse); year of scoring")
    offered_an_assessment: Shares = Field(
        description="of carers on any day, those offered one in the 12 months before; year of the offer"
    )
    attended_a_review: Shares = Field(
        description="of carers of people reviewed in a year, those who attended; the same carers attend every year"
    )
    satisfied: Shares = Field(description="of answers given, those satisfied with involvement; year of the answer")
    answer_missing: Share = 0

    @model_validator(mode="after")
    def _within_scale(self) -> Self:
        for group, years in self.strain.groups:
            if max(years) > _MOST_STRAIN:
                raise wrong(f"a strain of {max(years):g} for {group}", f"write at most {_MOST_STRAIN}")
        return self


class Roles(Section):
    """Held a year after the first diagnosis, among people alive with the role recorded; year of that anniversary."""

    volunteering: Shares
    paid_employment: Shares
    education: Shares
    running_a_home_or_parenting: Shares
    employment_missing: Share = Field(default=0, description="no employment status in the 9 to 15 months after")
    employment_not_stated: Share = Field(default=0, description="of statuses a year after, those declined")
    role_missing: Share = Field(default=0, description="no roles recorded in the 9 to 15 months after")


class Home(Section):
    """Settled accommodation."""

    settled_at_diagnosis: Shares = Field(description="of those recorded then; year of the diagnosis")
    settled_a_year_after: Shares = Field(
        description="of people settled at first diagnosis, alive and recorded a year after; year of that anniversary"
    )
    missing_at_diagnosis: Share = 0
    missing_a_year_after: Share = 0
    not_stated: Share = Field(default=0, description="of statuses a year after, those declined")


class PhysicalHealth(Section):
    """Emergencies and checks."""

    emergency_attendances: Rates = Field(
        description="first attendances at major departments per person-year, from the referral to the end of "
        "records; year of the attendance"
    )
    body_mass_index_checked: Shares = Field(description="of people, done in any 12 months; year of the check")
    diabetes_checked: Shares = Field(description="as body-mass index")
    cholesterol_checked: Shares = Field(description="as body-mass index")
    result_healthy: Shares = Field(description="of checks with a result, those in the healthy range")
    result_unknown: Share = 0


class Cost(Section):
    """What care costs."""

    per_person_year: Rates = Field(description="pence per person-year in care; year of the activity")


class Truth(Written):
    """All that the maker of synthetic records is told, but for the number of people and the seed."""

    id: Slug
    title: str
    source: str
    records_start: date = Field(description="the first day of records")
    records_end: date = Field(description="the last day of records")
    contract_start: date = Field(description="the first day of contract year 1; the year before is the baseline")
    county: County
    groups: tuple[Group, ...] = Field(min_length=1)
    living_longer: LivingLonger
    functioning: Functioning
    timely_access: TimelyAccess
    carers: Carers
    roles: Roles
    home: Home
    physical_health: PhysicalHealth
    cost: Cost

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.records_end <= self.records_start:
            raise wrong(f"records that end on {self.records_end}", f"end after they start, {self.records_start}")
        total = sum(group.share for group in self.groups)
        if abs(total - 1) > 1e-6:
            raise wrong(f"groups whose shares add up to {total:g}", "make them add up to 1")
        return self

    @property
    def sections(self) -> tuple[Section, ...]:
        """The true values, in the order of outcomes."""
        return tuple(getattr(self, name) for name in _SECTIONS)

    def dialled(self, improvement: float) -> "Truth":
        """The same county with every outcome improving `improvement` times as written (0: not at all)."""
        changed = {"improvement": improvement}
        return self.model_copy(update={name: getattr(self, name).model_copy(update=changed) for name in _SECTIONS})


_SECTIONS = ("living_longer", "functioning", "timely_access", "carers", "roles", "home", "physical_health", "cost")
