"""What staff are told when they look for cases. `query`: how the words were understood (core.decide.finding)."""

_ASKED = ("text", "asked_at", "open", "query")

NOTICES: dict[str, tuple[str, ...]] = {
    "find.ask": (),
    "find.none": _ASKED,
    "find.list": (*_ASKED, "items", "count", "page", "pages", "more", "until"),  # until: of the storm mode that is on
    # asked_at: None where there is no list to go back to
    "find.case": ("text", "asked_at", "open", "no", "card", "history"),
}
