"""Bad input: each kind gets its own reason, memory stays bounded, and nothing takes long."""

import json
import os
import subprocess
import sys
import time
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import translation

from knutepunkt.web.documents import Limits, Reason, UnreadableDocument, read_document

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HEAD = f"<w:document {W}><w:body>".encode()
MEGABYTE = 1_000_000


def zipped(name: str, content: bytes, *more: tuple[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as opened:
        for part, data in ((name, content), *more):
            opened.writestr(part, data)
    return stream.getvalue()


def lying(content: bytes, claimed: int) -> bytes:
    """Make a DOCX whose central directory claims that its main part is small."""
    data = bytearray(zipped("word/document.xml", content))
    true_size = len(content).to_bytes(4, "little")
    return bytes(data.replace(true_size, claimed.to_bytes(4, "little")))


def reason_for(data: bytes, limits: Limits | None = None) -> Reason:
    with pytest.raises(UnreadableDocument) as refused:
        read_document("fil", BytesIO(data), limits=limits)
    return refused.value.reason


def ole(stream_name: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + stream_name.encode("utf-16-le")


LAUGHS = (
    b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    + HEAD
    + b"<w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
)
DEEP = HEAD + b"<w:sdt>" * 100_000
ENCRYPTED_ODT = zipped(
    "content.xml",
    b"\x01\x02",
    ("mimetype", b"application/vnd.oasis.opendocument.text"),
    (
        "META-INF/manifest.xml",
        b'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>',
    ),
)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.EMPTY),
        (b" \n\n \xef\xbb\xbf", Reason.NO_TEXT),
        (b"--- ... ---", Reason.NO_TEXT),
        (zipped("word/document.xml", b"A" * 150 * MEGABYTE), Reason.BOMB),
        (zipped("word/document.xml", HEAD + b" " * 70 * MEGABYTE), Reason.BOMB),
        (lying(HEAD + b"<w:p/>" * 100_000, 3_000), Reason.BROKEN),
        (zipped("word/document.xml", LAUGHS), Reason.BOMB),
        (zipped("word/document.xml", DEEP), Reason.BOMB),
        (zipped("word/document.xml", HEAD), Reason.BROKEN),
        (zipped("word/document.xml", HEAD + b"</w:body></w:document>")[:-30], Reason.BROKEN),
        (zipped("xl/workbook.xml", b"<x/>"), Reason.WRONG_KIND),
        (
            zipped("content.xml", b"<x/>", ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")),
            Reason.WRONG_KIND,
        ),
        (ENCRYPTED_ODT, Reason.ENCRYPTED),
        (ole("EncryptedPackage"), Reason.ENCRYPTED),
        (ole("WordDocument"), Reason.OLD_WORD),
        (b"%PDF-1.7\nnothing more", Reason.BROKEN),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Reason.PICTURE),
        (b"ID3\x04\0\0\0", Reason.RECORDING),
        (b"\0\0\0\x20ftypM4A ", Reason.RECORDING),
        (b"<!DOCTYPE html><p>Hei", Reason.WRONG_KIND),
        (bytes(range(256)) * 40, Reason.WRONG_KIND),
        (b"{\\rtf1" + b"{" * 5_000, Reason.BOMB),
        (b"ord " * 300_000, Reason.TOO_MANY_WORDS),
    ],
)
def test_bad_input_is_refused_with_its_reason(data: bytes, reason: Reason) -> None:
    assert reason_for(data) is reason


def test_a_file_over_the_limit_is_not_read_to_its_end() -> None:
    class Endless:
        asked = 0

        def read(self, size: int) -> bytes:
            self.asked += size
            return b"a" * size

    stream = Endless()

    with pytest.raises(UnreadableDocument) as refused:
        read_document("stor.txt", stream, limits=Limits(file_bytes=MEGABYTE))  # type: ignore[arg-type]

    assert refused.value.reason is Reason.TOO_LARGE
    assert stream.asked == MEGABYTE + 1


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_reason_says_what_to_do(reason: Reason, language: str) -> None:
    with translation.override(language):
        sentence = UnreadableDocument(reason).sentence

    assert sentence.endswith(".")
    assert "%" not in sentence


def test_too_large_states_the_limit() -> None:
    with translation.override("nb"):
        assert "25 MB" in UnreadableDocument(Reason.TOO_LARGE).sentence


def pdf_bomb(rounds: int = 2) -> bytes:
    """Make a PDF whose page content unpacks to gigabytes."""
    content = zlib.compress(b" " * 200 * MEGABYTE, 9)
    filters = "/FlateDecode"
    for _round in range(rounds - 1):
        content = zlib.compress(content * 40, 9)
        filters = "/FlateDecode " + filters
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents [" + b"4 0 R " * 40 + b"] >>",
        f"<< /Length {len(content)} /Filter [{filters}] >>\nstream\n".encode() + content + b"\nendstream",
    ]
    return (
        b"%PDF-1.4\n"
        + b"".join(b"%d 0 obj\n%s\nendobj\n" % (i, p) for i, p in enumerate(parts, 1))
        + b"trailer << /Root 1 0 R >>"
    )


READ_IN_CHILD = """
import json, resource, sys
from pathlib import Path
from knutepunkt.web.documents import UnreadableDocument, read_document
try:
    told = read_document("x", Path(sys.argv[1])).kind
except UnreadableDocument as refusal:
    told = refusal.reason
status = Path("/proc/self/status")  # counted from exec on; ru_maxrss is inherited from whoever forked us
own = next((int(line.split()[1]) for line in status.read_text().splitlines() if "VmHWM" in line), 0) if status.exists() else 0
of_child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([told, own // 1024, of_child // 1024]))
"""


@pytest.mark.parametrize(
    "worst",
    [
        "docx-text",
        "docx-attribute",
        "docx-many-paragraphs",
        "odt",
        "rtf",
        "text",
        "lines",
        "pdf-bomb",
        "pdf-double-bomb",
        "huge",
    ],
)
def test_memory_stays_under_500_megabytes(worst: str, tmp_path: Path) -> None:
    path = tmp_path / "worst"
    most = 60 * MEGABYTE
    makers = {
        "docx-text": lambda: zipped("word/document.xml", HEAD + b"<w:p><w:r><w:t>" + b"ord " * (most // 4)),
        "docx-attribute": lambda: zipped("word/document.xml", HEAD + b'<w:p w:a="' + b"a" * most + b'"/>'),
        "docx-many-paragraphs": lambda: zipped(
            "word/document.xml", HEAD + b"<w:p/>" * (most // 6) + b"</w:body></w:document>"
        ),
        "odt": lambda: zipped("content.xml", b"<a>" + b"<b/>" * (most // 4) + b"</a>"),
        "rtf": lambda: b"{\\rtf1 " + b"\\'e5" * (6 * MEGABYTE) + b"}",
        "text": lambda: "å".encode() * (12 * MEGABYTE),
        "lines": lambda: b"I: a\n" * (5 * MEGABYTE),
        "pdf-bomb": lambda: pdf_bomb(1),
        "pdf-double-bomb": lambda: pdf_bomb(2),
        "huge": lambda: b"a",
    }
    path.write_bytes(makers[worst]())
    if worst == "huge":
        os.truncate(path, 200 * MEGABYTE)

    started = time.monotonic()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", READ_IN_CHILD, str(path)],
        capture_output=True,
        check=True,
        env=environment,
        text=True,
    )
    told, own, of_child = json.loads(done.stdout)

    assert own + of_child < 500, told
    assert time.monotonic() - started < 60
