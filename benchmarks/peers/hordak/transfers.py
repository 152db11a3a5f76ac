"""Transfers by django-hordak: a line of JSON in, a line of JSON out; the first one says where the database is."""

import json
import sys
import time
from decimal import Decimal


def set_up(asked):
    """Hordak's tables in a database of its own, a bank, and accounts that hold their opening balances."""
    import django
    from django.conf import settings

    place = asked["connection"]
    settings.configure(
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "mptt", "hordak"],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "HOST": place["host"],
                "USER": place["user"],
                "NAME": place["dbname"],
            }
        },
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DEFAULT_CURRENCY="CNY",
        HORDAK_CURRENCIES=["CNY"],
        HORDAK_INTERNAL_CURRENCY="CNY",
        CURRENCIES=["CNY"],
        USE_TZ=True,
        SECRET_KEY="of no use here",
    )
    django.setup()
    from django.core.management import call_command
    from django.db import transaction
    from hordak.models import Account, AccountType

    if not asked["first"]:  # another client has made the accounts
        return list(Account.objects.exclude(name="bank").order_by("pk"))
    call_command("migrate", verbosity=0, interactive=False)
    with transaction.atomic():
        bank = Account.objects.create(name="bank", code="0", type=AccountType.asset, currencies=["CNY"])
        held = [
            Account.objects.create(name=f"{n}", code=f"{n + 1}", type=AccountType.liability, currencies=["CNY"])
            for n in range(asked["accounts"])
        ]
        for account in held:
            account.transfer_to(bank, yuan(asked["opening"]))
    return held


def yuan(fen):
    from moneyed import Money

    return Money(Decimal(fen) / 100, "CNY")


def prepared(held, transfers, checked):
    """The transfers ready to be done, their amounts made beforehand; of two liabilities hordak debits the second.

    `checked` as its users must write it where an account may not be overdrawn: lock both, read the balance, transfer.
    """
    from django.db import transaction
    from hordak.models import Account

    moves = [(held[source], held[target], yuan(amount)) for source, target, amount, _ in transfers]

    def work():
        for source, target, amount in moves:
            if not checked:
                target.transfer_to(source, amount)
                continue
            with transaction.atomic():
                list(Account.objects.select_for_update().filter(pk__in=(source.pk, target.pk)).order_by("pk"))
                if source.get_balance()["CNY"] < amount:
                    raise ValueError("overdrawn")
                target.transfer_to(source, amount)

    return work


def main():
    held = set_up(json.loads(sys.stdin.readline()))
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        if "transfers" in asked:
            work = prepared(held, asked["transfers"], asked["checked"])
            print(json.dumps({"prepared": len(asked["transfers"])}), flush=True)
            sys.stdin.readline()
            begin = time.perf_counter()
            work()
            print(json.dumps({"begin": begin, "end": time.perf_counter()}), flush=True)
        else:
            balances = [int(account.get_balance()["CNY"].amount * 100) for account in held]
            print(json.dumps({"balances": balances}), flush=True)


main()
