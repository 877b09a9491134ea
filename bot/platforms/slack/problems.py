"""Which answers to a form say that something typed was wrong, so that the form stays open and says so."""

from bot.chat.action import Action
from bot.chat.command import Answer
from bot.chat.registry import tokens_of
from bot.chat.reply import Reply, Text, Tone
from bot.chat.router import RETRY, RUN


def problem_of(token: str, answer: Answer) -> str:
    """Return what was wrong, as marked-up text; "" when the form was taken.

    token: of the form that was sent

    The router offers to open the form again where an input was wrong; for the form of a command's options, whose values
    are nowhere kept, it only says so.
    """
    if not isinstance(answer, Reply):
        return ""
    texts = [part.text for card in answer.cards for part in card.parts if isinstance(part, Text)]
    asks_again = any(Action.parse(t).name == RETRY for t in tokens_of(answer))
    only_words = not answer.text and [card.tone for card in answer.cards] == [Tone.WARN] and len(texts) == 1
    wrong_option = Action.parse(token).name == RUN and only_words and not answer.cards[0].title
    return "\n".join(texts) if asks_again or wrong_option else ""
