# ruff: noqa: INP001, T201
"""Make the font files that are committed: two woff2 for the web, four TTF for the PDF maker.

Not a part of the build. Run it by hand, in an environment of its own that has fonttools and brotli,
in a folder where `npm install inter-ui @expo-google-fonts/inter @expo-google-fonts/literata` was run:

    python frontend/fonts/make.py <that folder>
"""

import sys
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

HERE = Path(__file__).parent
PRINT = HERE.parents[1] / "src/knutepunkt/web/fonts"

# Bokmål, nynorsk, English and the Sámi languages (North, Lule, South, Skolt), and the names of neighbours.
LATIN = {*range(0x20, 0x7F), *range(0xA0, 0x100)}
SAMI = {ord(c) for c in "ČčĐđŊŋŠšŦŧŽžǤǥǦǧǨǩǮǯƷʒ"}
NAMES = {ord(c) for c in "ĀāĄąĆćĘęĚěĞğĪīİıŁłŃńŌōŐőŘřŚśŞşŪūŰűŹźŻż"}
SIGNS = {ord(c) for c in "–—‘’‚“”„•…€−←→≤≥\u2009\u2011\u202f"}
FEATURES = ["kern", "liga", "calt", "ccmp", "locl", "mark", "tnum", "case"]


def write(font: TTFont, letters: set[int] | None, target: Path, features: list[str]) -> None:
    """Subset one font and save it in the form its name tells."""
    options = subset.Options(
        layout_features=features,
        hinting=False,
        desubroutinize=True,
        notdef_outline=True,
        flavor="woff2" if target.suffix == ".woff2" else None,
        name_IDs=["*"],
        drop_tables=["DSIG", "STAT", "meta"],
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=letters or set(font.getBestCmap()))
    cutter.subset(font)
    subset.save_font(font, str(target), options)
    print(f"{target.name}: {target.stat().st_size} bytes")


def main(packages: Path) -> None:
    """Write all six files."""
    modules = packages / "node_modules"
    google = modules / "@expo-google-fonts"
    inter = TTFont(modules / "inter-ui/variable/InterVariable.woff2")
    inter = instancer.instantiateVariableFont(inter, {"opsz": 14, "wght": (400, 700)})
    saved = BytesIO()
    inter.save(saved)  # read back: the subsetter wants tables as they stand in a file
    inter = TTFont(saved)
    write(inter, LATIN | SAMI | NAMES | SIGNS, HERE / "inter.woff2", [f for f in FEATURES if f != "calt"])
    literata = google / "literata/600SemiBold/Literata_600SemiBold.ttf"
    write(TTFont(literata), LATIN | SAMI | SIGNS, HERE / "literata.woff2", FEATURES)
    for name, path in {
        "Inter-Regular": "inter/400Regular/Inter_400Regular",
        "Inter-Bold": "inter/700Bold/Inter_700Bold",
        "Inter-Italic": "inter/400Regular_Italic/Inter_400Regular_Italic",
        "Literata-SemiBold": "literata/600SemiBold/Literata_600SemiBold",
    }.items():
        write(TTFont(google / f"{path}.ttf"), None, PRINT / f"{name}.ttf", FEATURES)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
