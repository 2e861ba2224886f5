"""What only a machine with a card can show. `make test-gpu` runs all of it in under four minutes."""
