"""notebooks: see CONTRIBUTING.md."""
