"""The demo: the whole bot on a sandbox town, in the browser or playing by itself; no token, no internet."""


def main(*, auto: bool = False, empty: bool = False, port: int = 8088, browser: bool = True) -> int:
    """Run the demo; its exit code. With `auto` whole cases play by themselves; 0 only if every step was seen.
    With `empty` nothing is set up yet: an administrator does it in chat."""
    from bot.demo import show  # noqa: PLC0415  # the command line's --help must not load the whole bot

    return show.main(auto=auto, empty=empty, port=port, browser=browser)
