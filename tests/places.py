"""Where things stand: the checkout, and the published data that are never copied into it."""

import os
from pathlib import Path

ROOT = Path(__file__).parents[1]
DATA = Path(os.environ.get("OBC_DATA", ROOT.parent / "shared" / "data"))
