"""A start with another key, or none, is refused in one sentence before anything is read or written."""

import pytest

from bot.opening import open_store
from bot.settings import Refused, Settings, load
from storage.resealing import known_key, reseal

OLD, NEW = "an-old-key-that-nobody-can-guess!", "a-new-key-of-thirty-two-letters!!"


def settings(url: str, key: str | None) -> Settings:
    return load(_env_file=None, token="1:a", database_url=url, secret_key=key)


def test_the_key_is_known_from_its_first_start_and_another_is_refused(database_url: str) -> None:
    with open_store(settings(database_url, OLD)) as store:
        first = store.read(known_key).result()
        assert first is not None
    for wrong in (None, NEW):
        with pytest.raises(Refused, match="BOT_SECRET_KEY"):
            open_store(settings(database_url, wrong))
    with open_store(settings(database_url, f"{NEW},{OLD}")) as store:
        assert store.read(known_key).result() == first, "the old one is needed until all is sealed anew"
        store.submit(reseal).result()
    open_store(settings(database_url, NEW)).close()


def test_a_key_that_can_be_guessed_is_refused() -> None:
    with pytest.raises(Refused, match="32"):
        load(_env_file=None, token="1:a", secret_key="secret")
