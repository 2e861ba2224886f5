"""What runs inside a sandbox: the zygote, the child and its walls. Nothing here imports the package around it."""
