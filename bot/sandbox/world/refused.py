"""The error of an action that can't be done in the world: a test or the page asked for the impossible."""


class SandboxError(ValueError):
    """An impossible action; its text is a sentence for the person who asked."""
