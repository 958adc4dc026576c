"""Small files of every kind examples send or name."""

import io
import zipfile

from PIL import Image

from ess_mock import PDFS

PICTURES = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "bmp": "BMP"}
OFFICE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}


def of(extension):
    """The bytes of a file with this extension."""
    extension = extension.lower()
    if extension in PICTURES:
        return picture(PICTURES[extension])
    if extension in OFFICE:
        return office(OFFICE[extension])
    if extension == "pdf":
        return (PDFS / "keywords.pdf").read_bytes()
    if extension == "html":
        return "<!doctype html><meta charset=utf-8><p>合同</p>".encode()
    raise LookupError(f"no file of kind {extension}")


def picture(kind):
    bytes = io.BytesIO()
    Image.new("RGB", (60, 40), (200, 30, 30)).save(bytes, kind)
    return bytes.getvalue()


def office(part):
    bytes = io.BytesIO()
    with zipfile.ZipFile(bytes, "w") as package:
        package.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types/>')
        package.writestr(part, '<?xml version="1.0"?><document/>')
    return bytes.getvalue()
