"""The life of a dispute as one table (disputes.md, the twelve steps)."""

from dataclasses import dataclass

from core.records.mediation import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One way on: in any of `sources`, `event` leads to `target` (None: it stays). `row`: the step of disputes.md."""

    row: int
    event: str
    sources: frozenset[Step]
    target: Step | None


def _edge(row: int, event: str, sources: str, target: str | None) -> Edge:
    steps = frozenset(Step(it) for it in sources.split("/"))
    return Edge(row=row, event=event, sources=steps, target=Step(target) if target else None)


ALIVE = "NEW/CONSENT/INFORMED/INQUIRY/TALK/AGREED"
LIFE: tuple[Edge, ...] = (
    _edge(1, "med_settled_here", "NEW", "FOLLOW"),  # by a patrol, on the spot
    _edge(2, "med_accepted", "NEW", "CONSENT"),
    _edge(2, "med_refused", "NEW", "REFUSED"),
    _edge(3, "med_agreed_to_talk", "CONSENT", None),
    _edge(4, "med_informed", "CONSENT", "INFORMED"),
    _edge(5, "med_inquiry", "INFORMED", "INQUIRY"),
    _edge(6, "med_talks", "INQUIRY", "TALK"),
    _edge(7, "med_written", "INQUIRY/TALK/AGREED", "AGREED"),
    _edge(7, "med_reworded", "AGREED", "TALK"),
    _edge(7, "med_settled", "AGREED", "PERFORM"),
    _edge(8, "med_failed", "INFORMED/INQUIRY/TALK/AGREED", "FAILED"),
    _edge(8, "med_again", "FAILED", "TALK"),  # 换个调解员再谈
    _edge(9, "med_performed", "PERFORM", "FOLLOW"),
    _edge(9, "med_broken", "PERFORM", "TALK"),
    _edge(10, "med_withdrawn", "NEW/CONSENT/INFORMED/INQUIRY/TALK/AGREED/RED", "WITHDRAWN"),
    _edge(11, "med_follows", "FAILED/WITHDRAWN", "FOLLOW"),
    _edge(11, "med_reopened", "PERFORM/FOLLOW/FILED", "CONSENT"),
    _edge(12, "med_filed", "FOLLOW/REFUSED", "FILED"),
    _edge(13, "med_frozen", f"{ALIVE}/PERFORM/FAILED/WITHDRAWN/FOLLOW", "RED"),
    _edge(13, "med_released", "RED", None),  # to where it stood, which is kept beside it
)
_BY_EVENT = {it.event: it for it in LIFE}
ENDED = frozenset({Step.REFUSED, Step.FILED})
TALKING = frozenset({Step.INFORMED, Step.INQUIRY, Step.TALK, Step.AGREED})  # both sides have agreed to it
ENDS_THE_TALKS = frozenset({Step.FAILED, Step.WITHDRAWN})


class NotInMediation(Exception):  # noqa: N818 - not a fault of ours: the life says no
    """The life has no such step from here; nothing may be changed."""


def advance(step: Step, event: str) -> Step:
    """The step after `event`. Raises NotInMediation when the table has no row for it."""
    if not can(step, event):
        raise NotInMediation(f"{event} is not possible in {step}")
    return _BY_EVENT[event].target or step


def can(step: Step, event: str) -> bool:
    """Whether the table has a row for `event` from `step`."""
    edge = _BY_EVENT.get(event)
    return edge is not None and step in edge.sources


def row_of(event: str) -> int:
    """The step of disputes.md that `event` belongs to; 13 is “any → 红”."""
    return _BY_EVENT[event].row
