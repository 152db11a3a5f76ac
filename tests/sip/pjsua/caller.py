"""A telephone of somebody else's making: calls, presses keys when it is told to, and records what it hears.

Run by the Python of its own environment (PJSIP is under the GPL): `caller.py TARGET OUT.wav`, where standard input
brings lines such as `press 1`, `hold`, `resume` and `hang up`, and standard output says in JSON what happened, with the
second since the start. What comes in is the recording: whoever gives the lines knows when to give them.
"""

import json
import os
import select
import sys
import time

import pjsua2 as pj

BEGAN = time.monotonic()
LONGEST_S = 150


def tell(what: str, **more: object) -> None:
    print(json.dumps({"at": round(time.monotonic() - BEGAN, 3), "what": what, **more}), flush=True)


class Call(pj.Call):
    """One call; the recorder listens to it as soon as there is sound."""

    sound = None
    over = False

    def onCallState(self, prm):
        info = self.getInfo()
        tell("state", state=info.stateText, status=info.lastStatusCode)
        self.over = self.over or info.state == pj.PJSIP_INV_STATE_DISCONNECTED

    def onCallMediaState(self, prm):
        info = self.getInfo()  # held by a name: what it holds dies with it
        for place, media in enumerate(info.media):
            if media.type == pj.PJMEDIA_TYPE_AUDIO and media.status == pj.PJSUA_CALL_MEDIA_ACTIVE:
                self.sound = self.getAudioMedia(place)
                tell("sound")


def telephone(port: int) -> tuple[pj.Endpoint, pj.AccountConfig]:
    """PJSIP with G.711 alone, no sound card, and every thing done in this thread."""
    end = pj.Endpoint()
    end.libCreate()
    config = pj.EpConfig()
    config.logConfig.level = config.logConfig.consoleLevel = 0
    config.uaConfig.threadCnt, config.uaConfig.mainThreadOnly = 0, True
    config.medConfig.noVad, config.medConfig.ecTailLen, config.medConfig.clockRate = True, 0, 8000
    end.libInit(config)
    transport = pj.TransportConfig()
    transport.port, transport.boundAddress = port, "127.0.0.1"
    kind = {"tcp": pj.PJSIP_TRANSPORT_TCP, "tls": pj.PJSIP_TRANSPORT_TLS}.get(os.environ.get("SIP_OVER", ""))
    end.transportCreate(kind or pj.PJSIP_TRANSPORT_UDP, transport)
    end.libStart()
    end.audDevManager().setNullDev()
    wanted = os.environ.get("SIP_CODEC", "PCMA")
    for codec in end.codecEnum2():
        end.codecSetPriority(codec.codecId, 255 if codec.codecId.startswith(wanted) else 0)
    account = pj.AccountConfig()
    account.idUri = "sip:10012345678@127.0.0.1"
    account.mediaConfig.transportConfig.boundAddress = "127.0.0.1"
    return end, account


def obey(line: str, call: Call) -> None:
    """One line of the orders."""
    order, _, rest = line.strip().partition(" ")
    tell("order", order=order)
    if order == "press":
        for key in rest:
            call.dialDtmf(key)
    elif order == "hold":
        call.setHold(pj.CallOpParam(True))
    elif order == "resume":
        again = pj.CallOpParam(True)
        again.opt.flag = pj.PJSUA_CALL_UNHOLD
        call.reinvite(again)
    elif order == "hang":
        call.hangup(pj.CallOpParam(True))


def main(target: str, out: str) -> None:
    """The call, from the first ring to its end."""
    end, config = telephone(0)
    account = pj.Account()
    account.create(config)
    call = Call(account)
    recorder = pj.AudioMediaRecorder()
    recorder.createRecorder(out)
    call.makeCall(target, pj.CallOpParam(True))
    heard, unread = None, b""
    while not call.over and time.monotonic() - BEGAN < LONGEST_S:
        end.libHandleEvents(10)
        if call.sound is not heard:  # also after a hold the sound is another one
            heard = call.sound
            heard.startTransmit(recorder)
        if select.select([0], [], [], 0)[0]:
            unread += os.read(0, 4096)
            *lines, unread = unread.split(b"\n")
            for line in lines:
                obey(line.decode(), call)
    tell("over")
    del recorder, heard, call  # PJSIP aborts where one of them outlives it
    account.shutdown()
    del account
    end.libDestroy()


if __name__ == "__main__":
    main(*sys.argv[1:])
