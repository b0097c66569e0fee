"""Recorded clusters against a score grid. The ranges here are invented: none ships."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from command import obc
from obc.domain.measurement.segmentation.score_grid import ScoreGrid
from obc.engine.segmentation.agreement import agreement

GRID = {
    "id": "a-grid",
    "title": "A grid",
    "edition": "invented",
    "source": "a test",
    "items": {"7": ["979701000000108"]},
    "clusters": [{"cluster": "03", "must": {"7": "2-3"}}, {"cluster": "04", "must": {"7": "3-4"}}],
}
DAY, OTHER = date(2014, 4, 1), date(2014, 4, 2)


@pytest.mark.parametrize(
    ("cluster", "scores", "expected"),
    [
        ("04", [(DAY, 4)], (1, 1, 0, 0)),
        ("04", [(DAY, 2)], (1, 0, 1, 0)),
        ("04", [(DAY, 1)], (1, 0, 0, 1)),
        ("04", [(OTHER, 4)], (0, 0, 0, 0)),
        ("04", [(DAY, None)], (0, 0, 0, 0)),
        ("04", [(DAY, 1), (DAY, 4)], (1, 1, 0, 0)),
    ],
)
def test_a_recorded_cluster_is_set_against_the_scores_of_its_day(cluster, scores, expected):
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE clusters(cluster_id VARCHAR, person_id VARCHAR, happened DATE, cluster VARCHAR)"
        )
        connection.execute("CREATE TABLE scores(person_id VARCHAR, happened DATE, item VARCHAR, score DECIMAL(18,4))")
        connection.execute("INSERT INTO clusters VALUES ('c', 'ann', ?, ?)", [DAY, cluster])
        for day, score in scores:
            connection.execute("INSERT INTO scores VALUES ('ann', ?, '979701000000108', ?)", [day, score])
        found = agreement(connection, ScoreGrid.model_validate(GRID))
    assert (found.recorded, found.edition) == (1, "invented")
    assert (found.scored, found.fits, found.fits_another, found.fits_none) == expected


def test_the_command_counts_and_shows_nobody(tmp_path: Path):
    records = tmp_path / "records"
    records.mkdir()
    head = "person_id,provider,happened"
    (records / "people.csv").write_text("person_id,birth_date,sex\nann,1980-01-01,1\n")
    (records / "referrals.csv").write_text(f"referral_id,{head}\nr,ann,RNU,2014-03-01\n")
    (records / "clusters.csv").write_text(f"cluster_id,{head},cluster\nc,ann,RNU,2014-04-01,04\n")
    (records / "scores.csv").write_text(f"score_id,{head},item,score\ns,ann,RNU,2014-04-01,979701000000108,4\n")
    grid = tmp_path / "grid.yaml"
    grid.write_text(
        'id: a-grid\ntitle: A grid\nedition: invented\nsource: a test\nitems: {"7": ["979701000000108"]}\n'
        'clusters: [{cluster: "04", must: {"7": 3-4}}]\n'
    )
    call = ("records", "clusters", "oxfordshire-mental-health", records, "--grid", grid, "--mapping", "logical")
    said = obc(*call)
    assert said.status == 0, said.out
    assert "1 fit the cluster recorded" in said.out and "ann" not in said.out
    assert obc(*call, "--format", "json").json["fits"] == 1
    grid.write_text(grid.read_text().replace("3-4", "9-9"))
    refused = obc(*call)
    assert refused.status == 1 and "grid.yaml:6" in refused.out
