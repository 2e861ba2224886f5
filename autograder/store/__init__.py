"""store: see CONTRIBUTING.md."""
