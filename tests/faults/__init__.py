"""What takes too long for every day: all of what `make test` takes a sample of."""
