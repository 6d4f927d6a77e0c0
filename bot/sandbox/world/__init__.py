"""The small world that the sandbox keeps: people, chats, messages, files, updates, presses, limits, a clock."""

from bot.sandbox.world.world import SandboxError, World

__all__ = ["SandboxError", "World"]
