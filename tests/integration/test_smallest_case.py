"""A case with nothing but what must be there still makes a document."""

import shutil
from pathlib import Path

from finance_samples import SMALL
from obc.loaders.contract import load_case
from obc.reports.business_case import write_business_case
from obc.services.case import make_case

SOUND = Path(__file__).parents[1] / "unit" / "broken_contracts" / "sound"


def test_without_case_file_ranges_and_capitation_it_says_what_it_knows(tmp_path):
    folder = tmp_path / "small-town"
    shutil.copytree(SOUND, folder)
    (folder / "finance.yaml").write_text(SMALL)
    contract, file = load_case(folder)
    assert file is None
    case = make_case(contract, file)
    assert (case.simulation, case.capitation, case.literature, case.appraisal) == (None, None, None, None)
    assert not case.questions.go
    paths = write_business_case(case, contract, file, tmp_path / "out")
    assert {path.suffix for path in paths[:4]} == {".html", ".pdf", ".docx", ".xlsx"}
    page = paths[0].read_text()
    assert page.count("<h2 ") == 10
    assert "No vision is written down yet." in page
    assert "No ranges and no consequences are written down yet." in page
