"""Drawings: valid pictures, whatever is written in them, in colours that are read."""

from bot.charts.colours import HEAT, INK, PAPER, heat, on
from bot.charts.drawing import Drawing, shortened


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
