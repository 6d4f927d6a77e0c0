"""Decides: values and pure functions. No async, no I/O, no clock, no randomness."""
