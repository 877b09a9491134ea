"""Whom a reply calls."""

from bot.chat.markup import spans
from bot.chat.reply import Fields, Reply, Text


def mentioned(reply: Reply) -> list[str]:
    """Return the users (ids as the platform writes them) whom the reply mentions, each once, in order."""
    texts = [reply.text]
    for part in (part for card in reply.cards for part in card.parts):
        if isinstance(part, Text):
            texts.append(part.text)
        elif isinstance(part, Fields):
            texts += [field.value for field in part.fields]
    return list(dict.fromkeys(span.user for text in texts for span in spans(text) if span.kind == "mention"))
