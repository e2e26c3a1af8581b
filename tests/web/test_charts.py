"""Figures: what is drawn is what stands in the table, small numbers stay hidden, and it fits a phone and a PDF."""

import json
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import pytest
import typst

from knutepunkt.web import charts

SVG = "{http://www.w3.org/2000/svg}"


def drawn(chart: charts.Chart) -> ET.Element:
    return ET.fromstring(chart.svg)  # our own drawing


def texts(chart: charts.Chart) -> list[str]:
    return [element.text or "" for element in drawn(chart).iter(f"{SVG}text")]


def three() -> list[charts.Chart]:
    now = charts.Series("Nå", (1, None, 3))
    return [
        charts.bars("Tema", ["Bolig", "Jobb", "Venner"], [12, None, 0]),
        charts.line("Dager", ["2024", "2025", "2026"], [now, charts.Series("Før", (2, 2, 1))]),
        charts.dots("Svar", ["A", "B", "C"], [now], low=0, high=4),
    ]


@pytest.mark.parametrize("chart", three(), ids=["bars", "line", "dots"])
def test_figure_has_title_and_description_that_name_it(chart):
    svg = drawn(chart)

    named = svg.attrib["aria-labelledby"].split()
    assert [svg.find(f"{SVG}{tag}").attrib["id"] for tag in ("title", "desc")] == named
    assert svg.attrib["role"] == "img"
    assert svg.find(f"{SVG}title").text == chart.title
    assert svg.find(f"{SVG}desc").text == chart.description


@pytest.mark.parametrize("chart", three(), ids=["bars", "line", "dots"])
def test_figure_fits_any_width_and_carries_no_style(chart):
    for element in drawn(chart).iter():
        assert "style" not in element.attrib
        assert element.tag not in {f"{SVG}style", f"{SVG}script"}
    assert "viewBox" not in drawn(chart).attrib


def test_same_figure_is_the_same_markup():
    assert [chart.svg for chart in three()] == [chart.svg for chart in three()]


def test_bars_say_their_numbers_and_hide_small_ones():
    chart = charts.bars("Tema", ["Bolig", "Jobb", "Venner"], [12, None, 0])

    assert texts(chart) == ["Bolig", "12", "Jobb", "færre enn 5", "Venner", "0"]
    assert chart.rows == [("Bolig", "12"), ("Jobb", "færre enn 5"), ("Venner", "0")]


def test_hidden_bar_has_the_same_length_whatever_it_hides():
    one = charts.bars("Tema", ["Bolig", "Jobb"], [12, None])
    other = charts.bars("Tema", ["Bolig", "Jobb"], [40, None])

    hidden = [[dict(e.attrib) for e in drawn(c).iter(f"{SVG}line")] for c in (one, other)]
    assert hidden[0] == hidden[1]
    assert "Jobb" not in one.description


def test_largest_bar_fills_its_track_and_percent_is_against_hundred():
    def width(chart: charts.Chart) -> list[str]:
        return [e.attrib["width"] for e in drawn(chart).iter(f"{SVG}rect") if e.attrib["class"] == "f1"]

    assert width(charts.bars("T", ["a", "b"], [10, 5])) == ["78.0%", "39.0%"]
    assert width(charts.bars("T", ["a"], [50], unit="%", highest=100)) == ["39.0%"]


def test_line_is_broken_at_a_hidden_value():
    chart = charts.line("Dager", ["1", "2", "3", "4"], [charts.Series("Huset", (4, None, 6, 7))])

    segments = [
        e for e in drawn(chart).iter(f"{SVG}line") if e.attrib["class"] == "s1" and "%" in e.attrib["x1"]
    ]
    assert len(segments) == 1


def test_lines_differ_by_more_than_colour():
    chart = charts.line("D", ["1", "2"], [charts.Series(name, (1, 2)) for name in "abcd"])

    dashes = {
        e.attrib["stroke-dasharray"]
        for e in drawn(chart).iter(f"{SVG}line")
        if "stroke-dasharray" in e.attrib
    }
    assert len(dashes) == 4


def test_long_labels_are_folded_for_a_phone():
    chart = charts.bars("T", ["Egne mål, og hvem som egentlig bestemmer hva de er"], [7])

    assert max(len(text) for text in texts(chart)) <= charts.LETTERS


def test_words_in_a_figure_are_never_markup():
    chart = charts.bars("<script>", ["<b>&"], [7], description="<i>")

    assert texts(chart)[0] == "<b>&"
    assert "<script>" not in chart.svg


def test_empty_figure_says_that_nothing_can_be_shown():
    assert charts.bars("T", ["a"], [None]).description == "Ingen tall kan vises."
    assert charts.bars("T", [], []).rows == []


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_fills_stand_out_from_paper_and_birch():
    for ground in ("#ffffff", charts.GROUND):
        for fill in charts.FILLS:
            pair = sorted((_luminance(ground), _luminance(fill)), reverse=True)
            assert (pair[0] + 0.05) / (pair[1] + 0.05) >= 3


def test_neighbouring_fills_differ_in_lightness_for_those_who_see_no_colour():
    ordered = sorted(_luminance(fill) for fill in charts.FILLS)

    assert all(lighter - darker > 0.008 for darker, lighter in pairwise(ordered))


def test_figure_goes_into_a_pdf(tmp_path):
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(Path(charts.__file__).parent / "fonts")])
    source = b"""#set document(title: "Figur")
#set text(font: "Inter", lang: "nb")
#let d = json(bytes(sys.inputs.data))
= Figur
#for c in d { image(bytes(c.svg), format: "svg", width: 100%, alt: c.alt) }"""
    data = json.dumps([{"svg": str(chart.svg), "alt": chart.description} for chart in three()])

    pdf = typst.Compiler(source, font_paths=fonts).compile(sys_inputs={"data": data}, pdf_standards=["ua-1"])

    assert pdf.startswith(b"%PDF")
    (tmp_path / "figur.pdf").write_bytes(pdf)
