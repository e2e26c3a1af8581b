"""The person."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.db import models


class People(BaseUserManager["Person"]):
    """How Django and allauth look people up; persons are made by actions."""

    def get_by_natural_key(self, handle: str | None) -> "Person":
        return self.get(handle__iexact=handle)

    def with_perm(self, *_: Any, **__: Any) -> "models.QuerySet[Person]":
        return self.none()


class Person(AbstractBaseUser):
    """Somebody with an account.

    Holds name of choice, handle, perhaps e-mail, language; so that a person can come back to what is
    theirs. Kept until `keep_until`, moved forward at each sign-in. Exported and erased by the person.
    `ways_seal` is a keyed digest over password, e-mail, passkeys and `shut_until`: whatever is changed
    past the house's own actions no longer fits it, and then what is sealed stays shut.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    handle = models.CharField(max_length=40, unique=True)
    chosen_name = models.CharField(max_length=80)
    email = models.EmailField(null=True, blank=True, unique=True)
    language = models.CharField(max_length=2, default="nb")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)
    keep_until = models.DateField(null=True, blank=True)
    shut_until = models.DateTimeField(null=True, blank=True)
    ways_seal = models.CharField(max_length=64, blank=True)
    recovery_sheet_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "handle"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = People()

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.handle

    @property
    def key_owner(self) -> str:
        """The owner's name of this person's own key in the key store."""
        return f"person:{self.pk}"

    @property
    def is_staff(self) -> bool:
        return False

    is_superuser = is_staff

    def check_password(self, raw_password: str) -> bool:  # type: ignore[override]
        """Compare only. Django would store a newer hash here, unseen by the seal over the ways in."""
        return check_password(raw_password, self.password)

    def has_perm(self, name: str, thing: Any = None) -> bool:
        """Ask a rule of the house (library: rules)."""
        from knutepunkt.web.access import may  # noqa: PLC0415 (app ready)

        return may(self, name, thing)
