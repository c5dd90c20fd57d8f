"""Fit a static model to bitext: go on from the embedded one, or make a new one.

>>> import aligner.train
>>> report = aligner.train.fit(["memory.tmx"], "my-model")          # doctest: +SKIP
>>> aligner.align("en.txt", "de.txt", encoder="my-model")            # doctest: +SKIP
"""

from __future__ import annotations

from aligner.train._fit import fit
from aligner.train._options import Storage, TrainOptions, TrainReport
from aligner.train._save import save_model

__all__ = ["Storage", "TrainOptions", "TrainReport", "fit", "save_model"]

for _value in (TrainOptions, TrainReport):
    _value.__module__ = __name__
