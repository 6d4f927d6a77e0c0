"""The crash matrix: a town's day, the bot killed again and again in it (`python -m benchmarks.crash`)."""
