"""What to do until somebody comes (hazards.md, reasons)."""

NOTICES: dict[str, tuple[str, ...]] = {
    "care.wire": (),
    "care.bite": (),
    "care.lift": (),
    "care.fraud": (),
    "care.hole": (),
}
