"""Text to category; in doubt the likeliest three."""

from core.understand.lexicon import Lexicon, plainly
from core.understand.values import Guess
from core.understand.weigh import READ, guess_of, weigh


def categories(text: str, lexicon: Lexicon) -> Guess:
    """The best category with up to three likeliest, in a stable order; an empty guess when nothing speaks for any."""
    return guess_of(weigh(plainly(text, lexicon)[:READ], lexicon), lexicon)
