"""The check-up: everything that people rely on and that code cannot keep by itself, each finding with its remedy."""

from bot.clinic.checkup import Patient, Visit, examine

__all__ = ["Patient", "Visit", "examine"]
