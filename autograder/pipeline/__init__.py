"""A class: an engine runs workers over submissions, a store keeps what they found."""
