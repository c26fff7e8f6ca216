"""
Compares two feature tables as data frames: the same rows and columns, numbers within 1e-5 of Fractal's.

Exceptions: Where the exact value is 0 (an axis of a flat object, the eccentricity of a round one), the root that
scikit-image takes makes 1e-7 of the last digits' noise: values below 1e-6 count as 0. AnnData has no order among numbers
and texts, so that of columns is not compared. Without an ROI table Fractal has the text of a Python object in "region".
The orientation of a round object is any, and that of others is the same half a turn on.
"""

import numpy as np
from exchange import same


def same_features(ours, theirs, roi_table):
    same(sorted(ours.columns), sorted(theirs.columns), "the columns")
    same([int(label) for label in ours.index], [int(label) for label in theirs.index], "the labels of the rows")
    for name in theirs.columns:
        if name == "region":
            if roi_table is not None:
                same(ours[name].tolist(), theirs[name].tolist(), "region")
            continue
        found, wanted = (frame[name].to_numpy(dtype=np.float64) for frame in (ours, theirs))
        if name == "orientation":
            found, wanted = (np.where(theirs["eccentricity"] < 1e-6, 0, np.exp(2j * angles)) for angles in (found, wanted))
        np.testing.assert_allclose(found, wanted, rtol=1e-5, atol=1e-6, equal_nan=True, err_msg=name)
