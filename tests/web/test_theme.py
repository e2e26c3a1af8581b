"""The palette: what we have chosen over Designsystemet's own tool must keep its contrasts, in light and in dark."""

import re
from pathlib import Path

import pytest

THEME = Path(__file__).parents[2] / "frontend/theme/built/knutepunkt.css"
COLOURS = ("accent", "neutral", "cloudberry", "heather", "info", "success", "warning", "danger")


def palette(scheme: str) -> dict[str, str]:
    block = THEME.read_text().split(f"@layer ds.theme.color-scheme.{scheme} {{", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--ds-color-([a-z-]+): (#[0-9a-fA-F]{6});", block))


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("colour", COLOURS)
def test_text_can_be_read_on_every_ground(scheme, colour):
    found = palette(scheme)
    grounds = [
        found[f"neutral-{name}"] for name in ("background-default", "background-tinted", "surface-default")
    ]
    own = [found[f"{colour}-{name}"] for name in ("surface-default", "surface-tinted", "surface-hover")]

    for ground in [*grounds, *own[:2]]:
        assert contrast(found[f"{colour}-text-subtle"], ground) >= 4.5, ground
    for ground in [*grounds, *own]:
        assert contrast(found[f"{colour}-text-default"], ground) >= 7, ground


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("colour", COLOURS)
def test_words_on_a_filled_button_can_be_read(scheme, colour):
    found = palette(scheme)

    for state in ("default", "hover", "active"):
        assert contrast(found[f"{colour}-base-contrast-default"], found[f"{colour}-base-{state}"]) >= 4.5, (
            state
        )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_edges_of_fields_and_focus_are_seen(scheme):
    found = palette(scheme)

    for ground in ("background-default", "surface-default"):
        assert contrast(found["neutral-border-default"], found[f"neutral-{ground}"]) >= 3
        assert contrast(found["focus-outer"], found[f"neutral-{ground}"]) >= 3
    assert contrast(found["focus-outer"], found["focus-inner"]) >= 3
