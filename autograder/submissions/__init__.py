"""From a pile of files to programs: archives, who is who, given code restored."""
