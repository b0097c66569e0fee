"""A contract to start from: the template, copied as a whole or not at all."""

import re
import shutil
import tempfile
from pathlib import Path

from obc.domain.core.kernel.problem import refusal
from obc.loaders.places import WORKED

TEMPLATE = WORKED / "template"
_ID = re.compile(rf"^id: {TEMPLATE.name}$", re.MULTILINE)


def new_contract(folder: Path) -> tuple[Path, ...]:
    """Write a contract that works into `folder`, which must not exist yet; its id is the folder's name.

    The files are written beside it and then moved into place at once, so that nothing half-written is left.
    Returns the files. Raises `Problems` where the folder exists, cannot be written, or has a name that is no id.
    """
    name = folder.resolve().name
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) or len(name) > 80:
        slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:80].strip("-")
        raise refusal(
            str(folder),
            "the folder",
            f"the name '{name}'",
            f"use lower-case words joined by hyphens: '{slug or 'our-town'}'",
        )
    if folder.exists() or folder.is_symlink():
        raise refusal(
            str(folder), "the folder", "something of that name already", "choose another name; nothing is overwritten"
        )
    beside: Path | None = None
    try:
        beside = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=folder.resolve().parent))
        shutil.copytree(TEMPLATE, beside, dirs_exist_ok=True, copy_function=shutil.copyfile)
        for path in beside.glob("*.yaml"):
            path.write_text(_ID.sub(f"id: {name}", path.read_text("utf-8")), "utf-8")
        beside.chmod(0o755)
        beside.rename(folder)
    except OSError as error:
        raise refusal(
            str(folder), "the folder", error.strerror or "a folder that cannot be written", "name another place"
        ) from error
    finally:
        if beside is not None:
            shutil.rmtree(beside, ignore_errors=True)
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))
