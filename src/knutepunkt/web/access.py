"""Who may open what: permissions as short sentences, and the one decorator every view wears.

A permission joins a predicate (library: rules) with the roles it may be true for and a sentence that
can be read aloud. `page` finds the object, asks the rule and says whether the view reads or writes;
a view without it fails the house tests.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

READS, WRITES = "reads", "writes"
EVERYONE = "everyone"


@dataclass(frozen=True)
class Permission:
    """One line of the policy."""

    name: str
    predicate: rules.Predicate
    roles: tuple[str, ...]
    says: str
    exists_in_private: bool
    open_to_all: bool


PERMISSIONS: dict[str, Permission] = {}


@rules.predicate
def anyone(_person: Any) -> bool:
    """True for everyone, signed in or not."""
    return True


@rules.predicate
def signed_in(person: Any) -> bool:
    """True for anybody with an account who is signed in."""
    return bool(person and person.is_authenticated)


def permission(
    name: str,
    predicate: rules.Predicate,
    *,
    roles: tuple[str, ...],
    says: str,
    private: bool = False,
) -> None:
    """Enter a permission in the policy.

    Args:
        name: `room.verb_noun`.
        predicate: what must be true of (person, object).
        roles: who it may be true for; `everyone` where no account is asked.
        says: the rule in one sentence.
        private: answer 404 instead of 403, where even existence is private.

    Raises:
        ValueError: the name is taken by another rule.
    """
    if name in PERMISSIONS and PERMISSIONS[name].predicate is not predicate:
        message = f"{name} is taken"
        raise ValueError(message)
    PERMISSIONS[name] = Permission(name, predicate, roles, says, private, EVERYONE in roles)
    if not rules.perm_exists(name):
        rules.add_perm(name, predicate)


def may(person: Any, name: str, thing: Any = None) -> bool:
    """Whether the rule lets this person do it."""
    return bool(PERMISSIONS[name].predicate.test(person, thing))


def require(person: Any, name: str, thing: Any = None) -> None:
    """Refuse unless the rule says yes: 404 where existence is private, else 403."""
    if may(person, name, thing):
        return
    if PERMISSIONS[name].exists_in_private:
        raise Http404
    raise PermissionDenied(name)


def page(
    rule: str,
    *,
    writes: bool = False,
    of: Callable[..., Any] | None = None,
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Say which rule a view answers to, how its object is found, and whether it reads or writes.

    `of(request, **url_values)` finds the object through a query for this actor (or raises Http404, or
    answers itself where something else must be done first, such as typing a code);
    the rule is asked with it, and the view is called as `view(request, thing)`. Without `of` the rule
    is asked with no object and the view gets the values from the address.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def asked(request: HttpRequest, **values: Any) -> HttpResponse:
            known = PERMISSIONS[rule]
            if not known.open_to_all and not request.user.is_authenticated:
                return redirect(f"{reverse('people:sign-in')}?{urlencode({'next': request.path})}")
            if of is None:
                require(request.user, rule)
                return view(request, **values)
            thing = of(request, **values)
            if isinstance(thing, HttpResponse):
                return thing
            require(request.user, rule, thing)
            return view(request, thing)

        asked.rule = rule  # type: ignore[attr-defined]
        asked.reads_or_writes = WRITES if writes else READS  # type: ignore[attr-defined]
        return asked

    return decorate
