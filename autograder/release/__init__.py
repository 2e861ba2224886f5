"""release: see CONTRIBUTING.md."""
