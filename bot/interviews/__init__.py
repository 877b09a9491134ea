"""Mock interviews: the question bank, rounds, practice alone, and honest grades."""
