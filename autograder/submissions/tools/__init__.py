"""What other graders keep and show of submissions: their trees, and our checks as their cells."""
