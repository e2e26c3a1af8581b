"""Who may see and do what in the ledger."""

from knutepunkt.organisations.choices import Role
from knutepunkt.web.access import EVERYONE, anyone, permission, signed_in

permission("consent.use_receipt", anyone, roles=(EVERYONE,),
           says="Whoever holds a receipt code may use it.")  # fmt: skip
permission("consent.see_own", signed_in, roles=tuple(r.value for r in Role),
           says="A person sees what they have given, who opened it, and may take it out.")  # fmt: skip
