"""Reading every format people bring: what comes out, and what is left out on purpose."""

import time
import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knutepunkt.web.documents import (
    Cue,
    Document,
    Kind,
    Omission,
    Reason,
    UnreadableDocument,
    clean_text,
    decode_as,
    read_document,
    read_text,
)

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"))
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def package(**parts: str | bytes) -> BytesIO:
    """Make a zip; `__` in a name means `/` and `_dot_` a dot."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in parts.items():
            opened.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    stream.seek(0)
    return stream


def word(body: str, **more: str | bytes) -> BytesIO:
    relations = "".join(
        f'<Relationship Id="r{kind}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>'
        for kind in ("footnotes", "endnotes", "comments")
    )
    return package(
        word__document_dot_xml=f"<w:document {W}><w:body>{body}</w:body></w:document>",
        word___rels__document_dot_xml_dot_rels=f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>',
        **more,
    )


def paragraph(*words: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{word}</w:t></w:r>" for word in words) + "</w:p>"


def open_text(body: str, **more: str | bytes) -> BytesIO:
    return package(
        mimetype="application/vnd.oasis.opendocument.text",
        content_dot_xml=f"<office:document-content {ODF}><office:body><office:text>{body}"
        "</office:text></office:body></office:document-content>",
        **more,
    )


def pdf(*lines: str) -> BytesIO:
    """Make a one-page PDF by hand."""
    drawn = "BT /F1 12 Tf 14 TL 50 700 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    data = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF"
    return BytesIO(data + trailer.encode())


def text_of(data: bytes | BytesIO, name: str = "fil") -> str:
    return read_document(name, BytesIO(data) if isinstance(data, bytes) else data).text


def test_word_gives_paragraphs_tables_and_breaks() -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    row = f"<w:tr>{cell.format('Kari')}{cell.format('Det gikk bra.')}</w:tr>"
    body = (
        paragraph("Hei ", "der")
        + f"<w:tbl>{row}{row}</w:tbl>"
        + "<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/></w:r></w:p>"
    )

    text = text_of(word(body))

    assert text == "Hei der\nKari\tDet gikk bra.\nKari\tDet gikk bra.\na\nb"


def test_word_never_gives_deleted_moved_or_hidden_words() -> None:
    body = (
        "<w:p><w:r><w:t>Beholdt</w:t></w:r><w:del><w:r><w:delText>slettet</w:delText><w:t>slettet</w:t></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>flyttet</w:t></w:r></w:moveFrom><w:ins><w:r><w:t> satt inn</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>skjult</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>slettet rad</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>samme </w:t></w:r></w:p>" + paragraph("linje")
    )

    document = read_document("a.docx", word(body))

    assert document.text == "Beholdt satt inn\nsamme linje"
    assert document.dropped == (Omission.DELETIONS, Omission.HIDDEN_TEXT)


def test_word_text_box_is_read_once_and_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('i boksen')}</w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f"<mc:AlternateContent {mc}><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    body = f"<w:p><w:r><w:t>før </w:t>{both}</w:r><w:r><w:t>etter</w:t></w:r></w:p>" + paragraph("neste")

    text = text_of(word(body))

    assert text == "før etter\ni boksen\n\nneste"


def test_word_notes_come_last_and_comments_apart() -> None:
    body = '<w:p><w:r><w:t>ord</w:t><w:footnoteReference w:id="7"/><w:endnoteReference w:id="7"/></w:r></w:p>'
    document = read_document(
        "a.docx",
        word(
            body,
            word__footnotes_dot_xml=f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0">{paragraph("x")}'
            f'</w:footnote><w:footnote w:id="7">{paragraph("en fot")}</w:footnote></w:footnotes>',
            word__endnotes_dot_xml=f'<w:endnotes {W}><w:endnote w:id="7">{paragraph("en slutt")}</w:endnote></w:endnotes>',
            word__comments_dot_xml=f'<w:comments {W}><w:comment w:id="1" w:author="Liv">{paragraph("sjekk")}</w:comment></w:comments>',
            docProps__core_dot_xml='<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Et møte</dc:title>'
            "<dc:creator>Bo</dc:creator></c>",
        ),
    )

    assert document == Document(
        text="ord[note 1][note 2]\n\n[note 1] en fot\n[note 2] en slutt",
        kind=Kind.DOCX,
        title_hint="Et møte",
        author="Bo",
        comments=("Liv: sjekk",),
        dropped=(Omission.NOTES_AT_END, Omission.COMMENTS),
    )


def test_open_text_gives_text_notes_frames_and_comments() -> None:
    body = (
        '<text:tracked-changes><text:p>slettet</text:p></text:tracked-changes><text:p>Hei<text:s text:c="2"/>der\n   du'
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>noten</text:p></text:note-body></text:note>"
        '<office:annotation><dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">Bo</dc:creator><text:p>merknad</text:p>'
        "</office:annotation><draw:frame><draw:text-box><text:p>boks</text:p></draw:text-box></draw:frame> slutt</text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>"
    )

    document = read_document("a.odt", open_text(body))

    assert document.text == "Hei  der du[note 1] slutt\nboks\na\tb\n\n[note 1] noten"
    assert document.comments == ("Bo: merknad",)
    assert document.dropped == (Omission.NOTES_AT_END, Omission.DELETIONS, Omission.COMMENTS)


def test_pdf_lines_of_a_paragraph_are_joined_and_labels_kept() -> None:
    long = "dette er en linje som er full og som bare fortsetter videre ned"
    lines = (
        f"I: {long}",
        "til neste.",
        "Kari: Ja.",
        f"I: {long}",
        "og slutt.",
        "Kari: nei, det var det ikke.",
    )

    document = read_document("a.pdf", pdf(*lines))

    assert document.kind is Kind.PDF
    assert document.text.split("\n") == [
        f"I: {long} til neste.",
        "Kari: Ja.",
        f"I: {long} og slutt.",
        "Kari: nei, det var det ikke.",
    ]


def test_rtf_gives_letters_notes_comments_and_no_deletions() -> None:
    data = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\title Samtale}{\author Bo}}"
        rb"\f0 Bl\'e5b\'e6r\u8230 ? {\deleted slettet}{\v skjult}og{\footnote en note}\par "
        rb"{\*\atnauthor Liv}{\*\annotation sjekk}{\pict\pngblip 8950}{\*\ukjent noe}slutt \{ok\}}"
    )

    document = read_document("a.rtf", BytesIO(data))

    assert document.text == "Blåbær… og[note 1]\nslutt {ok}\n[note 1] en note"
    assert (document.title_hint, document.author, document.comments) == ("Samtale", "Bo", ("Liv: sjekk",))
    assert set(document.dropped) == {
        Omission.PICTURES,
        Omission.NOTES_AT_END,
        Omission.DELETIONS,
        Omission.COMMENTS,
        Omission.HIDDEN_TEXT,
    }


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "cp865", "mac_roman"],
)
def test_plain_text_in_any_common_encoding(encoding: str) -> None:
    words = "Hun sa at håpet først kom på våren. Æ trur ikkje på ære, bare på små øyeblikk."

    document = read_document("a.txt", BytesIO(words.encode(encoding)))

    assert document.text == words
    assert document.encoding is not None
    assert document.encoding.certain is encoding.startswith(("utf-8", "utf-32")) or encoding == "utf-16"


def test_an_unsure_encoding_can_be_read_again_in_another() -> None:
    data = "blåbær".encode("cp865")
    guess = read_document("a.txt", BytesIO(data)).encoding

    assert guess is not None
    assert "cp1252" in {guess.name, *guess.candidates}
    assert read_text(data, "cp865").text == "blåbær"
    assert decode_as(b"\xe5", "cp1252") == "å"
    with pytest.raises(LookupError):
        decode_as(b"a", "rot13")


def test_text_saved_wrongly_twice_is_mended() -> None:
    data = "håpet kom på våren og ble der".encode().decode("cp1252").encode()

    document = read_document("a.txt", BytesIO(data))

    assert document.text == "håpet kom på våren og ble der"
    assert document.encoding is not None
    assert not document.encoding.certain


def test_half_a_utf8_sequence_does_not_break_the_rest() -> None:
    data = "Håpet kom på våren, sa hun så".encode()

    text = text_of(data[:-1])
    broken = text_of("Håpet på".encode() + b"\xff" + " så får vi se på håp".encode())

    assert text == "Håpet kom på våren, sa hun s�"
    assert broken == "Håpet på� så får vi se på håp"


def test_subtitles_become_paragraphs_with_voices_as_labels() -> None:
    vtt = (
        "WEBVTT\n\nNOTE om filen\n\n1\n00:00:01.000 --> 00:00:02.000\n<v Kari Fjellro>Hva hjalp\n\n"
        "2\n00:00:02.000 --> 00:00:03.000\n<v Kari Fjellro>deg mest?\n\n00:00:04.000 --> 00:00:05.500\n<v.loud Ola>Folk &amp; <i>tid</i>.</v>\n"
    )
    srt = "1\r\n00:00:01,000 --> 00:00:02,000\r\nHei\r\n\r\n2\r\n00:00:02,000 --> 00:00:03,000\r\npå deg.\r\n"

    spoken = read_document("a.vtt", BytesIO(vtt.encode()))
    plain = read_document("a.srt", BytesIO(srt.encode()))

    assert spoken.text == "Kari Fjellro: Hva hjalp deg mest?\nOla: Folk & tid."
    assert spoken.cues[2] == Cue(4.0, 5.5, "Ola", "Folk & tid.")
    assert (plain.kind, plain.text) == (Kind.SRT, "Hei på deg.")


def test_kind_is_told_by_content_not_by_name() -> None:
    assert read_document("notat.txt", word(paragraph("Hei"))).kind is Kind.DOCX
    assert read_document("notat.docx", BytesIO(b"Hei du")).kind is Kind.TEXT


def test_invisible_and_turning_signs_are_gone() -> None:
    dirty = "a\x00b\u202ec\u2066d\u200be\ufefff\r\ng\u2028h\u00a0i\x92 e\u0301 👩\u200d👧 k\u200dk"

    assert clean_text(dirty) == "abcdef\ng\nh i’ é 👩\u200d👧 kk"


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=200))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean_text(text)

    assert clean_text(once) == once
    assert "\r" not in once
    assert once.encode("utf-8") is not None


@pytest.mark.parametrize(
    "nasty",
    [" " * 300_000 + "x", "\t\n" * 150_000, "\u200d" * 300_000, "\u0301" * 300_000, "\n \n" * 100_000],
)
def test_cleaning_nasty_text_takes_no_time(nasty: str) -> None:
    started = time.perf_counter()
    clean_text(nasty)

    assert time.perf_counter() - started < 10  # a guard against running wild, not a measure


def test_a_word_file_of_20_000_words_takes_under_100_ms() -> None:
    data = word(
        paragraph("I: ", "det var mange ", "som stilte opp ", "for meg den gangen.") * 1_800
    ).getvalue()

    times = []
    for _attempt in range(5):
        started = time.perf_counter()
        read_document("a.docx", BytesIO(data))
        times.append(time.perf_counter() - started)

    assert min(times) < 2  # a guard; the figure is in make bench


@given(st.binary(max_size=400))
def test_any_bytes_give_a_document_or_a_reason(data: bytes) -> None:
    with suppress(UnreadableDocument):
        assert read_document("x", BytesIO(data)).text.strip()


@pytest.mark.real_files
def test_real_documents_give_their_text(real_files: Path) -> None:
    def read(name: str) -> Document:
        path = real_files / name
        return read_document(path.name, path)

    assert (
        read("documents/mammoth-tables.docx").text
        == "Above\nTop left\tTop right\nBottom left\tBottom right\nBelow"
    )
    assert read("documents/mammoth-text-box.docx").text == "Datum plane"
    assert read("documents/mammoth-utf8-bom.docx").text == "This XML has a byte order mark."
    assert read("documents/mammoth-comments.docx").comments[1] == "Michael Williamson: Fin."
    assert read("interviews/qualcoder-ID2.odt").text.startswith("I have not studied much before")
    assert read("documents/pdflatex-4-pages.pdf").words > 2000
    assert Omission.FORM_FIELDS in read("documents/pdflatex-forms.pdf").dropped
    for name, reason in (
        ("mammoth-empty.docx", Reason.NO_TEXT),
        ("imagemagick-images.pdf", Reason.SCANNED),
        ("libreoffice-writer-password.pdf", Reason.ENCRYPTED),
    ):
        with pytest.raises(UnreadableDocument) as refused:
            read(f"documents/{name}")
        assert refused.value.reason is reason
