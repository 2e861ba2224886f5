"""Auto-graded deep-learning courses: notebooks in, grades and reasons out."""

__version__ = "0.1.0"
