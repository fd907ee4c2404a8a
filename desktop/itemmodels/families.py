"""What every family of models looks like: one series of colour and shape for the whole application.

Families that never stand in one leaderboard, such as those of tables and of images, may share a series.
"""

from automl.domain.task import Family

SERIES = {
    Family.BASELINE: "s0",
    Family.LINEAR: "s2",
    Family.FOREST: "s3",
    Family.NEURAL: "s4",
    Family.BOOSTED: "s1",
    Family.CLASSICAL: "s2",
    Family.BACKBONE: "s1",
    Family.IMAGE_NETWORK: "s4",
    Family.PATCHES: "s1",
    Family.SELF_TAUGHT: "s4",
    Family.BLEND: "s5",
}
