"""The sample round that `make run` takes in, and how it was made."""
