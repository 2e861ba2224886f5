"""pipeline: see CONTRIBUTING.md."""
