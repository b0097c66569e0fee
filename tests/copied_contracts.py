"""A worked contract under another name, for tests that change it or move the clock: others find theirs untouched."""

from pathlib import Path

from obc.loaders.contract_archive import archive, files_in


def copied(name: str, as_: str, folder: Path) -> Path:
    """The folder of a worked contract with another id, written into `folder`."""
    for file, content in files_in(archive(name)).items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_bytes(content.replace(f"\nid: {name}\n".encode(), f"\nid: {as_}\n".encode()))
    return folder
