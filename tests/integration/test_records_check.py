"""Every kind of fault, sown by hand: found, counted, placed; the rows set aside or kept as the rules say."""

from datetime import date, datetime
from decimal import Decimal

from record_folders import GOOD, check, fault, put, read, rows

CONTACTS = "contact_id,referral_id,person_id,provider,happened,happened_at,mechanism,attendance,team\n"


def contacts(*lines: str) -> dict[str, str]:
    return {**GOOD, "contacts": CONTACTS + "\n".join(lines)}


def test_good_rows_arrive_with_the_right_types(tmp_path):
    report, connection = read(put(tmp_path, GOOD))
    assert not report.unusable
    assert [p for p in report.problems if p.severity == "error"] == []
    assert rows(connection, "people") == [
        ("P1", date(1980, 5, 1), "1", "A", "E01000001", "north", "E07000177"),
        ("P2", date(1991, 12, 31), "2", None, None, None, None),
    ]
    assert rows(connection, "referrals")[0][3:5] == (date(2023, 1, 10), datetime(2023, 1, 10, 9, 30))
    assert rows(connection, "referrals")[1][4] is None


def test_a_table_that_is_not_there_is_made_empty_and_said(tmp_path):
    report, connection = read(put(tmp_path, GOOD))
    assert "contacts" in report.absent and "people" not in report.absent
    assert rows(connection, "contacts") == []
    described = connection.execute("SELECT cost_minor, happened FROM activity").description
    assert [str(column[1]) for column in described] == ["DECIMAL(18,4)", "DATE"]
    said = [p for p in report.problems if p.where == "contacts"]
    assert [(p.severity, p.found) for p in said] == [("warning", "no contacts")]


BAD_PEOPLE = [
    ("P3,1980-02-31,1,A,,,", "unreadable value", "birth_date"),
    ("P4,31/12/1980,1,A,,,", "unreadable value", "birth_date"),
    ("P5,0205-01-01,1,A,,,", "unreadable value", "birth_date"),
    ("P6,,1,A,,,", "missing value", "birth_date"),
    (",1980-01-01,1,A,,,", "missing value", "person_id"),
    ("P7,1980-01-01,7,A,,,", "unknown code", "sex"),
    ("P8,1980-01-01,01,A,,,", "unknown code", "sex"),
    ("P9,1980-01-01,,A,,,", "missing value", "sex"),
    ("P10,2024-07-01,1,A,,,", "in the future", "birth_date"),
    ("P11,1980-01-01,1,A,,", "malformed line", ""),
    ("P12,1980-01-01,1,A,,,,x", "malformed line", ""),
    ('P13,1980-01-01,"1"x,A,,,', "malformed line", ""),
    ("P1,1980-05-01,1,A,E01000001,north,E07000177", "repeated", "person_id"),
    ("P14,1990-01-01,1,A,,,", "contradicted", "person_id"),
    ("P14,1990-01-02,1,A,,,", "contradicted", "person_id"),
]


def test_rows_with_an_error_are_set_aside_with_their_lines(tmp_path):
    people = GOOD["people"].rstrip() + "".join(f"\n{line}" for line, _, _ in BAD_PEOPLE)
    report, connection = read(put(tmp_path, {**GOOD, "people": people}))
    expected = [("people", "people.csv", n, *reason) for n, (_, *reason) in enumerate(BAD_PEOPLE, 4)]
    assert connection.execute("SELECT * FROM rejected ORDER BY line").fetchall() == expected
    count = report.count("people")
    assert (count.read, count.accepted, count.set_aside) == (17, 2, 15)
    assert [row[0] for row in rows(connection, "people")] == ["P1", "P2"]
    assert fault(report, "people", "unreadable value").codes == ("99/99/9999", "9999-99-99")
    assert fault(report, "people", "unknown code").codes == ("01", "7")
    assert fault(report, "people", "missing value", "birth_date").lines == (7,)
    assert {(p.file, p.severity) for p in report.problems if p.file == "people.csv"} == {("people.csv", "error")}


def test_31_february_is_called_what_it_is(tmp_path):
    people = GOOD["people"].rstrip() + "\nP3,1980-02-31,1,A,,,"
    (problem,) = [p for p in check(put(tmp_path, {**GOOD, "people": people})).problems if p.severity == "error"]
    assert str(problem) == (
        "people.csv:4: people.birth_date: found birth_date as 9999-99-99, which is no day of the calendar (1 row); "
        "write a day of the calendar as YYYY-MM-DD"
    )


def test_a_number_that_is_none_is_not_guessed_at(tmp_path):
    amounts = ["1200", "-12.5", "0.25", "012", "1e3", "12,5", "£12", "1.23456", "--1", "NaN", "1."]
    header = "activity_id,person_id,provider,happened,service,units,cost_minor\n"
    body = "\n".join(f'A{n},P1,RNU,2023-01-01,bed,1,"{amount}"' for n, amount in enumerate(amounts))
    report, connection = read(put(tmp_path, {**GOOD, "activity": header + body}))
    assert fault(report, "activity", "unreadable value", "cost_minor").rows == 8
    assert [row[-1] for row in rows(connection, "activity")] == [Decimal("1200"), Decimal("-12.5"), Decimal("0.25")]


def test_rows_that_contradict_each_other_are_all_set_aside(tmp_path):
    people = GOOD["people"].rstrip() + "\nP1,1981-05-01,1,A,E01000001,north,E07000177"
    report, connection = read(put(tmp_path, {**GOOD, "people": people}))
    assert fault(report, "people", "contradicted").lines == (2, 4)
    assert [row[0] for row in rows(connection, "people")] == ["P2"]
    assert fault(report, "referrals", "no such row", "person_id").lines == (2,)


BAD_CONTACTS = [
    ("C1,R1,P9,RNU,2023-01-11,,01,5,A02", "no such row", "person_id", "error"),
    ("C2,R9,P1,RNU,2023-01-11,,01,5,A02", "no such row", "referral_id", "error"),
    ("C3,R1,P1,RNU,1979-01-11,,01,5,A02", "before birth", "happened", "error"),
    ("C4,R1,P1,RNU,2024-07-01,,01,5,A02", "in the future", "happened", "error"),
    ("C5,R1,P1,RNU,2023-01-11,2023-01-11 24:30:00,01,5,A02", "unreadable value", "happened_at", "warning"),
    ("C6,R1,P1,RNU,2023-01-11,,77,5,A02", "unknown code", "mechanism", "warning"),
    ("C7,R1,P1,RNU,2023-06-11,,01,5,A02", "after death", "happened", "warning"),
]


def test_errors_set_a_row_aside_and_warnings_keep_it(tmp_path):
    deaths = "person_id,happened,cause\nP1,2023-05-01,X70"
    tables = {**contacts(*(line for line, *_ in BAD_CONTACTS)), "deaths": deaths}
    report, connection = read(put(tmp_path, tables))
    for n, (_, reason, column, severity) in enumerate(BAD_CONTACTS, 2):
        found = fault(report, "contacts", reason, column)
        assert found.severity == severity
        assert n in found.lines
    assert [row[0] for row in rows(connection, "contacts")] == ["C5", "C6", "C7"]
    assert [row[5] for row in rows(connection, "contacts")] == [None] * 3


def test_paperwork_within_30_days_of_a_death_is_no_fault(tmp_path):
    deaths = "person_id,happened,cause\nP1,2023-05-01,X70"
    lines = [f"C{n},R1,P1,RNU,2023-05-{day},,01,5,A02" for n, day in enumerate((30, 31))]
    assert check(put(tmp_path, {**contacts(*lines), "deaths": deaths})).faults == ()
    late = contacts(*lines, "C3,R1,P1,RNU,2023-06-01,,01,5,A02")
    assert fault(check(put(tmp_path, {**late, "deaths": deaths})), "contacts", "after death").lines == (4,)


def test_an_end_before_the_beginning_is_an_error_the_same_day_is_not(tmp_path):
    header = "spell_id,person_id,provider,happened,admission_method,discharged\n"
    spells = header + "S1,P1,RNU,2023-02-02,21,2023-02-02\nS2,P1,RNU,2023-03-02,21,2023-03-01"
    report, connection = read(put(tmp_path, {**GOOD, "spells": spells}))
    assert fault(report, "spells", "wrong order").lines == (3,)
    assert [row[0] for row in rows(connection, "spells")] == ["S1"]


def test_without_a_day_of_taking_no_date_is_in_the_future(tmp_path):
    folder = put(tmp_path, contacts("C1,R1,P1,RNU,2099-01-11,,01,5,A02"))
    assert check(folder, known_on=None).faults == ()


def test_a_day_without_a_time_is_no_moment(tmp_path):
    lines = (
        "C1,R1,P1,RNU,2023-01-11,2023-01-11,01,5,A02",
        "C2,R1,P1,RNU,2023-01-11,2023-01-11T08:15:00+01:00,01,5,A02",
    )
    _, connection = read(put(tmp_path, contacts(*lines)))
    assert [row[5] for row in rows(connection, "contacts")] == [None, datetime(2023, 1, 11, 8, 15)]


def test_icd_10_codes_must_lie_in_a_chapter(tmp_path):
    header = "diagnosis_id,person_id,provider,referral_id,happened,diagnosis,position\n"
    codes = ("F20.0", "F200", "G30", "F2", "XX9", "20F")
    body = "\n".join(f"D{n},P1,RNU,R1,2023-01-11,{code},primary" for n, code in enumerate(codes))
    report, connection = read(put(tmp_path, {**GOOD, "diagnoses": header + body}))
    assert [row[5] for row in rows(connection, "diagnoses")] == ["F20.0", "F200", "G30"]
    assert fault(report, "diagnoses", "unknown code").lines == (5, 6, 7)


def test_flags_are_yes_or_no(tmp_path):
    header = "person_id,provider,happened,role,holds\n"
    roles = header + "P1,RNU,2023-01-01,parenting,Y\nP1,RNU,2023-01-01,education,yes\nP2,RNU,2023-01-01,dancing,N"
    report, connection = read(put(tmp_path, {**GOOD, "roles": roles}))
    assert fault(report, "roles", "unknown code", "holds").lines == (3,)
    assert fault(report, "roles", "unknown code", "role").lines == (4,)
    assert len(rows(connection, "roles")) == 1


def test_a_row_with_several_faults_is_set_aside_once(tmp_path):
    people = GOOD["people"].rstrip() + "\nP3,1980-02-31,7,Q,,,"
    report, connection = read(put(tmp_path, {**GOOD, "people": people}))
    assert report.count("people").set_aside == 1
    assert len(report.faults) == 3
    reasons = connection.execute("SELECT reason, columns FROM rejected ORDER BY reason").fetchall()
    assert reasons == [("unknown code", "sex"), ("unreadable value", "birth_date")]


def test_missing_columns_are_all_named_at_once(tmp_path):
    people = "person_id,sex,lsoa,district\nP1,1,,"
    report = check(put(tmp_path, {**GOOD, "people": people}))
    said = {p.found: (p.severity, p.line) for p in report.problems if p.file == "people.csv" and "column" in p.found}
    assert said == {
        "no column birth_date": ("error", 1),
        "no column ethnicity": ("warning", 1),
        "no column locality": ("warning", 1),
    }
    assert report.unusable
    count = report.count("people")
    assert (count.read, count.set_aside) == (1, 1)


def test_a_missing_required_table_makes_the_records_unusable(tmp_path):
    report = check(put(tmp_path, {"people": GOOD["people"]}))
    assert report.unusable
    (problem,) = [p for p in report.problems if p.where == "referrals"]
    assert (problem.severity, problem.found) == ("error", "no referrals")
    assert "the folder has people" in problem.expected


def test_examples_are_five_at_most_and_the_count_is_whole(tmp_path):
    lines = [f"C{n},R1,P1,RNU,2023-01-11,,77,5,A02" for n in range(40)]
    found = fault(check(put(tmp_path, contacts(*lines))), "contacts", "unknown code")
    assert (found.rows, found.lines, found.codes) == (40, (2, 3, 4, 5, 6), ("77",))
