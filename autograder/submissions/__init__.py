"""submissions: see CONTRIBUTING.md."""
