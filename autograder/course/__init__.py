"""course: see CONTRIBUTING.md."""
