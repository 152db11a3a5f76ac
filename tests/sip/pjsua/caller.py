"""A telephone of somebody else's making: calls or is called, presses keys when told to, and records what it hears.

Run by the Python of its own environment (PJSIP is under the GPL): `caller.py TARGET OUT.wav`, or `caller.py PORT
OUT.wav`, which waits there for a call and does with it what SIP_ANSWERS says (200, or 180 for ringing on and on, or
a status that refuses), and with the next one what stands after a comma. Standard input
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


class Called(pj.Account):
    """Is called, and does each time the next of what it was told; a call that it takes is the one that is recorded."""

    answers: list[int]
    taken = None
    refused: list[pj.Call]

    def onIncomingCall(self, prm):
        call, answer = Call(self, prm.callId), pj.CallOpParam(True)
        answer.statusCode = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        tell("called", target=call.getInfo().localUri, answered=answer.statusCode)
        if answer.statusCode == 200:
            self.taken = call
        else:
            self.refused.append(call)  # PJSIP wants it kept as long as it is on
        call.answer(answer)


def waits(account: Called, end: pj.Endpoint) -> Call | None:
    """The call that was taken, once one is; none where it is told to hang up first."""
    account.refused = []
    while account.taken is None and time.monotonic() - BEGAN < LONGEST_S:
        end.libHandleEvents(10)
        if select.select([0], [], [], 0)[0] and os.read(0, 4096).startswith(b"hang"):
            break
    return account.taken


def main(target: str, out: str) -> None:
    """The call, from the first ring to its end."""
    port = int(target) if target.isdecimal() else 0
    end, config = telephone(port)
    account = Called() if port else pj.Account()
    if port:
        account.answers = [int(one) for one in os.environ.get("SIP_ANSWERS", "200").split(",")]
    account.create(config)
    tell("ready")
    call = waits(account, end) if port else Call(account)
    recorder = pj.AudioMediaRecorder()
    recorder.createRecorder(out)
    if not port:
        call.makeCall(target, pj.CallOpParam(True))
    talk(end, call, recorder)
    tell("over")
    del recorder, call  # PJSIP aborts where one of them outlives it
    if port:
        account.taken = None
        account.refused.clear()
    account.shutdown()
    del account
    end.libDestroy()


def talk(end: pj.Endpoint, call: Call | None, recorder: pj.AudioMediaRecorder) -> None:
    """Record and obey until the call is over."""
    heard, unread = None, b""
    if call is None:
        return
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


if __name__ == "__main__":
    main(*sys.argv[1:])
