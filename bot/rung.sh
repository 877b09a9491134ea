#!/bin/sh
# The operator's command, from any folder: `.venv/bin/rung` is a link to this file. Files that are named to it are those of
# the caller's folder; .env and data/ are those beside the code, or those of RUNG_HOME.
code=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd) || exit 2
# -P: a folder of the caller's that happens to be called "bot" is not ours.
PYTHONPATH="$code${PYTHONPATH:+:$PYTHONPATH}" RUNG_HOME="${RUNG_HOME:-$code}" exec "$code/.venv/bin/python" -P -m bot "$@"
