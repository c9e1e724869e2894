"""What was done, by whom, to what, and why: an append-only chain."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

SYSTEM, ANONYMOUS = "system", "anonymous"
"""What `actor_label` holds, and the hash covers, where there is no person."""
NOBODY = {SYSTEM: _("systemet"), ANONYMOUS: _("någon som inte är inloggad")}


class AuditRecord(models.Model):
    """One act. Each row's hash covers its own content and the hash of the row before it."""

    sequence = models.PositiveBigIntegerField(_("löpnummer"), primary_key=True)
    at = models.DateTimeField(_("tid"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_constraint=False
    )
    actor_label = models.CharField(_("vem"), max_length=254)
    kind = models.CharField(_("vad"), max_length=100)
    target_type = models.CharField(_("slag av objekt"), max_length=100)
    target_id = models.CharField(_("objekt"), max_length=100)
    target_label = models.CharField(_("objektets namn"), max_length=300)
    before = models.JSONField(_("före"), null=True)
    after = models.JSONField(_("efter"), null=True)
    reason = models.TextField(_("varför"), blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(_("kontrollsumma"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("logghändelse")
        verbose_name_plural = _("logghändelser")
        ordering = ["sequence"]
        indexes = [
            models.Index(fields=["target_type", "target_id", "sequence"]),
            models.Index(fields=["at"]),
            models.Index(fields=["kind"]),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.kind} {self.target_label}"

    @property
    def who(self) -> str:
        """Who did it, in the reader's language."""
        return str(NOBODY.get(self.actor_label, self.actor_label))


class ChainHead(models.Model):
    """The last link of the chain: one row, locked by whoever adds the next."""

    sequence = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("loggkedjans ände")
        verbose_name_plural = _("loggkedjans ände")

    def __str__(self) -> str:
        return str(self.sequence)
