"""My journey: a person's own recovery, owned by that person. A notebook, a plan and a voice; never a record."""
