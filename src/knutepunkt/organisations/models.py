"""Organisations with their names and codes, and memberships."""

from django.db import models

from knutepunkt.organisations.choices import Kind, Role


class Organisation(models.Model):
    """A centre, a public unit or a region; facts only, each with its source.

    `code` is the official code as text, with leading zeros (Statistics Norway, KLASS); `became` points
    to the successor. `checked_on` empty means: from common knowledge, not checked.
    """

    kind = models.CharField(max_length=24, choices=Kind.choices)
    name = models.CharField(max_length=120)
    sort_name = models.CharField(max_length=160, db_index=True)
    code = models.CharField(max_length=12, blank=True)
    slug = models.SlugField(max_length=90, unique=True)
    organisation_number = models.CharField(max_length=9, blank=True)
    part_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    regions = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="members")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    place = models.CharField(max_length=80, blank=True)
    about = models.TextField(blank=True)
    website = models.URLField(blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    became = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="was")
    source = models.CharField(max_length=200, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "code"], condition=~models.Q(code=""), name="organisation_code_once"
            )
        ]
        indexes = [models.Index(fields=["kind", "sort_name"])]

    def __str__(self) -> str:
        return self.name


class OrganisationName(models.Model):
    """One official name in one language (`no`, `se`, `sma`, `smj`, `fkv`), in the official order.

    `plain_name` is what a search compares: small letters without marks, so `gaivuotna` finds Gáivuotna.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="names")
    language = models.CharField(max_length=3, blank=True)
    name = models.CharField(max_length=120)
    plain_name = models.CharField(max_length=120, db_index=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "position"], name="organisation_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A role held in an organisation from a date to a date.

    Holds that a person has to do with a place; so that the place can run. Ends at `until_on`, deleted
    a year after. Exported and erased with the person.
    """

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person", "role"]), models.Index(fields=["organisation", "role"])]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role", "from_on"], name="membership_once"
            ),
            models.CheckConstraint(
                condition=models.Q(until_on=None) | models.Q(until_on__gte=models.F("from_on")),
                name="membership_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} in {self.organisation_id}"
