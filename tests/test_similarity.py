"""What a random segment looks like, from few segments and from many."""

from __future__ import annotations

import numpy as np
import pytest

from aligner._similarity import Background, unit_rows


@pytest.mark.parametrize("count", [2, 40, 64, 65, 300])
def test_the_background_has_the_variance_of_the_cosines(count: int) -> None:
    rng = np.random.default_rng(count)
    axes = rng.standard_normal((20, 128))
    rows = unit_rows((rng.standard_normal((count, 20)) @ axes).astype(np.float32))
    other = unit_rows(rng.standard_normal((5, 128)).astype(np.float32))
    found = Background.of(rows)
    share = count / (count + 8)
    variance = np.square(np.linalg.norm(other @ found.root, axis=1))
    assert variance == pytest.approx(share * (other @ rows.T).var(axis=1), rel=1e-3)
    assert other @ found.mean == pytest.approx(share * (other @ rows.T).mean(axis=1), abs=1e-5)
