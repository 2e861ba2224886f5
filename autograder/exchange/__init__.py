"""Courses of other tools, both ways: nbgrader, otter-grader and Gradescope."""
