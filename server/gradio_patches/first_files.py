"""Link the files of Gradio's client that the page needs, to ask for all at once; its page hears of one from another, in five steps.

first_files.txt belongs to the version of Gradio in requirements.txt: the names change with the files. Of another version whatever is not
there is left out, and the page hears of its files as it would without this.
"""

from pathlib import Path

import gradio

_NAMES = Path(__file__).with_suffix(".txt").read_text("utf-8").split()


def first_files() -> list[str]:
    """Return the names of the files."""
    folder = Path(gradio.__file__).parent / "templates" / "frontend" / "assets"
    return [name for name in _NAMES if (folder / name).is_file()]


def first_links() -> list[tuple[str, str]]:
    """Return (kind, address) of the links for the head of the page. A style sheet that it links is not loaded again by Gradio's client."""
    kinds = {".js": "modulepreload", ".css": "stylesheet"}
    return [(kinds[Path(name).suffix], f"./assets/{name}") for name in first_files()]
