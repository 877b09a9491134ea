"""Drawings: valid pictures, whatever is written in them, in colours that are read."""

import pytest

from bot.charts.climb import heat_picture, percent
from bot.charts.colours import HEAT, INK, PAPER, heat, on
from bot.charts.drawing import Drawing, shortened
from bot.charts.glyphs import drawn, has_glyph


def test_a_drawing_becomes_a_sharp_picture() -> None:
    drawing = Drawing(90, 40)
    drawing.dot(20, 20, 5, "#0072b2")
    drawing.text(30, 25, "<Ada> & \x07 Bob", most=50)
    picture = drawing.png()
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20], "big") == 180
    assert "&lt;Ada&gt;" in drawing.svg()
    assert "\x07" not in drawing.svg()


def test_words_are_cut_where_there_is_no_room() -> None:
    assert shortened("short", 10, 100) == "short"
    assert shortened("a long line of words", 10, 50) == "a long li…"


def test_only_nothing_has_the_colour_of_nothing() -> None:
    assert heat(0) == HEAT[0]
    assert heat(0.001) == HEAT[1]
    assert heat(1) == HEAT[-1]


def test_words_on_a_colour_are_light_or_dark() -> None:
    assert on("#0b3c78") == PAPER
    assert on("#f0e442") == INK


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Łukasz Żółć", "Łukasz Żółć"),
        ("Nguyễn Thị Ánh", "Nguyễn Thị Ánh"),
        ("Иван", "Иван"),
        ("e\u0301ric", "éric"),
        ("Ada 🚀", "Ada"),
        ("👩🏽‍💻 Zoë", "Zoë"),
        ("𝐀𝐝𝐚", "Ada"),
        ("王小明", "Member 7"),
        ("Ming 王", "Member 7"),
        ("محمد", "Member 7"),
        ("김", "Member 7"),
        ("🚀🚀", "Member 7"),
        ("", "Member 7"),
    ],
)
def test_names_are_drawn_with_the_letters_that_the_font_has(name: str, shown: str) -> None:
    assert drawn(name, "Member 7") == shown


def test_what_has_no_glyph_is_never_drawn_as_a_box() -> None:
    drawing = Drawing(90, 40)
    drawing.text(30, 25, "王 Ada 🚀 – …")
    assert "> Ada  – …<" in drawing.svg()
    assert not has_glyph("王")


def test_a_small_share_is_not_nothing_and_a_large_one_not_all() -> None:
    shares = (0, 0.003, 0.006, 0.3, 0.996, 1)
    assert [percent(share) for share in shares] == ["0%", "<1%", "1%", "30%", "99%", "100%"]
    assert "&lt;1%" in heat_picture("x", [("Ada", [0.003, 0, 0, 0, 0, 0])]).svg()
