"""The logical tables: what obc asks of the records, whatever the extract they came from.

Names of tables and columns are ours; how the Mental Health Services Data Set (MHSDS) versions 5 and 6, or a
local extract, call them stands in mapping files under `definitions/records/`. Columns of one name mean one
thing in every table: `person_id`, `provider`, `referral_id`, `carer_id` join; `happened` is the day on which
the row counts.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict

Kind = Literal["id", "code", "date", "moment", "number", "flag"]
"""id: text that joins, never shown. code: text from a code list. date: a day. moment: a date with a time, empty
where the time is not known. number: a decimal. flag: Y or N."""


class Column(BaseModel):
    """One column: `required` means that a row without it cannot be used; `codes` names its code list."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    kind: Kind
    required: bool = False
    codes: str | None = None


class Table(BaseModel):
    """One logical table. `key` is unique; every id in `belongs_to` must exist in the table named there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    what: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    belongs_to: tuple[tuple[str, str], ...] = ()
    in_order: tuple[tuple[str, str], ...] = ()
    required: bool = False

    def column(self, name: str) -> Column:
        """The column of that name. Raises KeyError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def has(self, name: str) -> bool:
        """Whether there is a column of that name."""
        return any(column.name == name for column in self.columns)


def _column(text: str) -> Column:
    """`name kind` with `!` after the kind where required and `:list` where coded."""
    name, spec = text.split()
    spec, _, codes = spec.partition(":")
    return Column(name=name, kind=spec.rstrip("!"), required=spec.endswith("!"), codes=codes or None)


def _table(
    name: str, what: str, key: str, columns: str, belongs_to: str = "", in_order: str = "", required: bool = False
) -> Table:
    pairs = [tuple(pair.split(">")) for pair in belongs_to.split()]
    orders = [tuple(pair.split("<=")) for pair in in_order.split()]
    return Table(
        name=name,
        what=what,
        key=tuple(key.split()),
        columns=tuple(_column(part.strip()) for part in columns.split(",")),
        belongs_to=tuple((a, b) for a, b in pairs),
        in_order=tuple((a, b) for a, b in orders),
        required=required,
    )


_PERSON = "person_id id!, provider code!"

TABLES: tuple[Table, ...] = (
    _table(
        "people",
        "everybody who may be counted",
        "person_id",
        "person_id id!, birth_date date!, sex code!:sex, ethnicity code:ethnicity, "
        "lsoa code, locality code, district code",
        required=True,
    ),
    _table(
        "deaths",
        "deaths, with the underlying cause",
        "person_id",
        "person_id id!, happened date!, cause code",
        "person_id>people",
    ),
    _table(
        "referrals",
        "referrals to a service",
        "referral_id",
        f"referral_id id!, {_PERSON}, happened date!, happened_at moment, source code:referral-source, "
        "priority code:referral-priority, team code:team, discharged date, closure_reason code:closure-reason",
        "person_id>people",
        "happened<=discharged",
        required=True,
    ),
    _table(
        "contacts",
        "contacts of a person with a team",
        "contact_id",
        f"contact_id id!, referral_id id!, {_PERSON}, happened date!, happened_at moment, "
        "mechanism code:contact-mechanism, attendance code:attendance, team code:team",
        "person_id>people referral_id>referrals",
    ),
    _table(
        "spells",
        "stays in a hospital bed",
        "spell_id",
        f"spell_id id!, {_PERSON}, happened date!, happened_at moment, admission_method code:admission-method, "
        "admission_source code, discharged date, discharge_method code:discharge-method",
        "person_id>people",
        "happened<=discharged",
    ),
    _table(
        "diagnoses",
        "diagnoses, ICD-10",
        "diagnosis_id",
        f"diagnosis_id id!, {_PERSON}, referral_id id, happened date!, "
        "diagnosis code!:icd10, position code!:diagnosis-position",
        "person_id>people",
    ),
    _table(
        "scores",
        "scored assessments, one row an item",
        "score_id",
        f"score_id id!, {_PERSON}, referral_id id, happened date!, item code!:score-item, score number, rater id",
        "person_id>people",
    ),
    _table(
        "clusters",
        "care clusters, as recorded",
        "cluster_id",
        f"cluster_id id!, {_PERSON}, happened date!, ended date, cluster code!:care-cluster",
        "person_id>people",
        "happened<=ended",
    ),
    _table(
        "care_programmes",
        "time on the care programme approach (CPA)",
        "programme_id",
        f"programme_id id!, {_PERSON}, happened date!, ended date",
        "person_id>people",
        "happened<=ended",
    ),
    _table(
        "reviews",
        "formal reviews under the care programme approach and care planning meetings",
        "review_id",
        f"review_id id!, {_PERSON}, happened date!, carer_attended flag",
        "person_id>people",
    ),
    _table(
        "care_plans",
        "care plans; `happened` is the day the plan was agreed",
        "plan_id",
        f"plan_id id!, {_PERSON}, referral_id id, happened date!, employment_goal flag, inclusion_goal flag",
        "person_id>people",
    ),
    _table(
        "employment",
        "employment status as recorded on a day",
        "person_id provider happened",
        f"{_PERSON}, happened date!, status code!:employment-status",
        "person_id>people",
    ),
    _table(
        "accommodation",
        "accommodation as recorded on a day",
        "person_id provider happened",
        f"{_PERSON}, happened date!, accommodation_type code:accommodation-type, settled code:settled-indicator",
        "person_id>people",
    ),
    _table(
        "roles",
        "roles people hold: volunteering, education, running a home, parenting (local)",
        "person_id provider happened role",
        f"{_PERSON}, happened date!, role code!:role, holds flag!",
        "person_id>people",
    ),
    _table(
        "carers",
        "carers of people in the records (local)",
        "carer_id",
        f"carer_id id!, {_PERSON}, happened date!, ended date",
        "person_id>people",
        "happened<=ended",
    ),
    _table(
        "carer_assessments",
        "offers of a carer's assessment (local)",
        "carer_assessment_id",
        f"carer_assessment_id id!, carer_id id!, {_PERSON}, happened date!, accepted flag",
        "carer_id>carers",
    ),
    _table(
        "carer_scores",
        "scored assessments of carers, one row an item (local)",
        "carer_score_id",
        f"carer_score_id id!, carer_id id!, {_PERSON}, happened date!, item code!:carer-score-item, score number",
        "carer_id>carers",
    ),
    _table(
        "carer_surveys",
        "answers of carers, one row a question (local)",
        "carer_response_id",
        f"carer_response_id id!, carer_id id!, {_PERSON}, happened date!, "
        "question code!:carer-question, answer code:answer",
        "carer_id>carers",
    ),
    _table(
        "patient_surveys",
        "answers of patients, one row a question (local)",
        "response_id",
        f"response_id id!, {_PERSON}, happened date!, question code!:patient-question, answer code:answer",
        "person_id>people",
    ),
    _table(
        "emergency_attendances",
        "attendances at an emergency department (Emergency Care Data Set); `provider` is the hospital",
        "attendance_id",
        f"attendance_id id!, {_PERSON}, happened date!, happened_at moment, department code:emergency-department, "
        "category code:emergency-category, mental_health flag",
        "person_id>people",
    ),
    _table(
        "screenings",
        "physical-health checks: body-mass index, diabetes, cholesterol",
        "screening_id",
        f"screening_id id!, {_PERSON}, happened date!, check code!:health-check, result code!:check-result",
        "person_id>people",
    ),
    _table(
        "activity",
        "activity with its cost, in the minor unit",
        "activity_id",
        f"activity_id id!, {_PERSON}, happened date!, service code!, units number, cost_minor number!",
        "person_id>people",
    ),
    _table(
        "population",
        "people registered in the area, by calendar year, sex and five-year age band (its first year of age)",
        "year sex age",
        "year number!, sex code!:sex, age number!, people number!",
    ),
    _table(
        "population_deaths",
        "deaths of that population",
        "year sex age",
        "year number!, sex code!:sex, age number!, deaths number!",
    ),
)

BY_NAME = {table.name: table for table in TABLES}
