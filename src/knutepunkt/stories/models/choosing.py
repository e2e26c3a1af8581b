"""What a reader keeps for themselves, sealed; and what texts mean, in numbers, for as long as the texts are there."""

from django.db import models


class Taste(models.Model):
    """What a reader with an account has chosen and said to themselves about what they read, sealed with their own key.

    There is no row until the reader asks for anything to be kept, and none after they have let it go.
    """

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="library_taste")
    content = models.BinaryField()
    changed_on = models.DateField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def field(self) -> str:
        """What the sealing binds the content to."""
        return f"stories.taste:{self.person_id}"


class Meaning(models.Model):
    """What a published text means, as `web.likeness` puts it. Goes with what is shown, in the same transaction."""

    shown = models.OneToOneField("stories.Published", on_delete=models.CASCADE, primary_key=True, related_name="meaning")
    vector = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.pk}"


class Signs(models.Model):
    """The signs of 512 vectors, side by side, so that the nearest of very many are found by reading few rows."""

    number = models.PositiveIntegerField(primary_key=True)
    present = models.BinaryField()
    kept = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.number}"
