"""How a training job on images becomes models, stage by stage."""
