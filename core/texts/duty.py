"""What staff are told about duty: signing in and out, who is on."""

NOTICES: dict[str, tuple[str, ...]] = {
    "duty.signin_ask": (),
    "duty.signin": ("person", "shift", "at", "metres", "open"),
    "duty.signin_far": ("metres", "station"),
    "duty.signin_not_rostered": ("next_at",),
    "duty.signin_already": ("at",),
    "duty.signin_button": (),  # “到岗了” typed: answered with the location button (duty.md)
    "duty.signout": ("person", "at"),
    "duty.signin_late": ("person", "shift", "at", "metres", "open"),
    "duty.not_staff": (),
    "duty.live_on": ("days",),
    "duty.live_off": (),
    "duty.track": ("items", "days"),  # items: [{at, metres from the own post, source}]
    "duty.track_none": ("days",),
    "duty.board": ("posts",),  # [{team, on: [person], due: [person], open}]
}
