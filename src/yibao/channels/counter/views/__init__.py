"""Views of the counter: read the form, call one service, show the page."""
