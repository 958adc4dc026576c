#!/usr/bin/env python3
"""Makes NotoSansSC-Subset.otf, and the list of characters it holds. How to run it: README.md beside this file."""

import argparse
import bz2
import pathlib

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = pathlib.Path(__file__).resolve().parent
LIST = HERE / "characters.txt"
FONT = HERE / "NotoSansSC-Subset.otf"
SIMPLIFIED_CHINESE = 2  # place of "Noto Sans CJK SC" in Debian's NotoSansCJK-Regular.ttc


def standard_characters(unihan):
    """The characters of the 2013 Table of General Standard Chinese Characters: Unihan's property kTGH."""
    with bz2.open(unihan, "rt", encoding="utf-8") as lines:
        rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return {chr(int(row[0][2:], 16)) for row in rows if len(row) == 3 and row[1] == "kTGH"}


def gb2312():
    """Everything GB 2312 can say: its 6,763 characters, and its punctuation, signs and foreign letters."""
    found = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                found.add(bytes((row, cell)).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return found


def forms():
    """ASCII, Latin-1, general and Chinese punctuation, full-width forms."""
    blocks = [(0x20, 0x7E), (0xA0, 0xFF), (0x2010, 0x2027), (0x2030, 0x205E), (0x3000, 0x303F), (0xFF01, 0xFFEE)]
    return {chr(code) for first, last in blocks for code in range(first, last + 1)} | set("€№™←↑→↓☐☑☒✓✔✗")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--font", default="/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
    parser.add_argument("--unihan", help="Unihan_OtherMappings.txt.bz2; without it the checked-in list is used as it is")
    arguments = parser.parse_args()

    font = TTFont(arguments.font, fontNumber=SIMPLIFIED_CHINESE, recalcTimestamp=False)
    if arguments.unihan:
        standard = standard_characters(arguments.unihan)
        assert len(standard) == 8105, f"the table has 8,105 characters, found {len(standard)}"
        wanted = standard | gb2312() | forms()
        held = sorted(character for character in wanted if ord(character) in font["cmap"].getBestCmap())
        absent = sorted(standard - set(held))
        assert not absent, f"the font lacks {''.join(absent)}"
        lines = ["".join(held[start : start + 64]) for start in range(0, len(held), 64)]
        LIST.write_text("\n".join(lines) + "\n", encoding="utf-8")

    characters = LIST.read_text(encoding="utf-8").replace("\n", "")
    options = subset.Options(
        hinting=False, desubroutinize=False, layout_features=[], notdef_outline=True, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14], glyph_names=False
    )
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG"]
    worker = subset.Subsetter(options)
    worker.populate(text=characters)
    worker.subset(font)
    font.save(FONT)
    print(f"{len(characters)} characters, {FONT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
