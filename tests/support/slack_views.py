"""The Web API of the local Slack: people, views and files."""

from tests.support.slack_checks import check_view
from tests.support.slack_methods import method, need
from tests.support.slack_team import APP, TEAM, Json, SlackFault, Team


@method("users.info")
def user_info(team: Team, args: Json) -> Json:
    need(args, "user")
    if args["user"] not in team.users:
        raise SlackFault("user_not_found")
    return {"user": team.users[args["user"]]}


@method("views.open")
def open_view(team: Team, args: Json) -> Json:
    need(args, "trigger_id", "view")
    team.take_trigger(args["trigger_id"])
    return {"view": keep_view(team, args["view"])}


@method("views.update")
def update_view(team: Team, args: Json) -> Json:
    need(args, "view_id", "view")
    if args["view_id"] not in team.views:
        raise SlackFault("not_found")
    return {"view": keep_view(team, args["view"], str(args["view_id"]))}


@method("views.publish")
def publish_view(team: Team, args: Json) -> Json:
    need(args, "user_id", "view")
    if wrong := check_view(args["view"]):
        raise SlackFault("invalid_arguments", response_metadata={"messages": wrong})
    team.homes[args["user_id"]] = args["view"]
    return {"view": {**args["view"], "id": f"VH{args['user_id']}"}}


def keep_view(team: Team, view: Json, view_id: str = "") -> Json:
    """Open a modal, or put one in another's place. Raises `invalid_arguments` for one that breaks a limit."""
    if wrong := check_view(view):
        raise SlackFault("invalid_arguments", response_metadata={"messages": wrong})
    kept = {**view, "id": view_id or f"V{team.number()}", "team_id": TEAM, "app_id": APP, "hash": str(team.number())}
    team.views[kept["id"]] = kept
    team.opened.append(kept)
    return kept


@method("files.getUploadURLExternal")
def upload_url(team: Team, args: Json) -> Json:
    need(args, "filename", "length")
    file = f"F{team.number()}"
    team.files[file] = {"name": args["filename"], "length": int(args["length"]), "ready": False, "polls": 0}
    return {"file_id": file, "upload_url": f"{args['_base']}/upload/{file}"}


@method("files.completeUploadExternal")
def complete_upload(team: Team, args: Json) -> Json:
    need(args, "files")
    done = []
    for item in args["files"]:
        file = team.files.get(item["id"])
        if file is None or "content" not in file:
            raise SlackFault("file_not_found")
        file["ready"] = team.file_polls == 0
        done.append({"id": item["id"], "title": item.get("title", file["name"])})
    if channel := args.get("channel_id"):
        team.post(team.conversation(channel, writing=True), {"files": done, "thread_ts": args.get("thread_ts")})
    return {"files": done}


@method("files.info")
def file_info(team: Team, args: Json) -> Json:
    need(args, "file")
    file = team.files.get(args["file"])
    if file is None:
        raise SlackFault("file_not_found")
    file["polls"] += 1
    file["ready"] = file["ready"] or file["polls"] >= team.file_polls
    return {"file": {"id": args["file"], "name": file["name"], "mimetype": "image/png" if file["ready"] else ""}}
