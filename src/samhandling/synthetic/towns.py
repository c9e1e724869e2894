"""Two invented municipalities: Granköping, a city on a river, and Vintersele, far north and small.

Neither exists. Granköping is drawn on the open water of lake Vänern and Vintersele in the roadless
mountains of Padjelanta: inside Sweden's bounds, so that projections and checks behave as they do
for a real municipality, but where no invented event can fall on anybody's home. Their codes begin
with 99, a county number that Statistics Sweden has not given out.
"""

from samhandling.synthetic.grankoping import GRANKOPING
from samhandling.synthetic.vintersele import VINTERSELE

PLANS = {plan.name: plan for plan in (GRANKOPING, VINTERSELE)}
"""The plans that come with the library, by name."""
