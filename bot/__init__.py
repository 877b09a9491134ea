"""Rung: the companion of student communities that climb to their first machine-learning internship."""

__version__ = "0.1.0"
