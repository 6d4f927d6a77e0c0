from core.once import KEPT, once


def test_the_same_is_worked_out_once_and_another_anew() -> None:
    asked: list[tuple[int, int]] = []

    @once
    def total(one: int, other: int = 0) -> int:
        asked.append((one, other))
        return one + other

    assert [total(1), total(1), total(1, other=2), total(2), total(1)] == [1, 1, 3, 2, 1]
    assert asked == [(1, 0), (1, 2), (2, 0)]


def test_only_the_newest_answers_are_kept() -> None:
    asked: list[int] = []

    @once
    def same(number: int) -> int:
        asked.append(number)
        return number

    for number in (*range(KEPT + 1), 0):
        same(number)

    assert asked == [*range(KEPT + 1), 0]


def test_nothing_is_kept_of_a_failure() -> None:
    tries: list[str] = []

    @once
    def failing(word: str) -> str:
        tries.append(word)
        if len(tries) == 1:
            raise ValueError(word)
        return word

    try:
        failing("a")
    except ValueError:
        assert failing("a") == "a"
    assert tries == ["a", "a"]
