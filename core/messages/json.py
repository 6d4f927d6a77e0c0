"""Plain values, as JSON knows them."""

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]
