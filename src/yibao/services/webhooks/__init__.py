"""Apps that may read a record are told that it changed: found, signed, sent, and sent again until it is taken.

    add_hook(client_id, url)  hooks()  end_hook(number)    the agency says whom to tell, and where
    collect()  send_due()                                  what `yibao webhooks send` does
"""

from yibao.services.webhooks.hooks import HookShown, NewHook, add_hook, end_hook, hooks
from yibao.services.webhooks.sending import Sent, send_due
from yibao.services.webhooks.watching import collect

__all__ = ["HookShown", "NewHook", "Sent", "add_hook", "collect", "end_hook", "hooks", "send_due"]
