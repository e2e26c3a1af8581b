"""The catalogues of nynorsk and English: compiled with polib, since gettext is not on every machine."""

from pathlib import Path

from django.conf import settings


def compile_catalogues() -> int:
    """Compile each catalogue that is newer than what was compiled of it. Returns how many."""
    done = 0
    for source in sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            import polib  # noqa: PLC0415 (slow)

            polib.pofile(str(source)).save_as_mofile(str(compiled))
            done += 1
    return done
