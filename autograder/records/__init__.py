"""What the store of a course answers: its status, its gradebook, one student, and statistics."""
