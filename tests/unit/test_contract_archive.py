"""A folder sent as one file: what leads out of it, lies about its size or is no contract's is refused, all at once."""

import io
import struct
import zipfile

import pytest

from obc.domain.core.kernel.problem import Problems
from obc.loaders.contract_archive import MOST, MOST_FILES, archive, files_in, load_archive, zipped

FOLDER = files_in(archive("template"))


def packed(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, content in files:
            made.writestr(name, content)
    return out.getvalue()


def refused(content: bytes) -> list[str]:
    with pytest.raises(Problems) as found:
        load_archive(content)
    return [str(one) for one in found.value.problems]


@pytest.mark.parametrize(
    "name", ["../contract.yaml", "/etc/x.yaml", "a/../../x.yaml", "a\\b.yaml", "C:x.yaml", "run.exe"]
)
def test_a_name_that_leads_out_or_is_no_contracts_is_refused(name):
    (said,) = refused(packed(("contract.yaml", b"id: x"), (name, b"x")))
    assert said.startswith("the archive: ") and "no file of a contract" in said


def test_every_strange_name_is_said_at_once():
    assert len(refused(packed(("../a.yaml", b""), ("b.exe", b""), ("c.yaml", b"")))) == 2


def test_a_link_is_no_file():
    link = zipfile.ZipInfo("contract.yaml")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(link, "/etc/passwd")
    assert "no file of a contract" in refused(out.getvalue())[0]


def test_a_name_twice_is_refused():
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = packed(("contract.yaml", b"id: a"), ("contract.yaml", b"id: b"))
    assert "a name that stands twice; send each file once" in refused(content)[0]


def test_a_bomb_is_refused_before_it_is_unpacked():
    assert "more than a contract's" in refused(packed(("contract.yaml", b"0" * (MOST + 1))))[0]
    assert "more than a contract's" in refused(packed(*((f"{n}.yaml", b"") for n in range(MOST_FILES + 1))))[0]


def test_no_more_is_read_than_was_announced():
    """The directory of the archive says three bytes; the file holds a million."""
    content = bytearray(packed(("contract.yaml", b"0" * 1_000_000)))
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 3)
    try:
        assert len(files_in(bytes(content))["contract.yaml"]) <= 3
    except Problems as found:
        assert "no ZIP that can be read" in str(found)


@pytest.mark.parametrize("content", [b"", b"PK no", b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_archive_is_said_so(content):
    assert "no ZIP that can be read" in refused(content)[0] or "no file" in refused(content)[0]


def test_problems_name_the_files_as_the_archive_does_with_their_lines():
    broken = {**FOLDER, "payment.yaml": FOLDER["payment.yaml"].replace(b"1_000_000", b"one"), "framework.yaml": b""}
    said = refused(zipped(broken))
    assert said == [
        "framework.yaml:1: the file: found an empty file; write its keys and values, or remove the file",
        "payment.yaml:6: figures > pot of the year > is > value: found 'one'; "
        "write a number, for example 40 %, 1_000_000, 0.0285 or 1/3",
    ]
    (said,) = refused(zipped({"payment.yaml": FOLDER["payment.yaml"]}))
    assert said.startswith("the archive: ") and "tmp" not in said


def test_the_folder_itself_may_be_packed_and_what_a_mac_adds_is_left_aside():
    content = packed(
        *((f"our contract/{name}", file) for name, file in FOLDER.items()),
        ("__MACOSX/._contract.yaml", b"\x00"),
        ("our contract/.DS_Store", b"\x00"),
    )
    assert files_in(content) == FOLDER and load_archive(content).id == "template"
