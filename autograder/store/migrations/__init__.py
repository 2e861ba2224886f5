"""The schema of the store, revision by revision; Alembic brings an older store up to the newest on opening it."""
