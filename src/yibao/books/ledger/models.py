"""What stands in the ledger? Django only reads these tables; `posting` and the migration's SQL write them."""

from django.db import models


class LedgerAccount(models.Model):
    """An account of an area; only an individual account keeps its balance, funds are summed by period."""

    id = models.UUIDField(primary_key=True, editable=False)
    area = models.CharField(max_length=6)
    kind = models.SmallIntegerField()  # accounts.AccountKind
    subject = models.TextField()  # the person, payer, provider or other area; empty where there is one of the kind
    pocket = models.TextField()  # current or past years, where the law tells them apart
    balance = models.BigIntegerField(null=True)

    class Meta:
        managed = False
        db_table = "ledger_account"


class LedgerEntry(models.Model):
    """One event that moved money, under its business key (decision 14)."""

    id = models.UUIDField(primary_key=True, editable=False)
    area = models.CharField(max_length=6)
    key = models.TextField()
    kind = models.SmallIntegerField()  # accounts.EntryKind
    content = models.BinaryField()  # what a repeat is compared with
    reverses = models.OneToOneField(
        "self", on_delete=models.DO_NOTHING, null=True, db_column="reverses", related_name="reversed_by"
    )
    reason = models.TextField()
    posted_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "ledger_entry"


class LedgerPosting(models.Model):
    """One line of an entry: fen, positive on the debit side."""

    pk = models.CompositePrimaryKey("area", "entry_id", "account_id")
    area = models.CharField(max_length=6)
    entry = models.ForeignKey(LedgerEntry, on_delete=models.DO_NOTHING, related_name="postings")
    account = models.ForeignKey(LedgerAccount, on_delete=models.DO_NOTHING, related_name="postings")
    amount = models.BigIntegerField()
    balance_after = models.BigIntegerField(null=True)
    for_month = models.DateField()
    effective_on = models.DateField()
    posted_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "ledger_posting"
