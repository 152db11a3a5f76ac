"""Views: read the address, call one service, show the page."""
