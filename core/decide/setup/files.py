"""The district as a file: sent by an administrator it takes the draft's place, asked for it is given."""

from dataclasses import replace

from core.decide import say
from core.decide.setup import live, screens
from core.decide.setup.desk import Desk
from core.district import DistrictFaults, read_district
from core.messages import Attachment, Pressed, Spoke
from core.setup import Document, NotADocument, edit, parsed
from core.world import Decision

NAMES = (".json", ".geojson")


def export(desk: Desk, _command: Pressed, _about: str) -> Decision:
    """The draft, or what is live: docs/district.md tells what is in it."""
    name = str(desk.doc["district"].get("id") or "district")
    if not desk.draft.raw and not desk.world.town.live:
        return Decision(answer=say.answer(desk.world, "ans.su_nothing", alert=True))
    made = Attachment(kind="district", params={"name": name})
    told = desk.tell("setup.file", slot=None, name=f"{name}.json")
    return Decision(notices=(replace(told, attachment=made),))


def received(desk: Desk, command: Spoke) -> Decision | None:
    """A district file or grids; None for any other document."""
    if command.document is None or not command.document_name.lower().endswith(NAMES) or command.paper is None:
        return None
    try:
        doc = parsed(command.paper)
    except NotADocument as error:
        return Decision(notices=(desk.tell("setup.no_json", (screens.back(),), again=True, line=error.line),))
    if doc.get("type") == "FeatureCollection":
        return _grids(desk, doc)
    return _whole(desk, doc)


def _whole(desk: Desk, doc: Document) -> Decision:
    try:
        return live.imported(desk, doc)
    except DistrictFaults as faults:
        return Decision(notices=(live.faulty(desk, faults, again=True),))


def _grids(desk: Desk, collection: Document) -> Decision:
    """Grids alone: the rest of the draft stays. They are read for faults in an otherwise whole town."""
    features = [it for it in collection.get("features") or [] if isinstance(it, dict)]
    doc = edit.gridded(desk.doc, features)
    faults = _faults_of(doc)
    if faults is not None:
        return Decision(notices=(live.faulty(desk, faults, again=True),))
    desk = desk.kept(doc)
    return Decision(records=(desk.draft,), notices=(screens.overview(desk, again=True, note="grids"),))


def dangling(doc: Document) -> bool:
    """Whether something in it names what is not there."""
    try:
        read_district(doc)
    except DistrictFaults as faults:
        return any(it.code == "dangling" for it in faults.faults)
    return False


def _faults_of(doc: Document) -> DistrictFaults | None:
    """What is wrong with the grids themselves; what else is missing is asked for anyhow."""
    try:
        read_district(doc)
    except DistrictFaults as faults:
        own = tuple(it for it in faults.faults if it.where.startswith("grids"))
        return DistrictFaults(own) if own else None
    return None
