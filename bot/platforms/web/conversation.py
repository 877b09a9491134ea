"""What members do in the web chat, and what is answered: from a page's request to the router and back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.chat.action import Action
from bot.chat.command import Answer
from bot.chat.context import Caller, Place
from bot.chat.errors import BadInput, ChatError, NotFound
from bot.chat.fallback import summary_of
from bot.chat.form import Form
from bot.chat.limits import fit_form
from bot.chat.listen import Message
from bot.chat.markup import plain
from bot.chat.options import Option
from bot.chat.parse import Parsed, parse_command
from bot.chat.reply import PUBLIC, Buttons, Choices, Reply
from bot.chat.router import RUN, Router
from bot.platforms.web.forms import form_html, refused, wrong_inputs
from bot.platforms.web.limits import LIMITS, PAGE
from bot.platforms.web.markup import mentions_rung
from bot.platforms.web.names import Visitor
from bot.platforms.web.outbound import Json, Outbound, choices
from bot.platforms.web.places import WORKSPACE, WORKSPACE_NAME, Channel, direct_owner, thread_root
from bot.platforms.web.posts import Cause, Posts, Where
from bot.platforms.web.security import FormState, Seal
from bot.platforms.web.store import Entry, History

NAME = "web"
_TITLE = 80


@dataclass(frozen=True, slots=True)
class Conversation:
    """Answers what pages ask. Every method raises ChatError with words for the person."""

    router: Router
    history: History
    posts: Posts
    outbound: Outbound
    seal: Seal
    channels: Sequence[Channel]

    async def open(self, visitor: Visitor, place: str, before: int = 0) -> Json:
        """Return the newest messages of a place, or those before an entry."""
        where = await self._where(visitor, place)
        entries = await self.history.list(where.place.id, visitor.user, before=before, most=PAGE + 1)
        shown = [self.outbound.entry(entry) for entry in entries[-PAGE:]]
        found: Json = {"entries": shown, "more": len(entries) > PAGE}
        root = thread_root(place)
        if root and (entry := await self.history.get(root[1])):
            found["root"] = self.outbound.entry(entry)
        return found

    async def say(self, visitor: Visitor, place: str, text: str) -> Json:
        """Run a command line, or post a message and let the listeners hear it."""
        where, text = await self._where(visitor, place), text.strip()
        if not text:
            raise BadInput("Write something first.")
        if text.startswith("/"):
            parsed = self._parse(text)
            answer = await self.router.command(caller(visitor, where.place), parsed.command.path, parsed.given)
            return await self._answer(where, answer, Cause(visitor, text))
        entry = await self.posts.write(where, visitor, text)
        direct = bool(direct_owner(place)) and where.place.kind == "direct"
        message = Message(str(entry.id), text, mentions_bot=direct or mentions_rung(text))
        for reply in await self.router.message(caller(visitor, where.place), message):
            await self.posts.answer(where, reply.shown(PUBLIC), Cause(visitor))
        return {}

    def check(self, text: str) -> Json:
        """Return what is wrong with a command line, or nothing."""
        try:
            self._parse(text.strip())
        except ChatError as error:
            return {"problem": plain(error.message)}
        return {"problem": ""}

    async def suggest(self, visitor: Visitor, place: str, path: Sequence[str], option: str, typed: str) -> Json:
        """Complete an option as one types."""
        where = await self._where(visitor, place)
        return {"choices": choices(await self.router.suggest(caller(visitor, where.place), path, option, typed))}

    async def click(self, visitor: Visitor, message: int, token: str, picked: str | None = None) -> Json:
        """Click a button of a message, or pick from its menu."""
        entry = await self._entry(visitor, message)
        label = label_of(entry.body, token, picked)
        if label is None:
            raise NotFound("This button is no longer there: the message was changed. Look at it again.")
        where = await self._where(visitor, entry.place)
        answer = await self.router.action(caller(visitor, where.place, entry.id), token, picked)
        return await self._answer(where, answer, Cause(visitor, label, entry.id, token))

    async def submit(self, visitor: Visitor, sealed: str, values: Mapping[str, str]) -> Json:
        """Take a filled-in form. What is wrong is said beside the inputs, and the form stays open."""
        state = self.seal.unseal(visitor.user, sealed)
        where = await self._where(visitor, state.place)
        if wrong := wrong_inputs(self._inputs(state.token), values):
            return {"wrong": {name: plain(text) for name, text in wrong.items()}}
        answer = await self.router.submit(caller(visitor, where.place, state.message), state.token, values)
        if isinstance(answer, Reply) and answer.refused is not None:
            return refused(answer.refused, values)
        return await self._answer(where, answer, Cause(visitor, state.asked, state.message, state.spot))

    async def thread(self, visitor: Visitor, message: int) -> Json:
        """Open the thread under a message."""
        entry = await self._entry(visitor, message)
        if thread_root(entry.place):
            raise BadInput("This is a thread already; answer right here.")
        title = entry.thread or summary_of(entry.body, _TITLE)
        return {"thread": await self.posts.open_thread(entry, title)}

    async def dismiss(self, visitor: Visitor, message: int) -> Json:
        """Take away an answer of Rung that only this person sees."""
        entry = await self._entry(visitor, message)
        if entry.only_for != visitor.user or entry.author:
            raise BadInput("Only what Rung told you alone can be taken away.")
        await self.posts.remove(entry)
        return {}

    async def _answer(self, where: Where, answer: Answer, cause: Cause) -> Json:
        if isinstance(answer, Form):
            state = FormState(answer.submit, where.place.id, cause.message, cause.spot, cause.asked)
            places = [channel.place for channel in self.channels]
            sealed = self.seal.seal(cause.visitor.user, state)
            return {"form": str(form_html(fit_form(answer, LIMITS), sealed, places))}
        opened = await self.posts.answer(where, answer, cause)
        return {"thread": opened} if opened else {}

    async def _where(self, visitor: Visitor, place: str) -> Where:
        root = thread_root(place)
        if root:
            entry = await self._entry(visitor, root[1])
            if entry.place != root[0]:
                raise NotFound("There is no such thread (any more).")
            return Where(Place(place, entry.thread, "thread", entry.place), entry.only_for)
        if owner := direct_owner(place):
            if owner != visitor.user:
                raise NotFound("There is no such place.")
            return Where(Place(place, "Rung", "direct"), owner)
        found = next((channel.place for channel in self.channels if channel.id == place), None)
        if found is None:
            raise NotFound("There is no such place.")
        return Where(found)

    async def _entry(self, visitor: Visitor, number: int) -> Entry:
        entry = await self.history.get(number)
        if entry is None or not entry.visible_to(visitor.user):
            raise NotFound("That message is no longer there.")
        return entry

    def _parse(self, text: str) -> Parsed:
        parsed = parse_command(text, self.router.registry.commands)
        for option in parsed.command.options:
            if option.name in parsed.given:
                option.convert(parsed.given[option.name])
        return parsed

    def _inputs(self, token: str) -> Sequence[Option]:
        action = Action.parse(token)
        if action.name == RUN:
            command = self.router.registry.commands.get(action.args)
            return command.options if command else ()
        spec = self.router.registry.submits.get(action.name)
        return spec.inputs if spec else ()


def caller(visitor: Visitor, place: Place, message: int = 0) -> Caller:
    """Return who did something, in the words of the conversation."""
    return Caller(
        NAME,
        WORKSPACE,
        visitor.user,
        visitor.name,
        place,
        visitor.organiser,
        WORKSPACE_NAME,
        visitor.zone,
        str(message or ""),
    )


def label_of(reply: Reply, token: str, picked: str | None) -> str | None:
    """Return what stands on the button or the menu's choice that was clicked; None when the reply has none such."""
    for part in (part for card in reply.cards for part in card.parts):
        if isinstance(part, Buttons) and picked is None:
            for button in part.buttons:
                if button.action == token:
                    return button.label
        elif isinstance(part, Choices) and part.action == token:
            for choice in part.choices:
                if choice.value == picked:
                    return choice.label or choice.value
    return None
