"""The same few records as MHSDS versions 5 and 6 have them, and others as a local system has them."""

import yaml

from obc.domain.measurement.records.mapping import RecordMapping
from record_folders import MAPPINGS

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
