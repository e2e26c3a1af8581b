"""Pages for what went wrong; each says what to do, and a fault has a reference number."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def too_much(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: more files or text than one form may hold, and what to do. Anything else that is refused is not found."""
    if isinstance(exception, TooManyFilesSent | TooManyFieldsSent | RequestDataTooBig):
        return render(request, "400.html", status=400)
    return not_found(request, exception)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: you may not, and whom to ask."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing here, or nothing for you."""
    return render(request, "404.html", status=404)


def fault(request: HttpRequest) -> HttpResponse:
    """500: our fault, with the number that the log knows."""
    return render(request, "500.html", status=500)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form sent without a valid token: nothing was saved, and how to save it."""
    return render(request, "403.html", {"stale_form": True}, status=403)
