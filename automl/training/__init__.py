"""How a training job becomes models, stage by stage."""
