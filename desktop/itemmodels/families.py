"""What every family of models looks like: one series of colour and shape for the whole application."""

from automl.domain.task import Family

SERIES = {
    Family.BASELINE: "s0",
    Family.LINEAR: "s2",
    Family.FOREST: "s3",
    Family.NEURAL: "s4",
    Family.BOOSTED: "s1",
    Family.BLEND: "s5",
}
