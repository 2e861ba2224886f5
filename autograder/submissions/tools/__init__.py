"""Exchange with other graders: their folders of submissions, and our checks as cells of their notebooks."""
