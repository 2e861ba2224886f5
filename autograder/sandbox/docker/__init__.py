"""The sandbox in containers: images, the engine, the link to a guest, and the provider."""
