"""The Compare step: the leaderboard, how good the models are in detail, and what they look at."""
