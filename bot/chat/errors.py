"""The one tree of errors that a person will read. A message says what happened and what to do next."""


class ChatError(Exception):
    """Something the person who asked should know; `str(error)` is written for them."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class BadInput(ChatError):
    """What was typed can't be used; `field` names the option or input, where it is one."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class NotAllowed(ChatError):
    """The person may not do this here."""


class NotFound(ChatError):
    """What was asked for is not there (any more)."""


class Unavailable(ChatError):
    """It can't be done right now; trying again later may help."""
