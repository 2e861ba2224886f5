"""cli: see CONTRIBUTING.md."""
