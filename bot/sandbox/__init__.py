"""A strict local stand-in for Telegram's Bot API server.

It keeps a small world (people, groups, messages, files) in memory, answers the Bot API over HTTP with Telegram's own
refusals, delivers updates by long polling or webhook, and lets tests, the demo and drills act as the people in it.
It knows nothing of the bot it serves: they meet over HTTP only.
"""
