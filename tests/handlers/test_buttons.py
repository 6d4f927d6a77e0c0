import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.messages import Press
from handlers import buttons

PRESSES = st.builds(
    Press,
    action=st.from_regex(r"[a-z][a-z0-9_.]{0,15}", fullmatch=True),
    case=st.sampled_from(["", "A2611-0042", "ZZ2611-12345"]),
    round=st.integers(0, 999_999),
    arg=st.text(st.characters(blacklist_characters="|", blacklist_categories=("Cc", "Cs")), max_size=5),
)


@given(PRESSES)
def test_a_press_survives_the_way_through_telegram_in_at_most_64_bytes(press: Press) -> None:
    data = buttons.encode(press)

    assert len(data.encode()) <= buttons.LIMIT
    assert buttons.decode(data) == press


def test_the_format_is_the_one_that_already_hangs_in_chats() -> None:
    press = Press(action="reason", case="A2611-0042", round=3, arg="ST4:area")

    assert buttons.encode(press) == "1|reason|A2611-0042|3|ST4:area"


@given(st.text(max_size=80))
def test_whatever_is_read_would_be_written_the_same(data: str) -> None:
    press = buttons.decode(data)

    assert press is None or buttons.encode(press) == data


@pytest.mark.parametrize(
    "data",
    [
        None,
        "",
        "accept",
        "2|accept|A2611-0042|1|",
        "1|accept|A2611-0042|1",
        "1|accept|A2611-0042|1||",
        "1|accept|A2611-0042|-1|",
        "1|accept|A2611-0042|01|",
        "1|accept|A2611-0042|٣|",
        "1||A2611-0042|1|",
        "1|accept|A2611 0042|1|",
        "1|accept|A2611-0042|1|\n",
        "1|accept|A2611-0042|1|\ud800",
        "1|accept|A2611-0042|1|" + "长" * 20,
    ],
)
def test_a_forged_or_foreign_button_is_not_read(data: str | None) -> None:
    assert buttons.decode(data) is None


@pytest.mark.parametrize(
    "press",
    [
        Press(action="place", arg="锦畔苑三栋二单元门口的电动车棚旁边那里"),
        Press(action="place", arg="a|b"),
        Press(action="Accept"),
        Press(action="accept", round=-1),
    ],
)
def test_a_press_that_could_not_be_read_back_is_refused_when_written(press: Press) -> None:
    with pytest.raises(ValueError, match="not a press"):
        buttons.encode(press)
