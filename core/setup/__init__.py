"""Setting a town up in chat: the draft is a district document (docs/district.md) that is edited answer by answer."""

from core.setup.document import CENTRE, Document, NotADocument, blank, known_chats, parsed, rebased, written
from core.setup.stages import Stage, blocking, doubtful, stages

__all__ = [
    "CENTRE",
    "Document",
    "NotADocument",
    "Stage",
    "blank",
    "blocking",
    "doubtful",
    "known_chats",
    "parsed",
    "rebased",
    "stages",
    "written",
]
