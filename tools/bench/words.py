"""Invented Norwegian text of any length, the same each time, and a DOCX made of it."""

import random
import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

WORDS = ["jeg", "du", "vi", "de", "det", "den", "noen", "ingen", "alle", "mange", "folk", "livet", "huset", "stua", "kaffen", "bordet", "stolen", "veien", "turen", "skogen", "fjorden", "kom", "gikk", "satt", "snakket", "lyttet", "ventet", "ringte", "svarte", "spurte", "hjalp", "trodde", "visste", "følte", "husket", "glemte", "lærte", "bar", "turte", "håp", "trygghet", "mestring", "rom", "tid", "ro", "styrke", "stemme", "hverdag", "helg", "kveld", "morgen", "natt", "uke", "år", "vinter", "vår", "høst", "sommer", "god", "liten", "stor", "ny", "gammel", "trygg", "sliten", "alene", "sammen", "åpen", "varm", "stille", "tydelig", "vanlig", "viktig", "lang", "kort", "lett", "tung", "og", "men", "for", "fordi", "når", "hvis", "som", "at", "så", "da", "om", "med", "uten", "etter", "før", "hos", "til", "fra", "på", "i", "under", "over", "ved", "mellom", "av", "ikke", "aldri", "alltid", "ofte", "sjelden", "igjen", "ennå", "bare", "også", "veldig", "litt", "nesten", "kanskje", "heldigvis", "endelig", "egentlig", "tjenesten", "kontoret", "legen", "møtet", "timen", "planen", "avtalen", "beskjeden", "brevet", "døra", "telefonen", "bussen", "jobben", "vennene", "familien"]
NAMES = ("Tormod", "Ragnhild", "Sindre", "Ingebjørg", "Vegard", "Solveig")
PLACES = ("Lillestrøm", "Kongsvinger", "Halden", "Bodø")


class Teller:
    """Tells, in sentences, as many words as asked for; the same story for the same seed."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)

    def tell(self, words: int) -> str:
        """Sentences of altogether so many words."""
        sentences, left = [], words
        while left > 0:
            length = min(left, self._chance.randint(6, 14))
            sentence = " ".join(self._chance.choices(WORDS, k=length))
            sentences.append(sentence[0].upper() + sentence[1:] + ".")
            left -= length
        return " ".join(sentences)


def interview(seed: int, words: int, speakers: int, *, names: bool = False) -> list[tuple[str, str]]:
    """Turns as (label, words): a question of 15 words and an answer of 85, by one speaker after the other."""
    teller, turns = Teller(seed), []
    for number in range(words // 100):
        answer = teller.tell(85)
        if names and number % 10 == 0:
            name, place = NAMES[number // 10 % len(NAMES)], PLACES[number // 10 % len(PLACES)]
            answer = f"{answer} Så kom {name} fra {place}, og jeg ringte 22 22 {number % 90 + 10} 22 dagen etter."
        turns += [("I", teller.tell(15)), (f"D{number % speakers + 1}", answer)]
    return turns


_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>'
)
_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(turns: list[tuple[str, str]]) -> bytes:
    """A DOCX with one paragraph for each turn."""
    paragraphs = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(f"{label}: {words}")}</w:t></w:r></w:p>' for label, words in turns
    )
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_SPACE}"><w:body>{paragraphs}</w:body></w:document>'
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELATIONS)
        package.writestr("word/document.xml", document)
    return file.getvalue()
