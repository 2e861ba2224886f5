"""Answers written from the released notebooks alone, each put into a solved notebook and graded."""
