"""verify: see CONTRIBUTING.md."""
