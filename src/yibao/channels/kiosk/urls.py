"""The addresses of the terminal's pages; its own program asks for them, never a browser by itself."""

from django.urls import path

from yibao.channels.kiosk import asking, entering, printing, reading

app_name = "kiosk"
urlpatterns = [
    path("", entering.start, name="start"),
    path("card/", entering.card, name="card"),
    path("code/", entering.code, name="code"),
    path("pin/", entering.pin, name="pin"),
    path("end/", entering.end, name="end"),
    path("still/", entering.still, name="still"),
    path("look/", entering.look, name="look"),
    path("ask/", asking.ask_page, name="ask"),
    path("home/", reading.record_page, {"task": "home"}, name="home"),
    path("slip/<slug:what>/", printing.slip, name="slip"),
    path("record/", printing.record, name="record"),
    path("printed/<slug:how>/", printing.printed, name="printed"),
    path("<slug:task>/", reading.record_page, name="task"),
]
