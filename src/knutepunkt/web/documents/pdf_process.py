"""Runs alone in a process of its own: PDF bytes in on stdin, JSON out on stdout.

PDFium is C++, not safe with threads, and a made-up file may make it swell or crash; here that hurts nobody.
Imports nothing of ours, so that the process starts fast.
"""

import ctypes
import json
import sys
from typing import Any

# FPDF_ANNOT_TEXT, FREETEXT, HIGHLIGHT, UNDERLINE, SQUIGGLY, STRIKEOUT of PDFium's fpdf_annot.h.
_REMARKS = {1, 3, 9, 10, 11, 12}
_IMAGE_OBJECT = 3
_PASSWORD_ERROR = 4
_MAX_REMARKS = 2_000


def bound(memory: int, seconds: int) -> None:
    """Let the system stop this process at so many bytes of memory and seconds of work, where it can."""
    try:
        import resource  # noqa: PLC0415 - optional: absent on Windows
    except ImportError:
        return
    for name, value in (("RLIMIT_AS", memory), ("RLIMIT_CPU", seconds), ("RLIMIT_CORE", 0)):
        kind = getattr(resource, name)
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (value if hard < 0 else min(value, hard), hard))


def read(data: bytes, max_pages: int, max_characters: int) -> dict[str, object]:
    """Return pages, properties, remarks, and whether there are pictures or form fields; or why not."""
    import pypdfium2  # noqa: PLC0415 - slow, and only once memory is bounded
    from pypdfium2 import raw  # noqa: PLC0415 - as above

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return {"refused": "encrypted" if raw.FPDF_GetLastError() == _PASSWORD_ERROR else "broken"}
    if len(pdf) > max_pages:
        return {"refused": "too-many-pages"}
    found = {"pages": [], "remarks": [], "pictures": False, "form": raw.FPDF_GetFormType(pdf) > 0}
    left = max_characters
    for number in range(len(pdf)):
        try:
            page = pdf[number]
        except pypdfium2.PdfiumError:
            found["pages"].append("")
            continue
        words = page.get_textpage().get_text_bounded() if left > 0 else ""
        left -= len(words)
        if left < 0:
            return {"refused": "too-many-words"}
        found["pages"].append(words)
        found["pictures"] = found["pictures"] or any(page.get_objects(filter=[_IMAGE_OBJECT], max_depth=3))
        found["remarks"].extend(_remarks(raw, page))
        page.close()
    metadata = pdf.get_metadata_dict()
    return found | {"title": metadata.get("Title", ""), "author": metadata.get("Author", "")}


def _remarks(raw: Any, page: Any) -> list[str]:
    lines = []
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), _MAX_REMARKS)):
        note = raw.FPDFPage_GetAnnot(page, index)
        if raw.FPDFAnnot_GetSubtype(note) in _REMARKS:
            author, words = (_string(raw, note, key) for key in (b"T", b"Contents"))
            lines.append(f"{author}: {words}" if author and words else words)
        raw.FPDFPage_CloseAnnot(note)
    return [line for line in lines if line]


def _string(raw: Any, note: Any, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
    buffer = ctypes.create_string_buffer(size)
    place = ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR))
    raw.FPDFAnnot_GetStringValue(note, key, place, size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")


def main() -> None:
    """Read `memory seconds pages characters` from the arguments and the file from stdin."""
    memory, seconds, pages, characters = map(int, sys.argv[1:5])
    bound(memory, seconds)
    found = read(sys.stdin.buffer.read(), pages, characters)
    sys.stdout.buffer.write(json.dumps(found).encode("ascii"))


if __name__ == "__main__":
    main()
