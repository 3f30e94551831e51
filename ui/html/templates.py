"""Read the page's own files: templates of ui/templates/, which escape every value that is no markup yet, and scripts of ui/scripts/."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

_UI = Path(__file__).parents[1]
_TEMPLATES = Environment(
    loader=FileSystemLoader(_UI / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)


def rendered(name: str, /, **values: Any) -> Markup:
    """Return the markup of ui/templates/`name`.html. Values are escaped, except for Markup, which other templates returned."""
    return Markup(_TEMPLATES.get_template(f"{name}.html").render(**values))


def line_html(said: str, is_news: bool = False) -> Markup:
    """Return a dim line of text."""
    return rendered("line", said=said, is_news=is_news)


def script(name: str) -> str:
    """Return the JavaScript of ui/scripts/`name`.js."""
    return (_UI / "scripts" / f"{name}.js").read_text("utf-8")
