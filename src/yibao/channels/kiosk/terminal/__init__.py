"""The program of the machine itself: it stands between the browser, the card reader, the printers and the server.

It needs neither Django nor a database. The browser asks only this program, on the loopback address; this program alone
holds the terminal's token and the visit's cookie, and hears of the card. See docs/kiosk.md.
"""
