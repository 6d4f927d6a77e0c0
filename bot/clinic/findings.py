"""What was found, in the shortest words."""

from core.messages import Finding, Json


def wrong(kind: str, *, url: str | None = None, **params: Json) -> Finding:
    """Something that has to be mended."""
    return Finding(kind=kind, params=params, url=url)


def right(kind: str, **params: Json) -> Finding:
    """Something that was looked at and is as it should be."""
    return Finding(kind=kind, bad=False, params=params)
