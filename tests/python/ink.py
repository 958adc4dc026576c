"""Where a signed PDF shows ink that the uploaded one did not have."""

from dataclasses import dataclass

import pypdfium2
from PIL import ImageChops

# Pixels for a point: fine enough to find a thin stroke.
SCALE = 2
# How different a pixel must be to count as ink, of 255.
THRESHOLD = 40
# Antialiasing may reach this far over an edge, in points.
BLUR = 1.5


@dataclass(frozen=True)
class Area:
    """From the upper left corner of the page as shown, in points; pages count from 1."""

    page: int
    x: float
    y: float
    width: float
    height: float

    @property
    def box(self):
        return self.x, self.y, self.x + self.width, self.y + self.height


def drawn(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=SCALE).to_pil().convert("L") for page in document]


def new_ink(before, after):
    """One picture for each page: white where the signed one differs from the uploaded one."""
    pages = list(zip(drawn(before), drawn(after), strict=True))
    return [ImageChops.difference(*pair).point(lambda level: 255 if level > THRESHOLD else 0) for pair in pages]


def pixels(picture):
    return picture.histogram()[255]


def assert_ink_exactly_in(before, after, areas):
    """Ink in each area, and none where there is no area."""
    pages = new_ink(before, after)
    for area in areas:
        left, top, right, bottom = (int(edge * SCALE) for edge in area.box)
        inside = pages[area.page - 1].crop((left, top, right, bottom))
        share = pixels(inside) / (inside.width * inside.height)
        assert share > 0.01, f"no ink in {area}"
    for area in areas:
        left, top, right, bottom = area.box
        grown = (left - BLUR, top - BLUR, right + BLUR, bottom + BLUR)
        pages[area.page - 1].paste(0, tuple(int(edge * SCALE) for edge in grown))
    for number, page in enumerate(pages, 1):
        assert pixels(page) == 0, f"ink outside of every area on page {number}, within {page.getbbox()} at {SCALE} to a point"


def word(pdf, number, text):
    """Where a word stands, found with another program than the server's."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[number - 1]
        assert page.get_rotation() in (0, 90)
        rotation, (width, height) = page.get_rotation(), page.get_mediabox()[2:]
        content = page.get_textpage()
        found, count = content.search(text).get_next()
        # The loose boxes are those of the font's own figures: the tight ones depend on which fonts this machine has.
        boxes = [content.get_charbox(index, loose=True) for index in range(found, found + count)]
    left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
    return as_shown(number, rotation, width, height, (left, bottom, right, top))


def as_shown(page, rotation, width, height, box):
    """A box of PDF coordinates on the page as a viewer shows it."""
    left, bottom, right, top = box
    if rotation == 0:
        return Area(page, left, height - top, right - left, top - bottom)
    # Turned clockwise: what was the left edge is on top.
    return Area(page, bottom, left, top - bottom, right - left)
