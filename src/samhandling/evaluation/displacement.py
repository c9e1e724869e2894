"""Whether events moved next door: displacement, its benefit, and the total net effect."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import norm

from samhandling.evaluation.design import (
    LOG_POINTS,
    About,
    Design,
    Effect,
    effect_from_error,
)
from samhandling.execution import USUAL, Chunk, Replicates
from samhandling.space import checked
from samhandling.space.method import Method

Floats = NDArray[np.float64]

DRAWS_PER_CHUNK = 10_000
SMALL_COUNT = 5


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """Events in one place before and after the start, in spans of equal length.

    Attributes
    ----------
    before, after : int

    Raises
    ------
    ValueError
        If a count is negative or not whole.
    """

    before: int
    after: int

    def __post_init__(self) -> None:
        """Check what was given."""
        checked.counts([self.before], "before")
        checked.counts([self.after], "after")

    @property
    def change(self) -> int:
        """Events after minus events before."""
        return self.after - self.before

    @property
    def total(self) -> int:
        """Events before and after together."""
        return self.after + self.before


@dataclass(frozen=True, slots=True)
class Displacement:
    """The weighted displacement quotient with its interval, and what it may be called.

    Attributes
    ----------
    value : float
        Change next door beside change in the target area, both as ratios to the control: below -1
        displacement is more than the gain, between -1 and 0 less, above 0 the gain spread.
    standard_error : float
        Half the width of the middle 68 % of the bootstrap; the quotient has no finite variance.
    low, high : float
        Percentile bootstrap interval.
    confidence : float
    target_share : float
        Share of bootstrap draws in which the target area improved on the control: the quotient
        means something only when nearly all do.
    method : Method
    """

    value: float
    standard_error: float
    low: float
    high: float
    confidence: float
    target_share: float
    method: Method

    def confidence_interval(self) -> tuple[float, float]:
        """Return the interval's two ends."""
        return self.low, self.high

    def summary(self) -> str:
        """Return what a person may say."""
        quoted = (
            f"Weighted displacement quotient {self.value:.2f} ({self.confidence:.0%} interval "
            f"{self.low:.2f} to {self.high:.2f}): "
        )
        if self.target_share < self.confidence:
            return f"{quoted}the target area has no sure gain, so the quotient says nothing."
        if self.low > 0:
            return f"{quoted}the gain spread to the area around."
        if self.high < 0:
            return f"{quoted}events moved to the area around."
        return f"{quoted}neither displacement nor spread of the gain is clear."


def weighted_displacement_quotient(
    target: BeforeAfter,
    buffer: BeforeAfter,
    control: BeforeAfter,
    *,
    replicates: Replicates = USUAL,
    confidence: float = 0.95,
) -> Displacement:
    """Compare the change around the target area with the change in it.

    Parameters
    ----------
    target, buffer, control : BeforeAfter
        The area with the measure, the area around it, and one far enough to be touched by neither.
    replicates : Replicates
        Bootstrap draws of the six counts.
    confidence : float, default 0.95

    Returns
    -------
    Displacement

    Raises
    ------
    ValueError
        If the control has no events, or the target changed exactly as the control.

    Notes
    -----
    The bootstrap draws each count from a Poisson distribution around the count seen; where places
    vary more than that, the interval is too narrow. A quotient of uncertain changes has heavy
    tails: read it only where the target's gain is sure, and prefer `total_net_effect` for a sum.
    Time and memory grow with the draws alone.

    References
    ----------
    K. J. Bowers and S. D. Johnson (2003), "Measuring the geographical displacement and diffusion of
    benefit effects of crime prevention activity", Journal of Quantitative Criminology 19, 275-301.
    """
    seen = _counts_of(target, buffer, control)
    checked.probability(confidence)
    _check_control(control)
    inside, around = _relative_changes(seen[None])
    if inside[0] == 0:
        message = (
            "The target area changed exactly as the control, so there is no gain to have moved; "
            "use total_net_effect."
        )
        raise ValueError(message)
    drawn = np.concatenate(replicates.run(_draw, seen, size=DRAWS_PER_CHUNK))
    changes, others = _relative_changes(drawn)
    quotients = np.divide(others, changes, out=np.zeros(len(changes)), where=changes != 0)
    ends = [(1 - confidence) / 2, (1 + confidence) / 2, norm.cdf(-1), norm.cdf(1)]
    low, high, lower, upper = (float(end) for end in np.quantile(quotients, ends))
    method = Method.of(
        "weighted_displacement_quotient", "Bowers & Johnson 2003",
        replicates=replicates.count, seed=replicates.seed,
    )  # fmt: skip
    return Displacement(
        float(around[0] / inside[0]), (upper - lower) / 2, low, high, confidence,
        float((changes < 0).mean()), method,
    )  # fmt: skip


def total_net_effect(
    target: BeforeAfter, buffer: BeforeAfter, control: BeforeAfter, *, confidence: float = 0.95
) -> Effect:
    """Count how many fewer events there were, displaced ones subtracted.

    Parameters
    ----------
    target, buffer, control : BeforeAfter
        The area with the measure, the area around it, and a control.
    confidence : float, default 0.95

    Returns
    -------
    Effect
        Events in target and buffer together, minus those expected had both changed in proportion to
        the control. Negative means fewer.

    Raises
    ------
    ValueError
        If the control had no events before.

    Notes
    -----
    The standard error is by the delta method with Poisson counts; the control's part grows with
    the square of target and buffer beside control, so a small control makes the answer useless.
    Guerette and others give the effect with the opposite sign, as events prevented.

    References
    ----------
    R. V. Clarke and J. E. Eck (2005), "Crime analysis for problem solvers", step 51. R. T. Guerette
    (2009), "Analyzing crime displacement and diffusion", Problem-Oriented Guides, tool guide 10.
    K. J. Bowers and S. D. Johnson (2003).
    """
    _check_control(control)
    earlier, later = target.before + buffer.before, target.after + buffer.after
    ratio = control.after / control.before
    value = later - earlier * ratio
    variance = (
        later + ratio**2 * earlier
        + earlier**2 * (control.after / control.before**2 + control.after**2 / control.before**3)
    )  # fmt: skip
    about = About(
        Design.DISPLACEMENT, "events in the area and around it beside those expected", "events", 1,
        Method.of("total_net_effect", "Guerette 2009; Clarke & Eck 2005"),
    )  # fmt: skip
    return effect_from_error(about, value, float(np.sqrt(variance)), confidence=confidence,
                             warnings=_small((target, buffer, control)))  # fmt: skip


def weighted_displacement_difference(
    target: BeforeAfter,
    control: BeforeAfter,
    buffer: BeforeAfter | None = None,
    buffer_control: BeforeAfter | None = None,
    *,
    confidence: float = 0.95,
) -> Effect:
    """Test the change in target and buffer beside the change in their controls.

    Parameters
    ----------
    target, control : BeforeAfter
        The area with the measure and one like it, of similar counts before.
    buffer, buffer_control : BeforeAfter, optional
        The area around the target and one like it; both or neither.
    confidence : float, default 0.95

    Returns
    -------
    Effect
        In events. Negative means fewer.

    Raises
    ------
    ValueError
        If only one of the buffers is given.

    Notes
    -----
    Changes are compared in events, not per cent: wrong when target and control differ much in
    level. Counts are taken to be Poisson, so that the variance is the sum of all counts; where
    events come in bursts the error is larger than said.

    References
    ----------
    A. P. Wheeler and J. H. Ratcliffe (2018), "A simple weighted displacement difference test to
    evaluate place based crime interventions", Crime Science 7, 11.

    Examples
    --------
    >>> effect = weighted_displacement_difference(BeforeAfter(20, 10), BeforeAfter(20, 20))
    >>> effect.value, round(effect.standard_error, 2)
    (-10.0, 8.37)
    """
    if (buffer is None) != (buffer_control is None):
        message = "Give both buffer and buffer_control, or neither."
        raise ValueError(message)
    gains = [target] + ([buffer] if buffer else [])
    losses = [control] + ([buffer_control] if buffer_control else [])
    value = sum(one.change for one in gains) - sum(one.change for one in losses)
    error = float(np.sqrt(sum(one.total for one in gains + losses)))
    about = About(
        Design.DISPLACEMENT, "change in events beside the control areas", "events", 1,
        Method.of("weighted_displacement_difference", "Wheeler & Ratcliffe 2018"),
    )  # fmt: skip
    return effect_from_error(about, float(value), error, confidence=confidence,
                             warnings=_small(gains + losses))  # fmt: skip


def ring_changes(
    before: ArrayLike, after: ArrayLike, control: BeforeAfter, *, confidence: float = 0.95
) -> tuple[Effect, ...]:
    """Estimate how events changed in the target area and in each ring around it.

    Parameters
    ----------
    before, after : array_like of int, shape (n_rings,)
        Events in the target area first, then in rings ever further out.
    control : BeforeAfter
        Beyond the rings.
    confidence : float, default 0.95
        Of all intervals together (Bonferroni), as one looks at all rings at once.

    Returns
    -------
    tuple of Effect
        Log ratio of each ring's change to the control's, one per ring.

    Raises
    ------
    ValueError
        If lengths differ, a count is not valid, or a ring or the control has no events on one side;
        the message names the ring.

    Notes
    -----
    The rings share one control: their errors go together. Counts are taken to be Poisson.

    References
    ----------
    K. J. Bowers, S. D. Johnson, R. T. Guerette, L. Summers and S. Poynton (2011), "Spatial
    displacement and diffusion of benefits among geographically focused policing initiatives",
    Journal of Experimental Criminology 7, 347-374.
    """
    first, second = checked.counts(before, "before"), checked.counts(after, "after")
    rings = checked.same_length(before=first, after=second)
    _check_control(control)
    each = 1 - (1 - checked.probability(confidence)) / rings
    method = Method.of("ring_changes", "Bowers et al. 2011", rings=rings, joint=confidence)
    found = []
    for ring, (early, late) in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
        if min(early, late) == 0:
            message = (
                f"Ring {ring} has {early} events before and {late} after; join it with the next."
            )
            raise ValueError(message)
        value = np.log(late / early) - np.log(control.after / control.before)
        error = np.sqrt(1 / early + 1 / late + 1 / control.before + 1 / control.after)
        where = f"in ring {ring}" if ring else "in the target area"
        about = About(Design.DISPLACEMENT, f"change {where} beside the control", LOG_POINTS, 1,
                      method)  # fmt: skip
        found.append(effect_from_error(
            about, float(value), float(error), confidence=each,
            warnings=_small((BeforeAfter(early, late), control)),
        ))  # fmt: skip
    return tuple(found)


def _counts_of(target: BeforeAfter, buffer: BeforeAfter, control: BeforeAfter) -> Floats:
    pairs = [(place.before, place.after) for place in (target, buffer, control)]
    return np.array(pairs, dtype=np.float64)


def _check_control(control: BeforeAfter) -> None:
    if min(control.before, control.after) == 0:
        message = (
            f"The control has {control.before} events before and {control.after} after; choose a "
            "larger control or longer spans."
        )
        raise ValueError(message)


def _relative_changes(counts: Floats) -> tuple[Floats, Floats]:
    """Return the change in target and in buffer of the ratio to the control."""
    ratio = counts[:, :2] / counts[:, 2:]
    change = ratio[:, :, 1] - ratio[:, :, 0]
    return change[:, 0], change[:, 1]


def _draw(seen: Any, chunk: Chunk) -> Floats:
    drawn = chunk.generator().poisson(seen, (chunk.count, *seen.shape)).astype(np.float64)
    # A drawn control without events would divide by zero; half an event is the usual stand-in.
    drawn[:, 2] = np.maximum(drawn[:, 2], 0.5)
    return np.asarray(drawn)


def _small(places: Any) -> tuple[str, ...]:
    least = min(min(place.before, place.after) for place in places)
    if least >= SMALL_COUNT:
        return ()
    return (f"A count is only {least}: the normal interval is rough below {SMALL_COUNT}.",)
