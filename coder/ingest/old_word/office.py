"""Has LibreOffice save a document in a form that is read here, where LibreOffice is installed.

It works in a folder of its own with a profile that forbids macros and links to elsewhere and sends
every request to a port of this machine where nothing listens (the style sheet of a web page is
asked for in spite of the ban on links); and where the system can do so, in a namespace without any
network: a remote picture that it fetched would tell its sender that their evidence was opened.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path, PurePath

from coder.domain.errors import Unreadable

_SECONDS = 40
_KILLED_AFTER = 5
_ELSEWHERE = (
    "/usr/lib/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
_KEPT = ("PATH", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "LD_LIBRARY_PATH")
_WAYS = ("HTTP", "HTTPS", "FTP")
_SETTINGS = (
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisablePythonRuntime", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Misc", "CrashReport", "false"),
    ("Office.Common/Misc", "FirstRun", "false"),
    ("Office.Recovery/AutoSave", "Enabled", "false"),
    ("Office.Recovery/RecoveryInfo", "Enabled", "false"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Jobs/Jobs/org.openoffice.Office.Jobs:Job['UpdateCheck']/Arguments",
     "AutoCheckEnabled", "false"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetNoProxy", ""),
    *(("Inet/Settings", f"ooInet{kind}ProxyName", "127.0.0.1") for kind in _WAYS),
    *(("Inet/Settings", f"ooInet{kind}ProxyPort", "9") for kind in _WAYS),
)  # fmt: skip


def program() -> str:
    """Where LibreOffice is; empty where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _ELSEWHERE if Path(place).is_file()), "")


def as_docx(data: bytes, name: str) -> bytes:
    """The document saved as a Word file of 2007. Its `name` may stand in its text, where a field
    asks for it.

    Raises Unreadable where LibreOffice is not there, cannot open it, or takes too long.
    """
    if not program():
        raise _failed("is not installed")
    with tempfile.TemporaryDirectory(prefix="evidence-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        stem = re.sub(r"[^\w .()-]", "_", PurePath(name).stem)[:80].strip(" .-") or "document"
        given = place / f"{stem}.doc"
        given.write_bytes(data)
        _write_profile(place / "profile")
        _run(place, given)
        try:
            return (place / "made" / f"{stem}.docx").read_bytes()
        except OSError as problem:
            raise _failed("cannot open it") from problem


def _run(place: Path, given: Path) -> None:
    command = [
        *_bounds(), program(),
        f"-env:UserInstallation={(place / 'profile').as_uri()}",
        "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck",
        "--nofirststartwizard", "--convert-to", "docx:MS Word 2007 XML",
        "--outdir", str(place / "made"), str(given),
    ]  # fmt: skip
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environment |= {name: str(place) for name in ("HOME", "TMPDIR", "TEMP", "TMP", "USERPROFILE")}
    environment |= {"LC_ALL": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}
    with subprocess.Popen(
        command,
        cwd=place,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            ended_by_signal = process.wait(_SECONDS + _KILLED_AFTER) < 0
        except subprocess.TimeoutExpired:
            ended_by_signal = True
        finally:
            _end(process)
    if ended_by_signal:
        raise _failed("broke down over it or took too long")


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends whatever of it still runs, with all that it started."""
    if sys.platform == "win32":
        process.kill()
        return
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _bounds() -> tuple[str, ...]:
    """What to put before a command so that it ends in time, even where whoever began it is gone,
    and has no network."""
    timeout, unshare = shutil.which("timeout"), shutil.which("unshare")
    bounds: tuple[str, ...] = ()
    if timeout and sys.platform == "linux":
        bounds = (timeout, "--signal=KILL", str(_SECONDS))
    if unshare and sys.platform == "linux":
        alone = (unshare, "--map-root-user", "--net")
        if subprocess.run([*alone, "true"], capture_output=True, check=False).returncode == 0:
            bounds += alone
    return bounds


def _write_profile(folder: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items '
        f'xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>',
        encoding="utf-8",
    )


def _failed(what: str) -> Unreadable:
    return Unreadable(f"LibreOffice {what}.", "Open it in Word and save it as .docx.")
