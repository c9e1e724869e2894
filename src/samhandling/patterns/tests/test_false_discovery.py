import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from samhandling.patterns import adjusted_p

# The fifteen p-values of Benjamini and Hochberg (1995), section 3.
PUBLISHED = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
    0.5719, 0.6528, 0.7590, 1.0,
]  # fmt: skip


def test_the_published_example_rejects_four():
    assert (adjusted_p(PUBLISHED) <= 0.05).sum() == 4


@given(st.lists(st.floats(0, 1, allow_subnormal=False), min_size=1, max_size=60))
def test_agrees_with_statsmodels_and_never_falls_below_p(p):
    adjusted = adjusted_p(p)
    np.testing.assert_allclose(adjusted, multipletests(p, method="fdr_bh")[1])
    assert (adjusted >= np.array(p) - 1e-15).all()


def test_what_is_no_probability_is_named():
    with pytest.raises(ValueError, match=r"p_values\[1\] is 1.2"):
        adjusted_p([0.1, 1.2])
