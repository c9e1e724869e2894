"""The municipality, its levels of areas, and every version of every area."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.accounts.models import Organisation


class Municipality(models.Model):
    """The municipality this installation serves: one row."""

    code = models.CharField(_("kommunkod"), max_length=10, unique=True)
    name = models.CharField(_("namn"), max_length=100)
    is_invented = models.BooleanField(_("påhittad"), default=False)
    boundary = models.JSONField(_("gräns (GeoJSON, WGS84)"), null=True)

    class Meta:
        verbose_name = _("kommun")
        verbose_name_plural = _("kommuner")

    def __str__(self) -> str:
        return self.name


class AreaLevel(models.Model):
    """A kind of area in this municipality: district, neighbourhood, DeSO or police area."""

    slug = models.SlugField(_("kortnamn"), unique=True)
    name = models.CharField(_("namn i ental"), max_length=60)
    name_plural = models.CharField(_("namn i flertal"), max_length=60)
    rank = models.PositiveSmallIntegerField(_("ordning, störst först"), default=0)
    is_base_unit = models.BooleanField(
        _("statistisk basenhet"),
        default=False,
        help_text=_("Händelser och invånare räknas i basenheter och summeras därifrån."),
    )
    is_overlay = models.BooleanField(
        _("överlagrad"),
        default=False,
        help_text=_("Täcker inte hela kommunen och följer inga andra gränser."),
    )

    class Meta:
        verbose_name = _("områdesnivå")
        verbose_name_plural = _("områdesnivåer")
        ordering = ["rank", "slug"]

    def __str__(self) -> str:
        return self.name


class Area(models.Model):
    """An area through all its versions, known by its level and code."""

    level = models.ForeignKey(AreaLevel, models.PROTECT, related_name="areas")
    code = models.CharField(_("kod"), max_length=60)
    responsible = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, verbose_name=_("ansvarig organisation")
    )

    class Meta:
        verbose_name = _("område")
        verbose_name_plural = _("områden")
        ordering = ["level__rank", "code"]
        constraints = [
            models.UniqueConstraint(fields=["level", "code"], name="areas_area_code_in_level")
        ]

    def __str__(self) -> str:
        return self.code


class AreaVersion(models.Model):
    """The name and boundary an area had from one day until (not including) another."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="versions")
    name = models.CharField(_("namn"), max_length=120)
    valid_from = models.DateField(_("gäller från"))
    valid_to = models.DateField(_("gäller till (ej med)"), null=True, blank=True)
    geometry = models.JSONField(_("gräns (GeoJSON, WGS84)"))
    geometry_map = models.JSONField(_("förenklad gräns för kartan"))
    area_m2 = models.FloatField(_("yta i m²"))
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    attributes = models.JSONField(_("egenskaper"), default=dict)
    source = models.CharField(_("källa"), max_length=300, blank=True)
    batch_key = models.CharField(_("import"), max_length=60, blank=True, db_index=True)

    class Meta:
        verbose_name = _("områdesversion")
        verbose_name_plural = _("områdesversioner")
        ordering = ["area__level__rank", "name"]
        constraints = [
            models.UniqueConstraint(fields=["area", "valid_from"], name="areas_version_start_once"),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gt=models.F("valid_from")),
                name="areas_version_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["valid_from", "valid_to"])]

    def __str__(self) -> str:
        return self.name


class Crosswalk(models.Model):
    """How the content of one area version is shared out over the areas of another level or time.

    Shares from one version to all targets of the same (level, date, weight) sum to one.
    """

    source = models.ForeignKey(AreaVersion, models.CASCADE, related_name="shares_to")
    target = models.ForeignKey(AreaVersion, models.CASCADE, related_name="shares_from")
    weight = models.CharField(
        _("vikt"), max_length=12, choices=[("population", _("invånare")), ("area", _("yta"))]
    )
    share = models.FloatField(_("andel"))

    class Meta:
        verbose_name = _("omräkningsandel")
        verbose_name_plural = _("omräkningsandelar")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target", "weight"], name="areas_crosswalk_once"
            ),
            models.CheckConstraint(
                condition=models.Q(share__gt=0) & models.Q(share__lte=1.000001),
                name="areas_crosswalk_share_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}: {self.share:.3f}"


class Neighbour(models.Model):
    """Two area versions of one level that share a border (stored both ways)."""

    area = models.ForeignKey(AreaVersion, models.CASCADE, related_name="neighbours")
    other = models.ForeignKey(AreaVersion, models.CASCADE, related_name="+")
    border_m = models.FloatField(_("gemensam gräns i m"))

    class Meta:
        verbose_name = _("granne")
        verbose_name_plural = _("grannar")
        constraints = [
            models.UniqueConstraint(fields=["area", "other"], name="areas_neighbour_once")
        ]

    def __str__(self) -> str:
        return f"{self.area} – {self.other}"
