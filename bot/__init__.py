"""Speaks and runs: everything asynchronous that touches the world."""
