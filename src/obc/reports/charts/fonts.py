"""Pictures are drawn with the fonts that vl-convert brings along, whatever fonts a machine has."""

import os
import tempfile
from pathlib import Path

import vl_convert

_VARIABLE = "FONTCONFIG_FILE"
_NOTHING = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


def leave_out_fonts_of_the_machine() -> None:
    """Have vl-convert look for fonts where there are none; to be called before anything is drawn.

    A machine's own Liberation Sans comes in several versions, so that the same picture was other bytes on another
    machine; and its file was opened again for every letter, which took half of the time.
    """
    before = os.environ.get(_VARIABLE)
    with tempfile.TemporaryDirectory(prefix="obc-fonts-") as folder:
        config = Path(folder) / "fonts.conf"
        config.write_text(f"<?xml version='1.0'?><fontconfig><dir>{folder}</dir></fontconfig>", encoding="utf-8")
        os.environ[_VARIABLE] = str(config)
        try:
            vl_convert.svg_to_png(_NOTHING)  # it looks once, when it first draws
        finally:
            del os.environ[_VARIABLE]
            if before is not None:
                os.environ[_VARIABLE] = before
