"""How allauth meets our person: handles, no national numbers, nothing said of which accounts exist."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up on their own through allauth's form; a person is invited or makes an account here."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False


class SocialAdapter(DefaultSocialAccountAdapter):
    """OpenID Connect: keeps the subject, throws the claims away."""

    def pre_social_login(self, request: Any, sociallogin: Any) -> None:
        sociallogin.account.extra_data = {}
