"""What is remembered between two fetches of the same feed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FeedState(models.Model):
    """How far a feed has been fetched, and when it may be asked again."""

    source = models.CharField(_("källa"), max_length=80, unique=True)
    etag = models.CharField(max_length=300, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    cursor = models.CharField(_("hämtat till och med"), max_length=300, blank=True)
    last_ok = models.DateTimeField(_("senast hämtad"), null=True)
    failures = models.PositiveSmallIntegerField(_("misslyckade försök i rad"), default=0)
    last_error = models.CharField(_("senaste fel"), max_length=300, blank=True)
    next_try_at = models.DateTimeField(_("nästa försök tidigast"), null=True)

    class Meta:
        verbose_name = _("flödets läge")
        verbose_name_plural = _("flödenas lägen")

    def __str__(self) -> str:
        return self.source
