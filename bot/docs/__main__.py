"""`python -m bot.docs write|check`: write the generated pages and the days off that are kept, or say what is old."""

from pathlib import Path

import typer

from bot import daysoff
from bot.docs import pages

FOLDER = Path(__file__).parents[2] / "docs"
DATA = Path(__file__).parents[1] / "data"
app = typer.Typer(no_args_is_help=True, add_completion=False, help="docs/ 里由代码生成的几页 / generated pages")


@app.command()
def write() -> None:
    """重写 / write them anew."""
    for name, text in pages.generated().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        typer.echo(f"docs/{name}")
    (DATA / daysoff.KEPT).write_bytes(daysoff.to_keep())
    typer.echo(f"bot/data/{daysoff.KEPT}")


@app.command()
def check() -> None:
    """检查是否最新 / are they up to date?"""
    late = pages.late(FOLDER)
    for name in late:
        typer.echo(
            f"docs/{name} 不是最新,请运行 python -m bot.docs write / is out of date, run python -m bot.docs write"
        )
    raise typer.Exit(1 if late else 0)


if __name__ == "__main__":
    app()
