"""What to do when the bot can't listen where it is told to."""

import errno
import socket


def cant_listen(what: str, host: str, port: int, error: OSError) -> ConnectionError:
    """Return in words why nothing listens there, and which setting is to be changed.

    what: what was to be served, as the beginning of a sentence: "The web chat can't listen"
    """
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        why, advice = f"{host} is no address of this machine", "Set RUNG_WEB_HOST to one of its own, such as 127.0.0.1"
    elif error.errno == errno.EACCES:
        why, advice = "ports below 1024 are not for everybody", "Set RUNG_WEB_PORT to another port, such as 8080"
    else:
        why = str(error.strerror or error)
        advice = "Stop what listens there, or set RUNG_WEB_PORT to another port"
    return ConnectionError(f"{what} on {host}:{port} ({why}). {advice}.")
