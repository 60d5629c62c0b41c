"""The colours can be read, and told apart, in both schemes and by colour-blind eyes."""

import colorsys
import itertools
import re
import sys

import numpy as np
import pytest
from sources import ROOT

CSS = (ROOT / "nn_widgets/kit/colours.css").read_text(encoding="utf-8")
GROUND = ROOT / "nn_widgets/kit/ground/ground.css"
BLOCKS = [
    dict(re.findall(r"--nn-([\w-]+): (#[0-9a-f]{6})", b)) for b in re.findall(r"{[^{}]+}", CSS)
]
LIGHT, DARK, SYSTEM_DARK = [block for block in BLOCKS if block]
SCHEMES = {"light": LIGHT, "dark": DARK}
FORWARD = ["x", "W", "b", "z", "h", "p", "y", "L"]
GRADIENTS = ["dx", "dW", "db", "dz", "dh", "dp", "dL"]
TEXT = [*FORWARD, *GRADIENTS, "class-0", "class-1", "class-2"]
TEXT += ["text", "muted", "focus", "right", "wrong"]

# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
BLIND = {
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
}


def linear(colour):
    """Linear RGB of #rrggbb, as in WCAG 2."""
    srgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def contrast(a, b):
    """Contrast ratio of WCAG 2."""
    lights = sorted(linear(c) @ [0.2126, 0.7152, 0.0722] + 0.05 for c in (a, b))
    return lights[1] / lights[0]


def lab(rgb):
    """CIE L*a*b* (D65) of linear RGB."""
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    ratio = np.array(to_xyz) @ np.clip(rgb, 0, 1) / [0.9505, 1, 1.089]
    f = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def distance(a, b, blindness=None):
    """Distance in L*a*b*, about 2 for a just noticeable difference."""
    see = np.array(BLIND[blindness]) if blindness else np.eye(3)
    return np.linalg.norm(lab(see @ linear(a)) - lab(see @ linear(b)))


def test_known_contrasts():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_both_ways_into_the_dark_give_the_same_colours():
    unlike = {name for name in {*DARK, *SYSTEM_DARK} if DARK.get(name) != SYSTEM_DARK.get(name)}
    assert not unlike, "the dark values stand twice, and these are not the same"
    assert set(LIGHT) == set(DARK) == {*TEXT, "page", "surface", "line"}
    hill = re.findall(r"(--nn-hill-[a-z]+): ([^;]+);", GROUND.read_text())
    assert len(hill) == 12
    assert hill[4:8] == hill[8:]


@pytest.mark.parametrize("ground", ["page", "surface"])
@pytest.mark.parametrize("name", TEXT)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_in_this_colour_can_be_read(scheme, name, ground):
    colours = SCHEMES[scheme]
    assert contrast(colours[name], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_forward_is_cool_and_gradients_are_warm(scheme):
    def hue(name):
        channels = [int(SCHEMES[scheme][name][i : i + 2], 16) / 255 for i in (1, 3, 5)]
        return 360 * colorsys.rgb_to_hsv(*channels)[0]

    for name in FORWARD:
        assert 130 <= hue(name) <= 290, f"{name} flows forward, and is warm"
    for name in GRADIENTS:
        assert hue(name) <= 60 or hue(name) >= 310, f"{name} is a gradient, and is cool"


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("names", [FORWARD, GRADIENTS, ["class-0", "class-1", "class-2"]])
def test_colours_of_one_family_differ(scheme, names):
    for a, b in itertools.combinations(names, 2):
        assert distance(SCHEMES[scheme][a], SCHEMES[scheme][b]) >= 10, f"{a} looks like {b}"


@pytest.mark.parametrize("blindness", BLIND)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_quantity_and_its_gradient_differ_for_colour_blind_eyes(scheme, blindness):
    colours = SCHEMES[scheme]
    for name in ["x", "W", "b", "z", "h", "p", "L"]:
        far = distance(colours[name], colours["d" + name], blindness)
        assert far >= 15, f"{name} looks like d{name}"
    for a, b in itertools.combinations(["class-0", "class-1", "class-2"], 2):
        assert distance(colours[a], colours[b], blindness) >= 15, (a, b)


@pytest.mark.parametrize(("style", "scheme"), [("Light", "light"), ("Dark", "dark")])
def test_code_can_be_read(style, scheme, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "book/_theme"))
    code_style = __import__("code_style")
    sys.modules.pop("code_style")
    surface = SCHEMES[scheme]["surface"]
    chosen = getattr(code_style, style)
    assert chosen.background_color == surface
    for token, look in chosen:
        if look["color"]:
            assert contrast("#" + look["color"], surface) >= 4.5, token


def test_a_style_that_keeps_words_from_being_selected_has_safaris_name_too():
    sheets = [*(ROOT / "nn_widgets").rglob("*.css"), *(ROOT / "book/_theme/static").rglob("*.css")]
    for sheet in sheets:
        for rule in re.findall(r"{[^{}]*}", sheet.read_text(encoding="utf-8")):
            plain = re.search(r"(?<!-)user-select: (\w+)", rule)
            assert not plain or f"-webkit-user-select: {plain[1]}" in rule, (sheet.name, rule)
