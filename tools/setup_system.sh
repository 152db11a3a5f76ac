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
    need espeak-ng "what the hotline says (tests/channels/hotline/telephone)" command -v espeak-ng
    need fonts-noto-cjk "pictures of pages with Chinese text" test -d /usr/share/fonts/opentype/noto
    need cups "the record printed through a real CUPS (tests/channels/kiosk/test_printing.py)" command -v cupsd
    need cups-client "the same" command -v lp
    need pcscd "a virtual card in a real reader's software (tests/channels/kiosk)" command -v pcscd
    need vsmartcard-vpcd "the same" test -e /etc/reader.conf.d/vpcd
    need python3-pyscard "the same" /usr/bin/python3 -c 'import smartcard'
    need iproute2 "the same" command -v ip
    need openssl "our RSA signatures read by another program (tests/services/messengers)" command -v openssl
    need poppler-utils "reading the text back out of a PDF (tests/services/documents)" command -v pdftotext
    need sip-tester "many calls at once (tests/channels/hotline/telephone)" command -v sipp
    need sox "what the hotline says (tests/channels/hotline/telephone)" command -v sox
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
