"""Companies: who does machine learning, how large they are, and what they work on."""
