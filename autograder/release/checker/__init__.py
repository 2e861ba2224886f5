"""What becomes `checker.py` beside a notebook: it compares like the grader, in the student's own Python."""
