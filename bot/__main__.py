"""The command line: `python -m bot run | demo | migrate | backup | restore | doctor | district …`."""

# ruff: noqa: PLC0415  # what a command needs is imported in it: neither --help nor a refusal waits for the whole house

import asyncio
import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.settings import Refused, Settings, load

app = typer.Typer(no_args_is_help=True, add_completion=False, help="平安岗 / neighbourhood safety bot")
district = typer.Typer(no_args_is_help=True, help="辖区文件 / the district file")
app.add_typer(district, name="district")

File = Annotated[Path, typer.Argument(metavar="FILE", show_default=False)]


@app.command()
def run() -> None:
    """运行:轮询;设了 BOT_WEBHOOK_URL 就用 webhook / poll, or take a webhook when BOT_WEBHOOK_URL is set."""
    from bot import app as composition

    settings = _ready()
    raise typer.Exit(asyncio.run(composition.run(settings)))


@app.command()
def demo(
    auto: Annotated[bool, typer.Option("--auto", help="自动演一遍 / play whole cases and print them")] = False,
    empty: Annotated[bool, typer.Option("--empty", help="从零开始设置 / begin with nothing set up")] = False,
    port: Annotated[int, typer.Option(help="网页端口,被占用就另找 / port of the page, another if taken")] = 8088,
    browser: Annotated[bool, typer.Option(help="打开浏览器 / open a browser")] = True,
) -> None:
    """演示:浏览器里的沙盒小镇 / a sandbox town in the browser."""
    from bot import demo as play

    raise typer.Exit(play.main(auto=auto, empty=empty, port=port, browser=browser))


@app.command()
def migrate() -> None:
    """把数据库更新到最新 / bring the database up to date."""
    from storage import migrate as migrations

    migrations.migrate(_database())
    typer.echo("数据库已是最新 / the database is up to date")


@app.command()
def backup() -> None:
    """备份数据库,机器人不用停 / copy the database, beside a running bot."""
    from bot import copying

    _print(copying.backup(_stored()))


@app.command()
def restore(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", show_default=False)] = None,
    show: Annotated[bool, typer.Option("--list", help="只列出有哪些备份 / only list the copies")] = False,
) -> None:
    """从备份恢复(默认最新的);先停机器人 / put a copy back, the newest by default; stop the bot first."""
    from bot import copying

    _print(copying.listed(_stored()) if show else copying.restore(_stored(), file))


@app.command()
def reseal() -> None:
    """换密钥:新的写在 BOT_SECRET_KEY 最前面,再运行它 / seal with the first key what the others sealed."""
    from bot import opening
    from storage import resealing

    with opening.open_store(_stored()) as store:
        rows = store.submit(resealing.reseal).result()
    typer.echo(f"用第一把密钥加密好了:{rows} 行 / sealed with the first key: {rows} rows")


@app.command()
def lessons() -> None:
    """没听懂、由人改过来的话,给 examples.json 用 / what was set right by people, for examples.json."""
    from bot import lessons as learning

    _print(learning.lines(_database()))


@app.command()
def doctor(
    at: Annotated[str, typer.Option(help="预演这个时刻 / play what would happen then: 2027-02-06T03:00")] = "",
) -> None:
    """体检:令牌、群、权限、数据库、排班 / check token, chats, rights, database, roster gaps."""
    from bot import doctor as practice
    from bot import whatif

    if at:
        sound, lines = whatif.ask(load(token="0:none"), at)  # noqa: S106  # the database alone is asked
        _print(lines)
        raise typer.Exit(0 if sound else 1)

    findings, town = asyncio.run(practice.check(_ready()))
    _print(practice.lines(findings, town))
    raise typer.Exit(1 if any(finding.bad for finding in findings) else 0)


@district.command("load")
def district_load(file: File) -> None:
    """装入辖区文件,先说改了什么 / load a district file and say what changes."""
    from bot import districts

    _print(districts.load(_database(), file))


@district.command("check")
def district_check(file: File) -> None:
    """检查辖区文件 / check a district file."""
    from bot import districts

    sound, lines = districts.check(file)
    _print(lines)
    raise typer.Exit(0 if sound else 1)


@district.command("show")
def district_show() -> None:
    """显示已装入的辖区 / show the loaded district."""
    from bot import districts

    _print(districts.show(_database()))


def _ready() -> Settings:
    """The settings, and logs that go by them."""
    from bot import log

    settings = load()
    log.configure(level=settings.log_level, form=settings.log_format, secrets=settings.secrets)
    logging.captureWarnings(capture=True)
    return settings


def _stored() -> Settings:
    """The settings of a command on the database alone, which does not ask for a token."""
    return load(token="0:none")  # noqa: S106  # stands in for one


def _database() -> str:
    return _stored().database_url


def _print(lines: list[str]) -> None:
    for line in lines:
        typer.echo(line)


def main() -> None:
    """Run the command; a refusal is one sentence and exit code 2, never a traceback."""
    try:
        app()
    except Refused as refusal:
        typer.echo(str(refusal), err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
