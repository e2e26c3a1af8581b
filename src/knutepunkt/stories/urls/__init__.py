"""The library's addresses, by what they are for. What is fixed comes before what holds a handle."""

from knutepunkt.stories.urls import caring, choosing, finding, telling

app_name = "stories"
urlpatterns = [*telling.urlpatterns, *caring.urlpatterns, *choosing.urlpatterns, *finding.urlpatterns]
