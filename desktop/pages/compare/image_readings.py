"""What must be said of every score on images, computed from its evaluation. Pure."""

from automl.domain.image_result import NO_GAP, ImageEvaluation
from automl.domain.task import Metric
from desktop.i18n import translate
from desktop.itemmodels.score_words import score_words

HANDED_OVER = 0.1


def honesty_sentences(images: ImageEvaluation, metric: Metric) -> tuple[str, ...]:
    """Return what tearing shots of one part apart would look like, and what a person's look at the unsure ones saves."""
    gap, spared = images.gap(), images.spared_mistakes(HANDED_OVER)
    said = []
    if gap is not None:
        same = abs(gap[1] - gap[0]) < NO_GAP
        grouped, torn = (score_words(metric, score) for score in gap)
        said.append(translate(f"words.images.gap{'.same' if same else ''}", grouped=grouped, random=torn))
    if spared is not None:
        said.append(translate("words.images.spared", share=HANDED_OVER, spared=spared))
    return tuple(said)
