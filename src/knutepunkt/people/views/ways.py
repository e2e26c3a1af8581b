"""allauth's own pages for the ways in, each with its line in our policy; those we do not offer are left out."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path

from knutepunkt.people.queries import is_open, providers
from knutepunkt.people.views.sign_in import may_lead_to_providers
from knutepunkt.web.access import page

View = Callable[..., HttpResponse]
connections = may_lead_to_providers(
    social.ConnectionsView.as_view(extra_context={"oidc_providers": providers})
)


def only_open(view: View) -> View:
    """While one's words are shut, no way in is added or changed: first the recovery sheet, or seven days."""

    @wraps(view)
    def asked(request: HttpRequest, **values: Any) -> HttpResponse:
        if request.user.is_authenticated and not is_open(request.user):
            return redirect("people:reopen")
        return view(request, **values)

    return asked


@page("people.sign_in")
def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Where allauth would show forms of its own that we do not offer."""
    return redirect("people:sign-in")


@page("people.use_own_account")
def to_account(request: HttpRequest) -> HttpResponse:
    return redirect("people:account")


@page("people.use_own_account")
def to_first_password(request: HttpRequest) -> HttpResponse:
    return redirect("people:first-password")


def _open_to_all(address: str, view: View, name: str) -> URLPattern:
    return path(address, page("people.sign_in", writes=True)(view), name=name)


def _own(address: str, view: View, name: str, *, changes: bool = False) -> URLPattern:
    inner = only_open(view) if changes else view
    return path(address, page("people.use_own_account", writes=True)(inner), name=name)


urlpatterns = [
    path("innlogging/", to_sign_in, name="account_login"),
    path("innlogging/ny/", to_sign_in, name="account_signup"),
    path("innlogging/glemt/", to_sign_in, name="account_reset_password"),
    path("innlogging/e-post/", to_account, name="account_email"),
    path("innlogging/e-post/sendt/", to_sign_in, name="account_email_verification_sent"),
    _open_to_all("innlogging/ut/", account.logout, "account_logout"),
    _open_to_all("innlogging/stengt/", account.account_inactive, "account_inactive"),
    _open_to_all("innlogging/kode/", account.request_login_code, "account_request_login_code"),
    _open_to_all("innlogging/kode/skriv/", account.confirm_login_code, "account_confirm_login_code"),
    _open_to_all("innlogging/totrinn/kode/", mfa.authenticate, "mfa_authenticate"),
    _open_to_all("innlogging/nokkel/logg-inn/", keys.login_webauthn, "mfa_login_webauthn"),
    _own("innlogging/deg/", account.reauthenticate, "account_reauthenticate"),
    _own("innlogging/deg/kode/", mfa.reauthenticate, "mfa_reauthenticate"),
    _own("innlogging/deg/nokkel/", keys.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"),
    _own("innlogging/passord/", account.password_change, "account_change_password", changes=True),
    path("innlogging/passord/nytt/", to_first_password, name="account_set_password"),
    _own("innlogging/totrinn/", mfa.index, "mfa_index"),
    _own("innlogging/totrinn/app/", totp.activate_totp, "mfa_activate_totp", changes=True),
    _own("innlogging/totrinn/app/fjern/", totp.deactivate_totp, "mfa_deactivate_totp", changes=True),
    _own("innlogging/nokkel/", keys.list_webauthn, "mfa_list_webauthn"),
    _own("innlogging/nokkel/ny/", keys.add_webauthn, "mfa_add_webauthn", changes=True),
    _own("innlogging/nokkel/<int:pk>/fjern/", keys.remove_webauthn, "mfa_remove_webauthn", changes=True),
    _own("innlogging/nokkel/<int:pk>/navn/", keys.edit_webauthn, "mfa_edit_webauthn", changes=True),
    _own("innlogging/reserve/", codes.view_recovery_codes, "mfa_view_recovery_codes", changes=True),
    _own(
        "innlogging/reserve/nye/", codes.generate_recovery_codes, "mfa_generate_recovery_codes", changes=True
    ),
    _own(
        "innlogging/reserve/fil/", codes.download_recovery_codes, "mfa_download_recovery_codes", changes=True
    ),
    _open_to_all("innlogging/utenfra/avbrutt/", social.login_cancelled, "socialaccount_login_cancelled"),
    _open_to_all("innlogging/utenfra/feil/", social.login_error, "socialaccount_login_error"),
    _own("innlogging/utenfra/", connections, "socialaccount_connections", changes=True),
    path("innlogging/utenfra/ny/", to_sign_in, name="socialaccount_signup"),
    _open_to_all("oidc/<str:provider_id>/login/", only_open(oidc.login), "openid_connect_login"),
    _open_to_all(
        "oidc/<str:provider_id>/login/callback/", only_open(oidc.callback), "openid_connect_callback"
    ),
]
