"""Colours: words and figures stand out from their ground in the light and dark page and on paper (WCAG 2.2 AA)."""

import itertools
import re

import pytest

from higm_annot.report.html import read

TONES = ("high", "medium", "low", "calm", "quiet")
WORDS, FIGURES = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
SCHEMES = ("light", "dark", "print")


def palettes():
    """The colours of each scheme; a scheme that follows overrides the first."""
    blocks = re.findall(r":root\{([^}]*)\}", read("base.css"))
    found = [dict(re.findall(r"--([\w-]+):(#[0-9a-f]+)", block)) for block in blocks]
    return dict(zip(SCHEMES, (found[0] | one for one in found), strict=True))


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    channels = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_can_be_read_on_every_ground(scheme):
    colours = palettes()[scheme]
    pairs = [*itertools.product(("ink", "soft", "link", *TONES), ("bg", "pane", "panel"))]
    pairs += [(tone, f"{tone}-bg") for tone in TONES] + [("ink", f"{tone}-bg") for tone in TONES]
    weak = [(word, ground) for word, ground in pairs if contrast(colours[word], colours[ground]) < WORDS]
    assert weak == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_shapes_of_figures_can_be_seen(scheme):
    colours = palettes()[scheme]
    shapes = ("fill", "twin", "soft", "ink", "high", "medium", "calm")
    assert [shape for shape in shapes if contrast(colours[shape], colours["bg"]) < FIGURES] == []


def test_contrast_is_that_of_the_standard():
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)
