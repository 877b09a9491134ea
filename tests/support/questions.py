"""A question of a community, as a member types it and as YAML."""

from typing import Any

POINTS = """3: tannins dissolve more slowly than sugars | bitter substances come later; sweet comes first
a long brew holds more tannins | time draws them out; steeping
- 1: tannins taste bitter | bitter; an unpleasant taste"""
"""With a weight, without one, and with a bullet."""

TYPED: dict[str, Any] = {
    "question": "Why does a cup of tea grow bitter\nwhen you forget it?",
    "answer": "Tannins dissolve more slowly than sugars. So a long brew holds more tannins, and tannins taste bitter.",
    "points": POINTS,
    "mistakes": "Blaming the water alone.\n* Blaming the cup.",
    "follow_ups": "What does hotter water change?",
}

YAML = """questions:
- id: own-tea
  topic: research
  level: 1
  kind: explain
  question: Why does a cup grow bitter when you forget it?
  answer: Tannins dissolve more slowly than sugars. So a long brew holds more tannins, and tastes bitter.
  points:
  - {point: tannins dissolve more slowly than sugars, weight: 3, words: [bitter substances come later]}
  - {point: a long brew holds more tannins, weight: 2, words: [time draws them out]}
  - {point: tannins taste bitter, weight: 1, words: [bitter]}
  mistakes: [Blaming the water alone.]
  follow_ups: [What does hotter water change?]
  minutes: 2
  step: 4
"""
