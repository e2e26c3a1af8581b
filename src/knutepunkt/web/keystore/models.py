"""Wrapped keys by owner, and the identifiers of what has been withdrawn or erased."""

from django.db import models


class WrappedKey(models.Model):
    """One key of 32 bytes, wrapped by the installation's key (AES key wrap, RFC 3394).

    `owner` is a text such as `person:<uuid>` or `source:<uuid>`; deleting the row erases all it sealed.
    """

    owner = models.CharField(max_length=80, unique=True)
    installation_key = models.PositiveSmallIntegerField()
    wrapped = models.BinaryField()
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.owner


class Gone(models.Model):
    """Something withdrawn or erased, as an identifier only; replayed after a restore of the data.

    `what` names the handler (for instance `consent.withdrawal`), `key` the object.
    """

    what = models.CharField(max_length=60)
    key = models.CharField(max_length=80)
    how = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["what", "key"], name="gone_once")]

    def __str__(self) -> str:
        return f"{self.what} {self.key}"
