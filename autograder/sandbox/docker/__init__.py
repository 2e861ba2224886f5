"""docker: see CONTRIBUTING.md."""
