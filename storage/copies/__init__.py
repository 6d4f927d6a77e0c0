"""Copies of the whole database, the way back from one, and what has to be set right after it."""
