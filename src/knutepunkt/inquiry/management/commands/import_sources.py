"""`knutepunkt import-sources INQUIRY FILE... --by NAME [--json]`: bring many files into an inquiry."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from knutepunkt.inquiry.importing import Imported, import_file
from knutepunkt.inquiry.models import Inquiry
from knutepunkt.web.access import may


class Command(BaseCommand):
    """Import files as sources. Ends with 1 if any of them failed; the others are stored."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("inquiry", help="the inquiry's name in its address")
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--by", required=True, help="who imports: handle or chosen name, in the team")
        parser.add_argument("--json", action="store_true", help="one JSON list instead of lines")

    def handle(self, *_args: Any, **options: Any) -> None:
        inquiry = Inquiry.objects.select_related("responsible").filter(slug=options["inquiry"]).first()
        if inquiry is None:
            raise CommandError(_("Det finnes ingen evaluering som heter «%s».") % options["inquiry"])
        by = _somebody_in_team(options["by"], inquiry)
        told = [import_file(by=by, inquiry=inquiry, path=path)[0] for path in options["files"]]
        if options["json"]:
            self.stdout.write(json.dumps([asdict(one) for one in told], ensure_ascii=False, indent=1))
        else:
            self.stdout.writelines(_line(one) + "\n" for one in told)
        if not all(one.ok for one in told):
            raise SystemExit(1)


def _somebody_in_team(name: str, inquiry: Inquiry) -> Any:
    """The one person of this handle or name who works in the team today."""
    wanted, team = name.strip().casefold(), inquiry.team.filter(left_on=None).select_related("person")
    people = [member.person for member in team if may(member.person, "inquiry.work_in_team", inquiry)]
    found = [one for one in people if one.handle.casefold() == wanted]
    found = found or [one for one in people if one.chosen_name.casefold() == wanted]
    if not found:
        raise CommandError(_("Ingen i teamet heter «%s».") % name)
    if len(found) > 1:
        raise CommandError(_("Flere i teamet heter «%s». Bruk kallenavnet.") % name)
    return found[0]


def _line(one: Imported) -> str:
    if not one.ok:
        return f"✗ {one.name}: {one.reason}"
    counts = _("%(words)s ord, %(turns)s turer, %(speakers)s som snakker, %(identifiers)s navn og annet erstattet")
    return f"✓ {one.name}: {counts % vars(one)}"
