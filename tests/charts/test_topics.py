"""Topics over time: one row each, figures beside it, also for a topic of one moment and for none."""

from bot.charts.topics import TopicLine, topics_picture


def test_each_topic_has_its_row_and_its_figures() -> None:
    weeks = [None, (0.5, 0.2, 0.8), (0.6, 0.4, 0.75)]
    lines = [
        TopicLine("Vision", weeks, [(0.5, 0.6)]),
        TopicLine("A topic with a name that is far too long for its room", [None, None, (1.0, 0.4, 1.0)], [(0.0, 1.0)]),
    ]
    drawing = topics_picture("By topic", "Bands", lines)
    svg = drawing.svg()
    for words in (">60 %<", ">40 to 75 %<", ">100 %<", "2 weeks ago", "Vision", "…"):
        assert words in svg
    assert svg.count("<path") == 2
    assert drawing.png().startswith(b"\x89PNG")
    assert topics_picture("By topic", "", []).height < drawing.height
