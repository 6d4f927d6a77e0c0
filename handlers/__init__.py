"""Listens: a Telegram update becomes a command. Synchronous parsers, no SQL, no sending."""
