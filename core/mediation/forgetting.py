"""What goes of a dispute that is over, and when (privacy.md, dispute notes): who the sides were after thirty days or at
their word, what was said after two years. Kind, place, times and who mediated stay for the figures."""

from dataclasses import replace

from core.records.mediation import SIDES, Agreement, Dispute, Party


def without_side(dispute: Dispute, side: str) -> Dispute:
    """Nobody is known as this side any more; that they agreed, and when, stays."""
    party = replace(dispute.party(side), user=None, name="")
    dispute = replace(dispute, guest=None, invite="")
    return replace(dispute, a=party) if side == "a" else replace(dispute, b=party)


def without_sides(dispute: Dispute) -> Dispute:
    """Nobody is known as either side any more, nor by where they live."""
    for side in SIDES:
        dispute = without_side(dispute, side)
    return replace(dispute, stairwell="", lat=None, lng=None)


def without_words_of(dispute: Dispute, side: str) -> Dispute:
    """Nothing of what a side has said and sent is left."""
    return replace(dispute, notes=tuple(it for it in dispute.notes if it.side != side))


def without_words(dispute: Dispute) -> Dispute:
    """Notes and terms are gone."""
    known = dispute.agreement
    terms = tuple(replace(it, text="") for it in known.terms) if known else ()
    kept: Agreement | None = replace(known, terms=terms) if known else None
    return replace(without_sides(dispute), notes=(), agreement=kept, a=Party(), b=Party())
