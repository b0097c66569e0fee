"""The example on the page about mappings is a mapping."""

import re
from pathlib import Path

from obc.domain.measurement.records.columns import ColumnSource, FirstOf
from obc.domain.measurement.records.tables import BY_NAME
from obc.loaders.record_mapping import load_mapping

PAGE = Path(__file__).parents[2] / "docs/reference/record-mappings.md"


def test_the_example_can_be_loaded_and_shows_every_form_of_column(tmp_path):
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(), re.DOTALL)
    (tmp_path / "ours.yaml").write_text(example)
    mapping = load_mapping(tmp_path / "ours.yaml")
    assert mapping.tables[0].table == "people"
    assert mapping.sources(BY_NAME["spells"])[0].from_ == "MHS501HospProvSpell"

    def forms(source: ColumnSource) -> set[str]:
        inner = set().union(*map(forms, source.first_of)) if isinstance(source, FirstOf) else set()
        return {type(source).__name__} | inner

    shown = [column.source for table in mapping.tables[:3] for source in table.sources for column in source.columns]
    assert set().union(*map(forms, shown)) == {"FromColumn", "Joined", "Constant", "LookUp", "Taken", "FirstOf"}
