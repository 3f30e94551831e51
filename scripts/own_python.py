"""Import this first in a file that people start as `python FILE`: without our packages the file is started again with .venv's Python."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

OWN_PYTHON = Path(__file__).resolve().parents[1] / ".venv" / "bin" / "python"

if find_spec("gradio") is None:
    if not OWN_PYTHON.exists() or Path(sys.prefix).resolve() == OWN_PYTHON.parents[1].resolve():
        sys.exit("The packages are not installed: start ./start.sh once, which installs them, then try again.")
    os.execv(OWN_PYTHON, [str(OWN_PYTHON), *sys.argv])
