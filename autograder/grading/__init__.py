"""grading: see CONTRIBUTING.md."""
