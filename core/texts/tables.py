"""Holiday tables that are sent in, weather that is put down.

`off` and `work`: [[first, last]] as ISO days; `count`: days off. `items` of table.state: [{year, source: given,
official or none, off, count, work}], of table.flaws: [{line, kind, text}] with `kind` of core.yeartable.Flaw;
`changed`: [{until, off}], the days that would be other than now.
"""

NOTICES: dict[str, tuple[str, ...]] = {
    "table.state": ("items", "year"),
    "weather.ask": (),
    "weather.noted": ("date", "text"),
    "table.unread": (),
    "table.flaws": ("items", "count"),
    "table.preview": ("year", "off", "count", "work", "changed", "few"),
    "table.used": ("year", "by"),
    "table.dropped": ("year", "by"),
}
LABELS: dict[str, tuple[str, ...]] = {"btn.table_use": (), "btn.table_drop": ()}
