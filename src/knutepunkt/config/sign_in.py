"""Settings of the kinds of sign-in (django-allauth), and OpenID Connect from the environment."""

import json
import os

ACCOUNT_USER_MODEL_USERNAME_FIELD = "handle"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_ADAPTER = "knutepunkt.people.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "knutepunkt.people.adapters.SocialAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": json.loads(os.environ.get("KNUTEPUNKT_OIDC") or "[]"),
    },
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
USERSESSIONS_TRACK_ACTIVITY = False
MFA_ADAPTER = "knutepunkt.people.adapters.KeysAdapter"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = os.environ.get("KNUTEPUNKT_INSECURE_PASSKEYS") == "1"
_FORMS = "knutepunkt.people.forms.library"
ACCOUNT_FORMS = {
    "request_login_code": f"{_FORMS}.RequestCode",
    "confirm_login_code": f"{_FORMS}.ConfirmCode",
    "change_password": f"{_FORMS}.ChangePassword",
    "reauthenticate": f"{_FORMS}.Reauthenticate",
}
MFA_FORMS = {
    "authenticate": f"{_FORMS}.Authenticate",
    "reauthenticate": f"{_FORMS}.ReauthenticateByCode",
    "activate_totp": f"{_FORMS}.ActivateTotp",
    "add_webauthn": f"{_FORMS}.AddKey",
    "edit_webauthn": f"{_FORMS}.EditKey",
}
