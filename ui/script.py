"""Read the page's JavaScript: the files of ui/scripts/, by name."""

from pathlib import Path

_SCRIPTS = Path(__file__).parent / "scripts"


def script(name: str) -> str:
    """Return the JavaScript of ui/scripts/`name`.js."""
    return (_SCRIPTS / f"{name}.js").read_text("utf-8")
