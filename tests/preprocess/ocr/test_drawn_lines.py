"""Borders of tables on pictures: found where they are, also on a page that lies askew; strokes of letters are none."""

from PIL import Image, ImageDraw

from preprocess.ocr.drawn_lines import drawn_lines, upright

ZOOM = 2.0


def form(angle: float = 0.0) -> Image.Image:
    image = Image.new("RGB", (1200, 1600), "white")
    drawing = ImageDraw.Draw(image)
    for y in range(200, 801, 100):
        drawing.line((100, y, 1100, y), "black", 2)
    for x in (100, 400, 1100):
        drawing.line((x, 200, x, 800), "black", 2)
    drawing.rectangle((500, 230, 530, 260), "black")  # a heavy stroke
    return image.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor="white")


def places(image: Image.Image) -> tuple[list[int], list[int]]:
    rules = drawn_lines(image, 0.0, ZOOM)
    return sorted(round(rule.at / 5) * 5 for rule in rules.horizontal), sorted(round(rule.at / 5) * 5 for rule in rules.vertical)


def test_borders_are_found_on_a_page_that_lies_askew() -> None:
    expected = list(range(100, 401, 50)), [50, 200, 550]
    assert places(upright(form())) == expected
    assert places(upright(form(1.2))) == expected


def test_a_page_without_a_table_is_left_as_it_is() -> None:
    blank = Image.new("RGB", (1200, 1600), "white")
    assert upright(blank) is blank
    assert places(blank) == ([], [])
