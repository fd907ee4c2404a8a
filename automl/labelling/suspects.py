"""Labels that look wrong: a head that never saw the image or a twin of it disagrees with confidence."""

import numpy as np

from automl.labelling.head import Codes
from automl.labelling.learning import Answers, Rows

FEWEST_OF_A_CLASS = 5
# Where classes are hard to tell apart a head is often wrong itself; less than this would accuse a third of the labels.
LEAST_GAP = 0.6


def suspects(codes: Codes, unseen: Answers) -> Rows:
    """Places of labels that look wrong, worst first, by confident learning (Northcutt et al. 2021).

    `unseen` [m, K] are out-of-fold probabilities. An image counts for another class when its probability of that class is
    at least the mean probability which images of that class have for it; classes with under 5 labels accuse nobody. It is
    named when that class is more probable than its own by at least 0.6.
    """
    classes = unseen.shape[1]
    counts = np.bincount(codes, minlength=classes)
    lines = np.full(classes, np.inf)
    for code in np.flatnonzero(counts >= FEWEST_OF_A_CLASS):
        lines[code] = unseen[codes == code, code].mean()
    sure = np.where(unseen >= lines, unseen, -1.0)
    rival = sure.argmax(axis=1)
    own = unseen[np.arange(len(codes)), codes]
    gap = sure[np.arange(len(codes)), rival] - own
    wrong = np.flatnonzero((rival != codes) & (gap >= LEAST_GAP))
    return np.asarray(wrong[np.argsort(-gap[wrong], kind="stable")], np.int64)
