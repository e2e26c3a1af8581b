"""Pictures for the demo, made from the house's own drawings."""

from typing import Any, cast

from knutepunkt.web.pdf import PACKAGE

PAGE = """#set page(width: 160mm, height: 120mm, margin: 14mm, fill: rgb("#fbf3e4"))
#align(center + horizon, image("/web/static/web/pictures/{name}.svg", width: 100%))"""


def drawn(name: str) -> bytes:
    """One of our drawings as a PNG (library: typst)."""
    import typst  # noqa: PLC0415 (slow)

    made: Any = typst.Compiler(PAGE.format(name=name).encode(), root=PACKAGE).compile(format="png", ppi=110)
    return cast(bytes, made)
