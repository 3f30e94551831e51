"""Define the page's look: Gradio's theme in our colours, with system fonts (none is downloaded)."""

from pathlib import Path

from gradio.themes import Base, colors, sizes
from gradio.themes.utils.fonts import Font

from ui.scoped_css import growing, scoped

_STYLES = Path(__file__).parent / "styles"
_SHEETS = (
    "base",
    "form",
    "list",
    "candidate",
    "tabs",
    "narrow",
    "labels",
    "feedback",
    "told",
    "selection",
    "original",
    "rubric",
    "conditions",
    "recent",
    "pool",
    "access",
    "tabs_phone",
    "touch",
)
"""In the order in which they count: of equal rules the later one wins."""

CSS = scoped(growing("\n".join((_STYLES / f"{name}.css").read_text("utf-8") for name in _SHEETS)))

_FONTS = (
    "system-ui",
    "-apple-system",
    "Segoe UI",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Zen Hei",
    "sans-serif",
)
_TEXT = sizes.Size(name="text_rem", xxs="0.5625rem", xs="0.625rem", sm="0.75rem", md="0.875rem", lg="1rem", xl="1.375rem", xxl="1.625rem")
"""Gradio's medium sizes, which follow the text size of the browser."""

_MONO = ("ui-monospace", "SFMono-Regular", "Consolas", "Noto Sans Mono CJK SC", "monospace")


def theme() -> Base:
    """Return the theme: slate and blue, in light and dark."""
    base = Base(
        primary_hue=colors.blue,
        secondary_hue=colors.slate,
        neutral_hue=colors.slate,
        radius_size=sizes.radius_md,
        text_size=_TEXT,
        font=[Font(name) for name in _FONTS],
        font_mono=[Font(name) for name in _MONO],
    )
    return base.set(
        body_background_fill="*neutral_50",
        body_background_fill_dark="#0d1420",
        block_background_fill="white",
        block_background_fill_dark="#141d2b",
        background_fill_primary_dark="#141d2b",
        background_fill_secondary_dark="#182334",
        panel_background_fill="white",
        panel_background_fill_dark="#141d2b",
        block_border_width="0px",
        block_shadow="none",
        block_label_background_fill="transparent",
        input_border_width="1px",
        input_background_fill="white",
        input_background_fill_dark="#0f1826",
        input_border_color="*neutral_300",
        input_border_color_dark="#2b3a50",
        border_color_primary_dark="#26344a",
        input_border_color_focus="*primary_500",
        input_border_color_focus_dark="*primary_400",
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_background_fill_dark="*primary_600",
        button_primary_background_fill_hover_dark="*primary_700",
        button_primary_text_color="white",
        button_secondary_background_fill="white",
        button_secondary_background_fill_hover="*neutral_100",
        button_secondary_background_fill_dark="#1c2940",
        button_secondary_background_fill_hover_dark="#24344f",
        button_secondary_border_color="*neutral_300",
        button_secondary_border_color_dark="#33455f",
        button_border_width="1px",
    )
