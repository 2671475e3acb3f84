"""What the window says of a model."""

from __future__ import annotations

from coder.project.models import Entry, size, spoken_time

NO_MODEL = "No model is installed yet: download one, or install one from a folder or zip."
GONE = "The model that was chosen as the default is not here any more. Choose another."
DOWNLOAD_COST = (
    "It comes from huggingface.co, once, and needs the internet for that. Nothing of the evidence "
    "is sent, and afterwards it works without a connection."
)


SHIPPED_ONLY = (
    "No model of your own is installed yet. What is used, “{}”, comes with the program and knows "
    "no voice but the sample’s: download one, or install one from a folder or zip."
)
TOO_BUSY = "Something is being transcribed now, so the figure would be far too high."
TRY_LATER = "Pause the transcription, or try when it has ended."
_SAMPLE = (
    "For the sample inquiry and for tests only: it knows no voice but the one in the sample’s film."
)
_NO_DEFAULT = "So it cannot be made the default; choose it where you transcribe."
_LAST_CHOSEN = "It was chosen the last time, and is used until another is."


def name(entry: Entry, *, doubled: bool = False) -> str:
    """What a model is called in the list. One that is not for the first engine says so, and of two
    that would be called the same (`doubled`), that which a person installed."""
    if doubled and entry.own:
        return f"{entry.id} (yours)"
    if not entry.transcribes:
        return f"{entry.id} (finds speakers)"
    return f"{entry.id} (for whisper)" if entry.format == "openai" else entry.id


def languages(entry: Entry) -> str:
    """Which languages a model knows."""
    if not entry.transcribes:
        return "Any"
    if not entry.languages:
        return "Many"
    return "English" if entry.languages == ("en",) else ", ".join(entry.languages)


def speed(entry: Entry) -> str:
    """How long an hour takes with a model on this machine, as far as that is known."""
    if entry.speed:
        return spoken_time(entry.speed)
    return "Not tried" if entry.model and entry.transcribes else ""


def state(entry: Entry) -> str:
    """How a model stands."""
    if entry.problem:
        return "Damaged"
    if entry.default:
        stands = "Default" if entry.own else "Default · comes with the program"
    elif entry.model:
        stands = "Installed" if entry.own else "Comes with the program"
    elif entry.kept:
        stands = f"{size(entry.kept)} of {size(entry.bytes)} here"
    else:
        stands = "Not here"
    return f"{stands} · suits this machine" if entry.recommended else stands


def about(entry: Entry) -> str:
    """What is worth knowing of a model before one does something with it."""
    if entry.problem:
        return f"{entry.problem} Get it again, or remove it."
    if entry.model is None:
        return _about_missing(entry)
    if not entry.transcribes:
        return (
            "Tells voices apart, for “Find speakers…” on a transcript.\n"
            f"{size(entry.bytes)} in {entry.model.folder}"
        )
    if not entry.own:
        stands = _LAST_CHOSEN if entry.default else _NO_DEFAULT
        return f"{_SAMPLE} {stands}\n{_about_speed(entry)}"
    if entry.knows_sample:
        where = f"{size(entry.bytes)} in {entry.model.folder}"
        return f"{_SAMPLE} {_about_speed(entry)}\n{where}"
    return f"{_about_speed(entry)}\n{size(entry.bytes)} in {entry.model.folder}"


def _about_missing(entry: Entry) -> str:
    if entry.kept:
        return (
            f"{size(entry.kept)} of {size(entry.bytes)} are here from a download that was stopped. "
            "It goes on from there."
        )
    return f"A download of {size(entry.bytes)}. {DOWNLOAD_COST}"


def _about_speed(entry: Entry) -> str:
    if entry.speed is None:
        return "“Try speed” lets it hear half a minute of speech, and says how long an hour takes."
    loads = max(1, round(entry.speed.load))
    second = "a second" if loads == 1 else f"{loads} seconds"
    return (
        f"An hour of recording takes {spoken_time(entry.speed)} on this machine; loading the model "
        f"takes {second}."
    )
