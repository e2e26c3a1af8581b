"""For whoever watches the server: is it up. Touches no database."""

from django.http import HttpRequest, HttpResponse

from knutepunkt.web.access import page


@page("web.see_public_pages")
def up(_request: HttpRequest) -> HttpResponse:
    """Answer `oppe`."""
    return HttpResponse("oppe\n", content_type="text/plain")
