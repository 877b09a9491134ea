"""The theme's colours: every pair that is in use can be read, in light and in dark, and nothing is written twice."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[3] / "bot" / "platforms" / "web" / "static"
TOKENS = (STATIC / "tokens.css").read_text(encoding="utf-8")
THEMES = {name: (light, dark) for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", TOKENS)}
FACES = re.findall(r"--face: (#\w{6})", TOKENS)
GROUNDS = ("paper", "side", "raised", "sunken", "hover", "private")
TEXTS = (
    *((text, ground) for text in ("ink", "soft", "faint") for ground in GROUNDS),
    *(("accent-ink", ground) for ground in ("paper", "raised", "side", "accent-soft", "hover", "sunken")),
    *(("bad-ink", ground) for ground in ("paper", "raised", "bad-soft")),
    *(("private-ink", ground) for ground in ("private", "paper", "raised")),
    *((text, "accent-soft") for text in ("ink", "soft", "faint")),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
)


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_the_standard_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_words_stand_out(text: str, ground: str, theme: int) -> None:
    assert contrast(THEMES[text][theme], THEMES[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_signs_stand_out(theme: int) -> None:
    for sign in ("accent", "good", "bad"):
        for ground in ("paper", "raised", "side"):
            assert contrast(THEMES[sign][theme], THEMES[ground][theme]) >= 3, (sign, ground)


def test_initials_can_be_read_on_every_face() -> None:
    assert len(FACES) == 10
    assert all(contrast("#ffffff", face) >= 4.5 for face in FACES)


def test_colours_stand_in_one_file() -> None:
    for path in STATIC.glob("*.css"):
        if path.name != "tokens.css":
            found = re.findall(r"#[0-9a-f]{3,8}\b(?=[;\s,)])", path.read_text(encoding="utf-8"))
            assert set(found) <= {"#fff"}, path.name


def test_every_file_is_small_and_uses_no_address_of_others() -> None:
    for path in STATIC.iterdir():
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") < 250, path.name
        assert not re.findall(r"https?://(?!www\.w3\.org/2000/svg)", text), path.name
        assert "innerHTML" not in text or path.name == "dom.js"


def test_every_icon_and_colour_in_use_exists() -> None:
    page = (STATIC / "index.html").read_text(encoding="utf-8")
    drawn = set(re.findall(r'symbol id="icon-([a-z]+)"', page))
    texts = [path.read_text(encoding="utf-8") for path in (*STATIC.glob("*.js"), *STATIC.parent.glob("*.py"))]
    used = {name for text in texts for name in re.findall(r'icon\("([a-z]+)"\)', text)}
    used |= {name for text in texts for name in re.findall(r'icon: "([a-z]+)"', text)}
    used |= set(re.findall(r'href="#icon-([a-z]+)"', page)) | {"sun", "moon", "direct", "hash"}
    assert used == drawn
    css = "".join(path.read_text(encoding="utf-8") for path in STATIC.glob("*.css"))
    assert set(re.findall(r"var\(--([\w-]+)", css)) - {"gutter"} <= set(re.findall(r"--([\w-]+):", css))
