"""The invented town's situational pictures: one adopted, one under work."""

from collections.abc import Callable
from datetime import date

from django.utils import timezone

from samhandling.synthetic import TownPlan
from samhandling_web.base.accounts.models import Membership, Organisation, User
from samhandling_web.base.accounts.rules import Role
from samhandling_web.understand.picture import scopes, services
from samhandling_web.understand.picture.figures.assemble import data_version, figures_for
from samhandling_web.understand.picture.models import Picture
from samhandling_web.understand.picture.rules import Kind

MAPPING = (
    "Stölder är det vanligaste brottet och har minskat under perioden. Ordningsstörningar och "
    "buskörning ökar och samlas kring torg och stationer kvällstid.\n\n"
    "Flest anmälningar per invånare finns i centrum, där många vistas utan att bo. Bland "
    "bostadsområdena avviker två klart uppåt."
)
OTHER = (
    "Skolan och fältgruppen beskriver att ungdomar söker sig till tunneln vid stationen när "
    "fritidsgården är stängd. Bostadsbolaget har bytt lås i tre portar efter inbrott i källare."
    "\n\nTrygghetsmätningen visar att otryggheten sena kvällar skiljer sig mer mellan områden än "
    "anmälningarna gör."
)
ANALYSIS = (
    "Störningarna vid stationen hänger ihop med att platsen är mörk och saknar vuxna efter "
    "klockan 20. Det finns inget i underlaget som visar att anmälda brott i sig gör människor "
    "otrygga där.\n\n"
    "Följande bör prövas i åtgärdsplanen: belysning och skötsel vid tunneln, kvällsöppet på "
    "fritidsgården och närvaro på tider som lottas."
)


def make(plan: TownPlan, tell: Callable[[str], None]) -> None:
    """Adopt one picture for the whole town and begin one for a district, if there are none."""
    if Picture.objects.exists():
        return
    tell("Drafting and adopting situational pictures …")
    writer, registrar = _holder(Role.ANALYST), _holder(Role.CITY_STRATEGIST)
    town = Organisation.objects.get(slug="kommunen")
    end = date(plan.last_year, 6, 30)
    adopted = _draft(writer, town, date(plan.last_year - 2, 7, 1), end)
    services.picture_submit(picture_id=adopted.pk, actor=writer)
    services.picture_adopt(
        picture_id=adopted.pk,
        adopted_by=town,
        adopted_on=min(date(plan.last_year, 10, 6), timezone.localdate()),
        case_number=f"KS {plan.last_year}/0117",
        actor=registrar,
    )
    _draft_for_district(plan)


def _holder(role: Role) -> User:
    return Membership.objects.select_related("user").filter(role=role)[0].user


def _draft(writer: User, organisation: Organisation, start: date, end: date) -> Picture:
    scope = scopes.scope_named(None, None, start, end)
    picture = services.picture_draft(
        kind=Kind.STATUTORY,
        title=f"Lägesbild för {scope.name}",
        area=None,
        area_name=scope.name,
        organisation=organisation,
        period=(start, end),
        actor=writer,
    )
    texts = {"mapping": MAPPING, "other_information": OTHER, "analysis": ANALYSIS}
    services.picture_edit(picture_id=picture.pk, changes=texts, actor=writer)
    return services.picture_figures_fill(
        picture_id=picture.pk,
        figures=[figure.as_json() for figure in figures_for(scope)],
        data_version=data_version(),
        actor=writer,
    )


def _draft_for_district(plan: TownPlan) -> None:
    coordinator = _holder(Role.DISTRICT_COORDINATOR)
    district = Organisation.objects.get(slug="district")
    period = (date(plan.last_year - 1, 1, 1), date(plan.last_year, 12, 31))
    area, name = scopes.first_area(plan.levels[0].slug, period[1])
    services.picture_draft(
        kind=Kind.STATUTORY,
        title=f"Lägesbild för {name}",
        area=area,
        area_name=name,
        organisation=district,
        period=period,
        actor=coordinator,
    )
