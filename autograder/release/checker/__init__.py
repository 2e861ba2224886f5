"""checker: see CONTRIBUTING.md."""
