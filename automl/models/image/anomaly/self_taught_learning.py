"""What the network that teaches itself is shown."""

from dataclasses import replace

from automl.models.base import Care, Parameters
from automl.models.image.anomaly.self_taught import SelfTaughtModel
from automl.models.image.base import TrainingView
from automl.models.image.feature_session import FeatureSession
from automl.models.image.filter_features import RESOLUTIONS, filter_map_graph
from automl.models.image.map_lesson import Lesson
from automl.models.image.multiple_instance_learning import flawed_maps, learn_several, schooling_of

GOOD, FLAWED = 0, 1


def learn_from_good(view: TrainingView, parameters: Parameters, care: Care) -> SelfTaughtModel:
    """Learn one or several networks on good images and flaws imagined on them."""
    resolution = int(parameters.get("resolution", RESOLUTIONS[0]))
    flawed = flawed_maps(view.pixels(resolution), FeatureSession(filter_map_graph(resolution), care.threads), care)
    maps = view.maps(filter_map_graph(resolution))
    lesson = Lesson(maps, view.target, 2, (GOOD,), flawed, flawed_class=FLAWED, by_flaws_alone=True)
    schooling = replace(schooling_of(parameters), flawed_share=0.5, flawed_class_weight=1.0)
    learned = learn_several(lesson, schooling, int(parameters.get("networks", 1)), care)
    return SelfTaughtModel(tuple(each.network for each in learned), resolution)
