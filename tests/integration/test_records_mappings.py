"""Extracts of different make give the same logical rows: MHSDS versions 5 and 6, and a local system."""

from datetime import date, datetime

import duckdb
import pytest

from obc.domain.core.kernel.problem import Problems
from obc.domain.measurement.records.mapping import RecordMapping
from obc.domain.measurement.records.tables import TABLES
from obc.engine.records.read import check_records
from obc.engine.records.recognise import recognise
from obc.loaders.record_mapping import load_mapping
from record_folders import LISTS, MAPPINGS, check, fault, put, read, rows

HOME = "979731000000102"
"""HoNOS 10, activities of daily living."""

BOTH = {
    "MHS003AccommStatus": """
        Person_ID,OrgIDProv,UniqMonthID,RecordNumber,AccommodationTypeDate,AccommodationType,SettledAccommodationInd
        P1,RNU,1485,11,2023-01-10,02,Y
    """,
    "MHS004EmpStatus": """
        Person_ID,OrgIDProv,UniqMonthID,RecordNumber,EmployStatusRecDate,EmployStatus
        P1,RNU,1485,11,2023-01-10,1
        P2,RNU,1485,12,2023-02-10,07
    """,
    "MHS009CarePlanAgreement": """
        Person_ID,OrgIDProv,UniqMonthID,RecordNumber,UniqCarePlanID,CarePlanContentAgreedDate
        P1,RNU,1485,11,CP1,2023-01-20
        P1,RNU,1485,11,CP2,
    """,
    "care_plan_goals": """
        plan_id,employment_goal,inclusion_goal
        CP1,Y,N
    """,
    "MHS501HospProvSpell": """
        UniqHospProvSpellID,Person_ID,OrgIDProv,UniqMonthID,RecordNumber,StartDateHospProvSpell,\
StartTimeHospProvSpell,MethAdmMHHospProvSpell,SourceAdmMHHospProvSpell,DischDateHospProvSpell,MethOfDischMHHospProvSpell
        S1,P1,RNU,1484,11,2023-01-12,22:05:00,25,19,,
        S1,P1,RNU,1485,21,2023-01-12,22:05:00,25,19,2023-02-02,1
    """,
    "MHS604PrimDiag": """
        UniqServReqID,Person_ID,OrgIDProv,UniqMonthID,RecordNumber,DiagSchemeInUse,PrimDiag,CodedDiagTimestamp
        R1,P1,RNU,1485,11,02,F20.0,2023-01-15T10:00:00+00:00
        R1,P1,RNU,1485,11,06,58214004,2023-01-15T10:00:00+00:00
    """,
    "MHS605SecDiag": """
        UniqServReqID,Person_ID,OrgIDProv,UniqMonthID,RecordNumber,DiagSchemeInUse,SecDiag,CodedDiagTimestamp
        R1,P1,RNU,1485,11,02,F10.2,2023-01-15T10:00:00+00:00
    """,
    "MHS606CodedScoreAssessmentRefer": """
        UniqServReqID,Person_ID,OrgIDProv,UniqMonthID,RecordNumber,CodedAssToolType,PersScore,AssToolCompTimestamp,\
UniqCareProfLocalID
        R1,P1,RNU,1485,11,979731000000102,3,2023-01-16 11:00:00,W1
        R1,P1,RNU,1485,11,999999999,3,2023-01-16 11:00:00,W1
    """,
    "MHS607CodedScoreAssessmentAct": """
        UniqCareActID,UniqCareContID,UniqServReqID,Person_ID,OrgIDProv,UniqMonthID,RecordNumber,CodedAssToolType,PersScore
        A1,C2,R1,P1,RNU,1485,11,979731000000102,1
    """,
    "MHS202CareActivity": """
        UniqCareActID,UniqMonthID,RecordNumber,UniqCareProfLocalID
        A1,1485,11,W2
    """,
    "MHS701CPACareEpisode": """
        UniqCPAEpisodeID,Person_ID,OrgIDProv,UniqMonthID,RecordNumber,StartDateCPA,EndDateCPA
        E1,P1,RNU,1485,11,2022-01-01,
    """,
    "MHS702CPAReview": """
        UniqCPAEpisodeID,Person_ID,OrgIDProv,UniqMonthID,RecordNumber,CPAReviewDate
        E1,P1,RNU,1485,11,2023-01-05
    """,
    "review_attendance": """
        programme_id,happened,carer_attended
        E1,2023-01-05,Y
    """,
    "deaths": """
        Person_ID,REG_DATE_OF_DEATH,S_UNDERLYING_COD_ICD10
        P2,20230310,X70
    """,
    "localities": """
        lsoa,locality
        E01000001,north
    """,
}
"""What both versions have in common."""

PEOPLE = """
        Person_ID,UniqMonthID,RecordNumber,PersonBirthDate,Gender,{gender}EthnicCategory,{lsoa},LADistrictAuth,PersDeathDate
        P1,1484,11,1980-05-01,2,{first}A,E01000009,E07000178,
        P1,1485,21,1980-05-01,1,{second}A,E01000001,E07000177,
        P2,1485,12,1991-12-31,2,{third}NULL,,,2023-03-09
"""

V5 = {
    **BOTH,
    "MHS001MPI": PEOPLE.format(gender="", lsoa="LSOA2011", first="", second="", third=""),
    "MHS101Referral": """
        UniqServReqID,Person_ID,OrgIDProv,UniqMonthID,RecordNumber,ReferralRequestReceivedDate,\
ReferralRequestReceivedTime,SourceOfReferralMH,ClinRespPriorityType,ServDischDate
        R1,P1,RNU,1484,11,2023-01-10,1970-01-01 09:30:00,A1,4,
        R1,P1,RNU,1485,21,2023-01-10,1970-01-01 09:30:00,A1,4,2023-03-01
        R2,P2,RNU,1485,12,2023-02-10,,H1,3,
    """,
    "MHS102ServiceTypeReferredTo": """
        UniqServReqID,UniqCareProfTeamID,UniqMonthID,RecordNumber,ServTeamTypeRefToMH,ReferClosReason
        R1,T1,1484,11,A06,
        R1,T1,1485,21,A02,02
        R1,T2,1484,11,A11,
        R2,T1,1485,12,A06,
    """,
    "MHS201CareContact": """
        UniqCareContID,UniqServReqID,UniqCareProfTeamID,Person_ID,OrgIDProv,UniqMonthID,RecordNumber,CareContDate,\
CareContTime,ConsMechanismMH,AttendOrDNACode
        C1,R1,T1,P1,RNU,1485,11,2023-01-10,1970-01-01 12:00:00,01,5
        C2,R1,T2,P1,RNU,1485,11,2023-01-20,,11,6
        C3,R2,T9,P2,RNU,1485,12,2023-02-20,10:15,02,3
    """,
    "MHS803CareCluster": """
        UniqClustID,Person_ID,OrgIDProv,UniqMonthID,RecordNumber,StartDateCareClust,EndDateCareClust,AMHCareClustCodeFin
        K1,P1,RNU,1485,11,2023-01-18,,11
        K2,P2,RNU,1485,12,2023-02-18,,
    """,
}

V6 = {
    **BOTH,
    "MHS001MPI": PEOPLE.format(gender="GenderIDCode,", lsoa="LSOA2021", first="1,", second="X,", third="2,"),
    "MHS101Referral": """
        UniqServReqID,Person_ID,OrgIDProv,UniqMonthID,RecordNumber,ReferralRequestReceivedDate,\
ReferralRequestReceivedTime,SourceOfReferralMH,ClinRespPriorityType,ServDischDate,CareProfTeamLocalID,ReferClosReason
        R1,P1,RNU,1484,11,2023-01-10,09:30:00,A1,4,,T1,
        R1,P1,RNU,1485,21,2023-01-10,09:30:00,A1,4,2023-03-01,T1,02
        R2,P2,RNU,1485,12,2023-02-10,,H1,3,,T3,
    """,
    "MHS902ServiceTeamDetails": """
        OrgIDProv,CareProfTeamLocalID,UniqMonthID,RecordNumber,ServTeamTypeMH
        RNU,T1,1484,,A02
        RNU,T2,1484,,A11
        RNU,T3,1484,,A06
        XXX,T1,1484,,A20
    """,
    "MHS201CareContact": """
        UniqCareContID,UniqServReqID,OtherCareProfTeamLocalID,Person_ID,OrgIDProv,UniqMonthID,RecordNumber,CareContDate,\
CareContTime,ConsMechanismMH,AttendStatus
        C1,R1,,P1,RNU,1485,11,2023-01-10,12:00:00,01,5
        C2,R1,T2,P1,RNU,1485,11,2023-01-20,,11,6
        C3,R2,,P2,RNU,1485,12,2023-02-20,10:15:00,02,3
    """,
    "clusters": """
        cluster_id,person_id,provider,happened,ended,cluster
        K1|2023-01-18,P1,RNU,2023-01-18,,11
    """,
}


@pytest.fixture(scope="module")
def five(tmp_path_factory):
    return read(put(tmp_path_factory.mktemp("five"), V5), "mhsds-v5")


@pytest.fixture(scope="module")
def six(tmp_path_factory):
    return read(put(tmp_path_factory.mktemp("six"), V6), "mhsds-v6")


def test_versions_5_and_6_give_the_same_rows(five, six):
    for table in TABLES:
        assert rows(five[1], table.name) == rows(six[1], table.name), table.name
    assert five[0].records_hash == six[0].records_hash
    assert five[0].faults == six[0].faults == ()


def test_every_table_of_the_data_set_arrives(five):
    _, connection = five
    at = date(2023, 1, 20)
    assert rows(connection, "people") == [
        ("P1", date(1980, 5, 1), "1", "A", "E01000001", "north", "E07000177"),
        ("P2", date(1991, 12, 31), "2", None, None, None, None),
    ]
    assert rows(connection, "referrals") == [
        ("R1", "P1", "RNU", date(2023, 1, 10), datetime(2023, 1, 10, 9, 30), "A1", "4", "A02", date(2023, 3, 1), "02"),
        ("R2", "P2", "RNU", date(2023, 2, 10), None, "H1", "3", "A06", None, None),
    ]
    assert rows(connection, "contacts") == [
        ("C1", "R1", "P1", "RNU", date(2023, 1, 10), datetime(2023, 1, 10, 12), "01", "5", "A02"),
        ("C2", "R1", "P1", "RNU", at, None, "11", "6", "A11"),
        ("C3", "R2", "P2", "RNU", date(2023, 2, 20), datetime(2023, 2, 20, 10, 15), "02", "3", "A06"),
    ]
    assert rows(connection, "scores") == [
        (
            "606-R1|2023-01-16 11:00:00|979731000000102",
            "P1",
            "RNU",
            "R1",
            date(2023, 1, 16),
            "979731000000102",
            3,
            "W1",
        ),
        ("607-A1|979731000000102", "P1", "RNU", "R1", at, "979731000000102", 1, "W2"),
    ]
    assert [row[3:] for row in rows(connection, "diagnoses")] == [
        ("R1", date(2023, 1, 15), "F20.0", "primary"),
        ("R1", date(2023, 1, 15), "F10.2", "secondary"),
    ]
    assert rows(connection, "care_plans") == [("CP1|2023-01-20", "P1", "RNU", None, at, "Y", "N")]
    assert rows(connection, "reviews") == [("E1|2023-01-05", "P1", "RNU", date(2023, 1, 5), "Y")]
    assert [row[-1] for row in rows(connection, "employment")] == ["01", "07"]
    assert rows(connection, "clusters") == [("K1|2023-01-18", "P1", "RNU", date(2023, 1, 18), None, "11")]
    assert rows(connection, "deaths") == [("P2", date(2023, 3, 10), "X70")]


def test_earlier_submissions_and_later_sources_are_superseded(five):
    report, connection = five
    assert [row[7] for row in rows(connection, "spells")] == [date(2023, 2, 2)]
    assert report.count("spells").superseded == 1
    deaths = report.count("deaths")
    assert (deaths.read, deaths.left_out, deaths.superseded, deaths.accepted) == (4, 2, 1, 1)


def test_what_the_mapping_does_not_want_is_left_out_and_counted(five):
    counts = {table: five[0].count(table).left_out for table in ("diagnoses", "scores", "care_plans", "clusters")}
    assert counts == {"diagnoses": 1, "scores": 1, "care_plans": 1, "clusters": 1}


def test_a_later_submission_with_an_error_does_not_supersede(tmp_path):
    spells = V6["MHS501HospProvSpell"].replace("2023-02-02", "2023-02-31")
    report, connection = read(put(tmp_path, {**V6, "MHS501HospProvSpell": spells}), "mhsds-v6")
    assert [row[7] for row in rows(connection, "spells")] == [None]
    found = fault(report, "spells", "unreadable value")
    assert (found.lines, found.called) == ((3,), ("DischDateHospProvSpell",))


LOCAL = """
id: our-system
title: The alliance's own system
source: its data manager
extends: mhsds-v6
dates: ["%d/%m/%Y", "%d %b %Y"]
nothing: [n/a, "-"]
tables:
  people:
    from: Patients
    columns:
      person_id: PatNo
      birth_date: DOB
      sex: {column: Sex, codes: {M: "1", F: "2", U: X}}
      ethnicity: Ethnic
  referrals:
    from: Episodes
    where: {Kind: [MH, CAMHS]}
    columns:
      referral_id: {joined: [PatNo, EpisodeNo]}
      person_id: PatNo
      provider: {constant: RNU}
      happened: Opened
      happened_at: {column: Opened, time: OpenedTime}
      priority: {column: Urgency, codes: {E: "1", VU: "4", U: "2", R: "3"}}
      team: {first of: [{column: Team, codes: {CRISIS: A02}}, {look up: Team, in: Clinics, by: {Clinic: Code}}]}
      discharged: Closed
"""


def local(text: str = LOCAL) -> RecordMapping:
    import yaml

    return RecordMapping.model_validate(yaml.load(text, yaml.BaseLoader)).extended(MAPPINGS)


LOCAL_FILES = {
    "patients": """
        PATNO,dob,Sex,Ethnic
        1,01/05/1980,M,A
        2,31 Dec 1991,F,n/a
        3,1991-12-31,U,-
    """,
    "Episodes": """
        PatNo,EpisodeNo,Kind,Opened,OpenedTime,Urgency,Team,Clinic,Closed
        1,1,MH,10/01/2023,09:30,VU,CRISIS,,01/03/2023
        2,1,MH,10/02/2023,-,R,-,K7,
        2,2,DENTAL,11/02/2023,,R,,,
        2,3,MH,31/02/2023,,R,A06,,
    """,
    "Clinics": """
        Code,Team
        K7,A06
    """,
}


def test_a_local_extract_is_read_through_its_own_mapping(tmp_path):
    report, connection = read(put(tmp_path, LOCAL_FILES), local())
    assert rows(connection, "people") == [
        ("1", date(1980, 5, 1), "1", "A", None, None, None),
        ("2", date(1991, 12, 31), "2", None, None, None, None),
    ]
    assert rows(connection, "referrals") == [
        ("1|1", "1", "RNU", date(2023, 1, 10), datetime(2023, 1, 10, 9, 30), None, "4", "A02", date(2023, 3, 1), None),
        ("2|1", "2", "RNU", date(2023, 2, 10), None, None, "3", "A06", None, None),
    ]
    assert fault(report, "people", "unreadable value").lines == (4,)
    assert fault(report, "referrals", "unreadable value").codes == ("99/99/9999",)
    said = [p for p in report.problems if p.file == "Episodes.csv" and p.severity == "error"]
    assert [str(p) for p in said] == [
        "Episodes.csv:5: referrals.happened: found Opened as 99/99/9999, which is no day of the calendar (1 row); "
        "write a day of the calendar as DD/MM/YYYY"
    ]


def test_a_look_up_that_is_not_there_leaves_the_column_empty_and_says_so(tmp_path):
    files = {name: text for name, text in V6.items() if name not in ("MHS902ServiceTeamDetails", "localities")}
    report, connection = read(put(tmp_path, files), "mhsds-v6")
    assert {row[7] for row in rows(connection, "referrals")} == {None}
    said = [p.found for p in report.problems if p.where in ("referrals", "people")]
    assert "no MHS902ServiceTeamDetails, from which ServTeamTypeMH is looked up" in said
    assert "no localities, from which locality is looked up" in said
    assert not report.unusable


def test_of_several_rows_of_a_look_up_the_latest_counts(tmp_path):
    teams = V6["MHS902ServiceTeamDetails"] + "        RNU,T3,1485,,A09\n        RNU,T3,1485,,A08\n"
    _, connection = read(put(tmp_path, {**V6, "MHS902ServiceTeamDetails": teams}), "mhsds-v6")
    assert [row[7] for row in rows(connection, "referrals")] == ["A02", "A08"]


def test_a_look_up_without_its_column_is_said(tmp_path):
    files = {**V6, "localities": "area,locality\nE01000001,north"}
    report = check(put(tmp_path, files), "mhsds-v6")
    (problem,) = [p for p in report.problems if p.file == "localities.csv"]
    assert problem.found == "not all of the columns locality, lsoa"


def test_the_kind_of_extract_is_recognised(tmp_path):
    logical = {"people": "person_id,birth_date,sex", "referrals": "referral_id"}
    for name, tables in (("mhsds-v5", V5), ("mhsds-v6", V6), ("logical", logical)):
        assert recognise(put(tmp_path / name, tables), MAPPINGS.values()).id == name


def test_what_fits_none_or_several_is_for_people_to_say(tmp_path):
    both = put(tmp_path / "both", {**V5, **V6})
    with pytest.raises(Problems, match="tables that fit mhsds-v5, mhsds-v6; write --mapping with one of"):
        recognise(both, MAPPINGS.values())
    neither = put(tmp_path / "neither", {"Patients": "PatNo"})
    with pytest.raises(Problems, match="fit no mapping: Patients; write --mapping with one of logical"):
        recognise(neither, MAPPINGS.values())
    (tmp_path / "empty").mkdir()
    with pytest.raises(Problems, match="no CSV and no Parquet file"):
        recognise(tmp_path / "empty", MAPPINGS.values())


def test_a_mapping_is_found_by_name_short_name_or_file(tmp_path):
    assert load_mapping("v5") == load_mapping("mhsds-v5") == MAPPINGS["mhsds-v5"]
    (tmp_path / "ours.yaml").write_text(LOCAL)
    assert load_mapping(tmp_path / "ours.yaml") == local()
    with pytest.raises(Problems, match="no such mapping; write one of logical, mhsds-v5, mhsds-v6, or the file"):
        load_mapping("v7")
    (tmp_path / "wrong.yaml").write_text(LOCAL.replace("extends: mhsds-v6", "extends: v6"))
    with pytest.raises(Problems, match=r"wrong.yaml:5: extends: found extends: v6; extend one of logical"):
        load_mapping(tmp_path / "wrong.yaml")
    (tmp_path / "bad.yaml").write_text(LOCAL.replace("birth_date:", "born:"))
    with pytest.raises(Problems, match="the column 'born'; people has person_id, birth_date"):
        load_mapping(tmp_path / "bad.yaml")


def test_the_kind_of_extract_is_recognised_in_parquet_too(tmp_path):
    for table, columns in (("people", "1 AS person_id, 1 AS birth_date"), ("referrals", "1 AS referral_id")):
        duckdb.sql(f"SELECT {columns}").write_parquet(str(tmp_path / f"{table}.parquet"))
    assert recognise(tmp_path, MAPPINGS.values()).id == "logical"
    (tmp_path / "people.parquet").write_bytes(b"PAR1")
    with pytest.raises(Problems, match="fit no mapping: people, referrals"):
        recognise(tmp_path, MAPPINGS.values())


def test_columns_that_a_mapping_speaks_of_in_vain_are_named(tmp_path):
    files = {**LOCAL_FILES, "Episodes": "PatNo,Opened,Team\n1,10/01/2023,A06"}
    report = check(put(tmp_path, files), local())
    said = {p.found: p.severity for p in report.problems if p.file == "Episodes.csv" and p.found.startswith("no col")}
    assert said == {
        "no column EpisodeNo": "error",
        "no column OpenedTime": "warning",
        "no column Urgency": "warning",
        "no column Closed": "warning",
        "no column Kind": "error",
    }
    assert report.unusable


def test_a_submission_may_be_dated(tmp_path):
    text = LOCAL + "submitted: {date: Sent}\nlate after: 10\n"
    episodes = "PatNo,EpisodeNo,Kind,Opened,Sent\n" + "\n".join(
        f"1,{n},MH,10/01/2023,2023-01-{day}" for n, day in enumerate((10, 11, 20, 21, 31))
    )
    report = check(put(tmp_path, {**LOCAL_FILES, "Episodes": episodes}), local(text))
    assert [(one.provider, one.rows, one.late) for one in report.late] == [("RNU", 5, 2)]


def test_reading_needs_every_code_list(tmp_path):
    with pytest.raises(KeyError, match="the code lists sex"):
        check_records(tmp_path, MAPPINGS["logical"], {name: one for name, one in LISTS.items() if name != "sex"})


def test_all_code_lists_of_the_tables_are_there():
    wanted = {column.codes for table in TABLES for column in table.columns if column.codes}
    assert wanted <= set(LISTS)
    assert all(LISTS[name].source for name in wanted)
