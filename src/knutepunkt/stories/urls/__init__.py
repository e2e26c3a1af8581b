"""The library's addresses, by what they are for. What is fixed comes before what holds a handle."""

from knutepunkt.stories.urls import caring, finding, telling

app_name = "stories"
urlpatterns = [*telling.urlpatterns, *caring.urlpatterns, *finding.urlpatterns]
