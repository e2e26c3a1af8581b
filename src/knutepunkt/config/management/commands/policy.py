"""`knutepunkt policy`: who may open what, as one table or as JSON."""

import json
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.urls import URLPattern, URLResolver, get_resolver

from knutepunkt.web.access import PERMISSIONS


def lines(resolver: URLResolver | None = None, prefix: str = "", spaces: str = "") -> Iterator[dict[str, Any]]:
    """Every address with its name, its rule, whether it reads or writes, and the roles that may open it."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            name = f"{spaces}{entry.namespace}:" if entry.namespace else spaces
            yield from lines(entry, path, name)
        elif isinstance(entry, URLPattern):
            view = entry.callback
            rule = getattr(view, "rule", "")
            known = PERMISSIONS.get(rule)
            yield {
                "url": "/" + path,
                "name": f"{spaces}{entry.name or ''}",
                "rule": rule,
                "reads_or_writes": getattr(view, "reads_or_writes", ""),
                "roles": list(known.roles) if known else [],
            }


class Command(BaseCommand):
    """Print the policy."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="a list of objects, for machines")

    def handle(self, *_args: Any, **options: Any) -> None:
        rows = list(lines())
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for permission in sorted(PERMISSIONS.values(), key=lambda p: p.name):
            self.stdout.write(f"{permission.name}: {permission.says}")
        self.stdout.write("")
        width = max(len(row["url"]) for row in rows)
        for row in rows:
            roles = ", ".join(row["roles"])
            self.stdout.write(f"{row['url']:<{width}}  {row['reads_or_writes']:<6}  {row['rule']:<28} {roles}")
