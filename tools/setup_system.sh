#!/bin/sh
# Install the system packages that the tests use: as root on Debian what is missing, and nothing else.
# As anyone else: say what is missing and which tests are skipped for it. Never fails: what is missing shows as a skip.
set -eu

missing=""
skipped=""
need() { # need PACKAGE "what is skipped without it" COMMAND-THAT-PROVES-IT…
    package=$1
    without=$2
    shift 2
    "$@" >/dev/null 2>&1 && return
    missing="$missing $package"
    skipped="$skipped
  $package: $without"
}
check() {
    missing=""
    skipped=""
    need chromium "the pages in a real browser (tests/channels/portal)" command -v chromium
    need fonts-noto-cjk "pictures of pages with Chinese text" test -d /usr/share/fonts/opentype/noto
    need poppler-utils "reading the text back out of a PDF (tests/services/documents)" command -v pdftotext
    need python3-venv "everything: no virtual environment can be made" "${PYTHON:-python3}" -c 'import ensurepip, venv'
}

check
if [ -n "$missing" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "== installing system packages for the tests:$missing"
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086  # the list is meant to be split
    { apt-get update -q && apt-get install -q -y --no-install-recommends $missing; } ||
        echo "apt-get did not succeed; its message stands above" >&2
    check
fi
if [ -n "$missing" ]; then
    printf 'Missing system packages; tests skipped for it:%s\n' "$skipped" >&2
    printf 'On Debian, as root:  apt-get install -y --no-install-recommends%s\n' "$missing" >&2
fi
