"""Who is told in a broadcast; by itself, so that a bot that is measured holds nothing of the rig."""

AUDIENCE = 6_500_000_000  # the first of them
