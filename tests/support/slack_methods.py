"""The Web API of the local Slack: one function a method, arguments in, answer out."""

from collections.abc import Callable
from typing import Any

from tests.support.slack_checks import check_blocks
from tests.support.slack_team import BOT_ID, BOT_USER, TEAM, TEAM_NAME, Conversation, Json, SlackFault, Team

Method = Callable[[Team, Json], Json]
METHODS: dict[str, Method] = {}
_PAGE = 200


def method(name: str) -> Callable[[Method], Method]:
    def keep(function: Method) -> Method:
        METHODS[name] = function
        return function

    return keep


def need(args: Json, *names: str) -> None:
    """Raise `invalid_arguments` when one is missing."""
    for name in names:
        if not args.get(name):
            raise SlackFault("invalid_arguments", response_metadata={"messages": [f"[ERROR] missing {name}"]})


def refuse_blocks(team: Team, body: Json) -> None:
    """Raise `invalid_blocks` for a body whose blocks break a limit or show a file that is not yet ready."""
    blocks = body.get("blocks") or []
    if not blocks and not body.get("text"):
        raise SlackFault("no_text")
    wrong = check_blocks(blocks) if team.checks_blocks else []
    if "msg_blocks_too_long" in wrong:
        raise SlackFault("msg_blocks_too_long")
    for block in blocks:
        file = team.files.get(block.get("slack_file", {}).get("id", ""), {"ready": False})
        if "slack_file" in block and not file["ready"]:
            wrong.append("invalid slack file")
    if wrong:
        raise SlackFault("invalid_blocks", errors=wrong)


@method("api.test")
def api_test(team: Team, args: Json) -> Json:
    return {"args": args}


@method("auth.test")
def auth_test(team: Team, args: Json) -> Json:
    return {
        "url": "https://rung-test.slack.com/",
        "team": TEAM_NAME,
        "team_id": TEAM,
        "user": "rung",
        "user_id": BOT_USER,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


@method("chat.postMessage")
def post_message(team: Team, args: Json) -> Json:
    need(args, "channel")
    channel = str(args["channel"])
    conversation = team.direct(channel) if channel in team.users else team.conversation(channel, writing=True)
    refuse_blocks(team, args)
    message = team.post(conversation, args)
    return {"channel": conversation.id, "ts": message["ts"], "message": message}


@method("chat.postEphemeral")
def post_ephemeral(team: Team, args: Json) -> Json:
    need(args, "channel", "user")
    team.conversation(args["channel"], writing=True)
    if args["user"] not in team.users:
        raise SlackFault("user_not_in_channel")
    refuse_blocks(team, args)
    ts = team.ts()
    team.ephemerals.append({**args, "ts": ts})
    return {"message_ts": ts}


@method("chat.update")
def update(team: Team, args: Json) -> Json:
    need(args, "channel", "ts")
    message = team.conversation(args["channel"], writing=True).message(args["ts"])
    if message is None:
        raise SlackFault("message_not_found")
    refuse_blocks(team, args)
    message.pop("blocks", None)
    message |= {k: args[k] for k in ("text", "blocks", "metadata") if k in args}
    message["edited"] = {"user": BOT_USER, "ts": team.ts()}
    return {"channel": args["channel"], "ts": args["ts"], "text": message.get("text", ""), "message": message}


@method("chat.delete")
def delete(team: Team, args: Json) -> Json:
    need(args, "channel", "ts")
    conversation = team.conversation(args["channel"])
    message = conversation.message(args["ts"])
    if message is None:
        raise SlackFault("message_not_found")
    conversation.messages.remove(message)
    return {"channel": args["channel"], "ts": args["ts"]}


@method("chat.getPermalink")
def permalink(team: Team, args: Json) -> Json:
    need(args, "channel", "message_ts")
    if team.conversation(args["channel"]).message(args["message_ts"]) is None:
        raise SlackFault("message_not_found")
    stamp = args["message_ts"].replace(".", "")
    return {"permalink": f"https://rung-test.slack.com/archives/{args['channel']}/p{stamp}"}


@method("conversations.open")
def open_direct(team: Team, args: Json) -> Json:
    need(args, "users")
    return {"channel": {"id": team.direct(str(args["users"])).id}}


@method("conversations.info")
def info(team: Team, args: Json) -> Json:
    need(args, "channel")
    found = team.conversations.get(args["channel"])
    if found is None:
        raise SlackFault("channel_not_found")
    return {"channel": _described(found)}


@method("conversations.join")
def join(team: Team, args: Json) -> Json:
    need(args, "channel")
    found = team.conversations.get(args["channel"])
    if found is None:
        raise SlackFault("channel_not_found")
    if found.kind != "channel":
        raise SlackFault("method_not_supported_for_channel_type")
    found.bot_in = True
    return {"channel": _described(found)}


@method("conversations.list")
def list_all(team: Team, args: Json) -> Json:
    shown = [c for c in team.conversations.values() if c.kind != "direct"]
    return _page(
        [_described(c) for c in shown if not (_flag(args, "exclude_archived") and c.archived)], args, "channels"
    )


@method("users.conversations")
def list_mine(team: Team, args: Json) -> Json:
    mine = [c for c in team.conversations.values() if c.kind != "direct" and c.bot_in]
    return _page(
        [_described(c) for c in mine if not (_flag(args, "exclude_archived") and c.archived)], args, "channels"
    )


@method("conversations.history")
def history(team: Team, args: Json) -> Json:
    need(args, "channel")
    found = team.conversation(args["channel"])
    tops = [m for m in found.messages if m.get("thread_ts", m["ts"]) == m["ts"]]
    return _messages(tops, args)


@method("conversations.replies")
def replies(team: Team, args: Json) -> Json:
    need(args, "channel", "ts")
    found = team.conversation(args["channel"])
    thread = [m for m in found.messages if args["ts"] in {m["ts"], m.get("thread_ts")}]
    if not thread:
        raise SlackFault("thread_not_found")
    return _messages(thread, args)


def _described(found: Conversation) -> Json:
    return {
        "id": found.id,
        "name": found.name,
        "is_channel": found.kind == "channel",
        "is_im": found.kind == "direct",
        "is_private": found.kind != "channel",
        "is_archived": found.archived,
        "is_member": found.bot_in,
    }


def _flag(args: Json, name: str) -> bool:
    return str(args.get(name, "")).lower() in {"true", "1"}


def _page(items: list[Any], args: Json, name: str) -> Json:
    start, size = int(args.get("cursor") or 0), min(int(args.get("limit") or _PAGE), 1000)
    following = str(start + size) if start + size < len(items) else ""
    return {name: items[start : start + size], "response_metadata": {"next_cursor": following}}


def _messages(messages: list[Json], args: Json) -> Json:
    oldest = float(args.get("oldest") or 0)
    found = sorted((m for m in messages if float(m["ts"]) > oldest), key=lambda m: m["ts"], reverse=True)
    if not _flag(args, "include_all_metadata"):
        found = [{k: v for k, v in m.items() if k != "metadata"} for m in found]
    page = _page(found, args, "messages")
    return {**page, "has_more": bool(page["response_metadata"]["next_cursor"])}
