"""Render a line of its own: a remark, or news that screen readers say."""

from markupsafe import Markup

from ui.html.templates import rendered


def line_html(said: str, is_news: bool = False) -> Markup:
    """Return a dim line of text."""
    return rendered("line", said=said, is_news=is_news)
