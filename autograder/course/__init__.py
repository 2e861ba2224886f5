"""What lecturers write, read and checked: course.yml, assignments, cases, the secret."""
