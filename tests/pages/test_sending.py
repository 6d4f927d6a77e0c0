"""Pictures, places, voices: what a person can send besides words."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.pages.town import LI, SUN, Town

pytestmark = [pytest.mark.pages, pytest.mark.asyncio(loop_scope="session")]


async def chosen_photos(town: Town, *labels: str) -> None:
    """Open the resident's photo picker, choose, send."""
    await town.phone("resident").get_by_role("button", name="发送照片").click()
    for label in labels:
        await town.page.locator(".tile", has_text=label).click()


async def test_a_sample_photo_is_sent_with_its_caption_and_can_be_enlarged(town: Town) -> None:
    await town.open()
    await chosen_photos(town, "楼道充电")
    await town.page.get_by_label("照片说明").fill("3栋2单元")
    await town.page.get_by_role("button", name="发送", exact=True).last.click()
    await expect(town.words("resident")).to_contain_text("3栋2单元")
    picture = town.phone("resident").locator(".picture img")
    await expect(picture).to_have_js_property("complete", value=True)
    assert await picture.evaluate("img => img.naturalWidth") > 0
    (told,) = await town.updates("message")
    assert told["caption"] == "3栋2单元"
    await town.phone("resident").get_by_role("button", name="放大照片").click()
    await expect(town.page.get_by_role("dialog").locator("img.full")).to_be_visible()
    await town.page.keyboard.press("Escape")
    await expect(town.page.get_by_role("dialog")).to_have_count(0)


async def test_several_photos_are_one_album(town: Town) -> None:
    await town.open()
    await chosen_photos(town, "楼道充电", "井盖")
    await town.page.get_by_role("button", name="发送 2 张").click()
    await expect(town.phone("resident").locator(".album img")).to_have_count(2)
    await expect(town.phone("resident").locator(".row")).to_have_count(1)
    first, second = await town.updates("message")
    assert first["media_group_id"] == second["media_group_id"]


async def test_an_own_picture_can_be_uploaded(town: Town, tmp_path: Path) -> None:
    await town.open()
    file = tmp_path / "mine.png"
    file.write_bytes(town.sandbox.world.sample("manhole"))
    await chosen_photos(town)
    await town.page.get_by_label("上传自己的照片").set_input_files(file)
    await expect(town.page.locator(".tile", has_text="mine.png")).to_have_attribute("aria-pressed", "true")
    await town.page.get_by_role("button", name="发送", exact=True).last.click()
    await expect(town.phone("resident").locator(".picture")).to_have_count(1)
    (told,) = await town.updates("message")
    assert told["photo"]


async def test_an_own_file_is_sent_as_it_is(town: Town, tmp_path: Path) -> None:
    await town.open()
    file = tmp_path / "town.json"
    file.write_text('{"name": "东门街道"}', encoding="utf-8")
    await chosen_photos(town)
    await town.page.get_by_label("发送自己的文件").set_input_files(file)
    await expect(town.phone("resident").locator(".paper")).to_contain_text("town.json")
    await expect(town.page.get_by_role("dialog")).to_have_count(0)
    (told,) = await town.updates("message")
    assert (told["document"]["file_name"], told["document"]["mime_type"]) == ("town.json", "application/json")
    kept = town.sandbox.world.files.by_unique(told["document"]["file_unique_id"])
    assert kept is not None
    assert kept.data == file.read_bytes()
    async with town.page.expect_download() as taken:
        await town.phone("resident").locator(".paper").click()
    assert (await (await taken.value).path()).read_bytes() == file.read_bytes()


async def test_a_click_on_the_map_gives_the_point_under_it(town: Town) -> None:
    await town.open()
    await town.phone("resident").get_by_role("button", name="发送位置").click()
    await town.page.locator(".map-pick .map-area").nth(1).click()
    await expect(town.page.locator(".map-choice")).to_contain_text("第2网格")
    await town.page.get_by_role("button", name="发送这个位置").click()
    await expect(town.phone("resident").locator(".place")).to_contain_text("第2网格")
    (told,) = await town.updates("message")
    assert told["location"] == pytest.approx({"latitude": 30.635, "longitude": 104.105}, abs=1e-4)


async def test_a_named_place_can_be_sent_as_a_venue(town: Town) -> None:
    await town.open()
    await town.phone("resident").get_by_role("button", name="发送位置").click()
    await town.page.get_by_label("找地点").fill("望江")
    await expect(town.page.get_by_role("button", name="锦畔苑")).to_be_hidden()
    await town.page.get_by_role("button", name="望江驿站").click()
    await town.page.get_by_role("button", name="发送为地点").click()
    await expect(town.phone("resident").locator(".place")).to_contain_text("望江驿站")
    (told,) = await town.updates("message")
    assert told["venue"]["title"] == "望江驿站"


async def test_a_live_location_moves_and_stops(town: Town) -> None:
    await town.open()
    await town.phone("head").get_by_role("button", name="发送位置").click()
    await town.page.get_by_role("button", name="锦畔苑").click()
    await town.page.get_by_role("button", name="共享实时位置").click()
    phone = town.phone("head")
    await expect(phone.locator(".place")).to_contain_text("实时位置")
    await phone.locator(".row").hover()
    await phone.get_by_role("button", name="移动实时位置").click()
    await town.page.get_by_role("button", name="望江驿站").click()
    await town.page.get_by_role("button", name="发送这个位置").click()
    await expect(phone.locator(".place")).to_contain_text("望江驿站")
    await phone.locator(".row").hover()
    await phone.get_by_role("button", name="停止实时位置").click()
    await expect(phone.get_by_role("button", name="停止实时位置")).to_have_count(0)
    moved, stopped = await town.updates("edited_message")
    assert moved["location"]["longitude"] == pytest.approx(104.105)
    assert "live_period" not in stopped["location"]


async def test_a_voice_a_paper_and_a_contact_have_their_own_faces(town: Town) -> None:
    await town.open()
    await town.phone("resident").get_by_role("button", name="发送语音").click()
    await expect(town.phone("resident").locator(".voice")).to_contain_text("语音")
    town.sandbox.world.say(LI, LI, document={"file_name": "情况说明.pdf"})
    await expect(town.phone("resident").locator(".paper")).to_contain_text("情况说明.pdf")
    town.sandbox.world.say(SUN, SUN, contact={"phone_number": "19900000031", "first_name": "孙网格"})
    await expect(town.phone("head").locator(".paper")).to_contain_text("19900000031")


async def test_a_sample_sentence_is_sent_by_one_press(town: Town) -> None:
    await town.open()
    await town.phone("resident").get_by_role("button", name="楼道里有人给电瓶车充电").click()
    await expect(town.words("resident")).to_contain_text("楼道里有人给电瓶车充电")


async def test_what_the_sandbox_refuses_is_said_on_the_phone_and_not_lost(town: Town) -> None:
    town.sandbox.world.set_member(LI, "kicked")
    await town.open()
    await town.type("resident", "有人吗")
    await expect(town.phone("resident").locator(".toast")).not_to_be_empty()
    await expect(town.phone("resident").get_by_label("消息", exact=True)).to_have_value("有人吗")
    town.troubles[:] = [line for line in town.troubles if "400 (Bad Request)" not in line]  # the browser's own note
