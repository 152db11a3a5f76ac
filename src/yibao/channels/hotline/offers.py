"""What is offered, and answered to an offer of sound (SDP, RFC 3264)? Codec, number of the keys, where to send, hold.

Sound is G.711 over plain RTP. An offer of SRTP alone is refused: the RTP library has none, and an answer that promises
it without keeping it would be worse.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, replace

from aiosipua.sdp import MediaDescription, SdpMessage, SdpNegotiationError, build_sdp, negotiate_sdp

from yibao.channels.hotline.speaking import CODERS

EVENTS = "telephone-event"
KEYS_OFFERED = 101
HELD = "0.0.0.0"  # noqa: S104 RFC 2543's way to say that nothing is to be sent


class OfferRefused(Exception):
    """Nothing in the offer is something we speak."""


@dataclass(frozen=True)
class Media:
    """What was agreed: where sound goes, in which codec, which payload type the keys have, whether we may send."""

    remote: tuple[str, int]
    codec: int
    keys: int | None
    sends: bool
    answer: SdpMessage


def answer_to(offer: SdpMessage | None, address: str, port: int, version: int) -> Media:
    """The answer to an offer; `version` grows with each answer of a call."""
    audio = _plain_audio(offer)
    where = audio.connection or (offer.connection if offer else None)
    if offer is None or where is None:
        raise OfferRefused("no address")
    keys = next((c.payload_type for c in audio.codecs if c.encoding_name.lower() == EVENTS), None)
    alone = replace(offer, media=[audio])
    try:
        answer, codec = negotiate_sdp(
            alone, address, port, supported_codecs=list(CODERS), dtmf_payload_type=keys or 0, session_id="1"
        )
    except SdpNegotiationError:
        raise OfferRefused("no codec") from None
    ours = answer.media[0]
    ours.attributes["ptime"] = ["20"]  # what we send, whatever was asked for
    if keys is not None:
        ours.attributes["fmtp"] = [f"{keys} 0-15"]
    answer.origin.session_version = str(version)
    # Every line of the offer has one in the answer; a port of 0 refuses it (RFC 3264, 6).
    answer.media = [ours if media is audio else _refused(media) for media in offer.media]
    held = where.address == HELD or audio.direction in ("sendonly", "inactive")
    return Media((_checked(where.address), audio.port), codec, keys, not held, answer)


def offer_of(address: str, port: int) -> SdpMessage:
    """What we offer where we call: both codecs, and keys."""
    offer = build_sdp(address, port, 8, "PCMA", dtmf_payload_type=KEYS_OFFERED, session_id="1")
    ours = offer.media[0]
    ours.formats = ["8", "0", str(KEYS_OFFERED)]
    ours.attributes["rtpmap"] = ["8 PCMA/8000", "0 PCMU/8000", f"{KEYS_OFFERED} {EVENTS}/8000"]
    ours.attributes["fmtp"] = [f"{KEYS_OFFERED} 0-15"]
    return offer


def undecided() -> Media:
    """Before anybody has answered nothing is sent anywhere."""
    return Media((HELD, 0), 8, None, False, SdpMessage())


def agreed(offer: SdpMessage, answer: SdpMessage) -> Media:
    """What was agreed by the answer to our offer; keys come under the number that we offered (RFC 3264, 5.1)."""
    audio = _plain_audio(answer)
    where = audio.connection or answer.connection
    codec = next((int(one) for one in audio.formats if one.isdecimal() and int(one) in CODERS), None)
    if where is None or codec is None:
        raise OfferRefused("no address or no codec")
    held = where.address == HELD or audio.direction in ("sendonly", "inactive")
    return Media((_checked(where.address), audio.port), codec, KEYS_OFFERED, not held, offer)


def _plain_audio(offer: SdpMessage | None) -> MediaDescription:
    """The first sound over plain RTP that is really there (a port of 0 says that it is not)."""
    for media in offer.media if offer else ():
        if media.media == "audio" and media.proto == "RTP/AVP" and 0 < media.port < 65536:
            return media
    raise OfferRefused("no plain audio")


def _refused(media: MediaDescription) -> MediaDescription:
    return MediaDescription(media=media.media, port=0, proto=media.proto, formats=media.formats)


def _checked(address: str) -> str:
    """The address, if it is one to which a stranger may have us send: names are not looked up, groups not flooded."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        raise OfferRefused("no address") from None
    if found.version != 4 or found.is_multicast or address.endswith(".255"):
        raise OfferRefused("no address")
    return address
