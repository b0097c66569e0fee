"""Whatever stands in a folder: no row is lost, none is in two places, and the order of rows changes nothing."""

import random
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from record_folders import put, read

IDS = st.sampled_from(["P1", "P2", "P3", "", "P 1", 'P"4', "P,5"])
DAYS = st.sampled_from(["2023-01-01", "2023-02-28", "2023-02-29", "01/02/2023", "", "2099-01-01", "1979-12-31"])
CODES = st.sampled_from(["1", "2", "9", "7", "", " 1 ", "one"])
PEOPLE = st.lists(st.tuples(IDS, DAYS, CODES), max_size=12)
REFERRALS = st.lists(st.tuples(st.sampled_from(["R1", "R2", "R3", ""]), IDS, DAYS, DAYS), max_size=12)
LINES = st.lists(st.sampled_from(["", "P1", ",,,,,,", "P9,1980-01-01,1", "\xe9,1980-01-01,1"]), max_size=3)


def quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"' if set(value) & set(',"') else value


def folder(path: Path, people: list, referrals: list, stray: list[str]) -> Path:
    rows = [",".join(map(quoted, row)) for row in people] + stray
    lines = [",".join((quoted(a), quoted(b), "RNU", c, d)) for a, b, c, d in referrals]
    return put(
        path,
        {
            "people": "\n".join(("person_id,birth_date,sex", *rows)),
            "referrals": "\n".join(("referral_id,person_id,provider,happened,discharged", *lines)),
        },
    )


@given(PEOPLE, REFERRALS, LINES, st.randoms(use_true_random=False))
def test_rows_are_conserved_and_their_order_means_nothing(people, referrals, stray, chance: random.Random):
    with TemporaryDirectory() as one, TemporaryDirectory() as two:
        report, connection = read(folder(Path(one), people, referrals, stray))
        read_rows = {"people": len(people) + sum(bool(line) for line in stray), "referrals": len(referrals)}
        for table, expected in read_rows.items():
            count = report.count(table)
            assert count.read == expected
            accepted = connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0]
            aside = connection.execute(
                f"SELECT count(DISTINCT (file, line)) FROM rejected WHERE table_name = '{table}'"
            ).fetchall()[0][0]
            assert (accepted, aside) == (count.accepted, count.set_aside)
            assert accepted + aside == expected
        shuffled = chance.sample(people, len(people)), chance.sample(referrals, len(referrals)), stray
        again, _ = read(folder(Path(two), *shuffled))
        assert again.records_hash == report.records_hash
        assert again.counts == report.counts
