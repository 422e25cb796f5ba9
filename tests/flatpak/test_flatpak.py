# SPDX-License-Identifier: GPL-3.0-or-later
"""The Flatpak, installed: what it may and may not do, the demo in it, what it asks of the portals, and the single file.

Needs FLATPAK_USER_DIR, an installation of its own with the application in it, and WHEATEAR_FLATPAK_REPO, the repository
that it came from. `./run test --flatpak` makes both.
"""

import configparser
import os
import pathlib
import re
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[2]
os.environ.setdefault("WHEATEAR_BUILD", str(TOP / "build"))
sys.path[:0] = [str(TOP / "tests" / "tools"), str(TOP / "tests" / "e2e")]

import tap  # noqa: E402
from desktop import Client, Display, wait_for  # noqa: E402
from portals import Portals  # noqa: E402
import pyatspi  # noqa: E402

APP = "io.github.wheatear_im.Wheatear"
HOME = pathlib.Path.home()
DATA = HOME / ".var" / "app" / APP
INSTALLATION = pathlib.Path(os.environ["FLATPAK_USER_DIR"])
REPO = os.environ["WHEATEAR_FLATPAK_REPO"]
KEYS = ("--key", "alice-key-1=alice", "--key", "bob-key-2=bob")
MINUTES = 300

# Whoever wants more than this explains it in docs/packaging.md.
PERMISSIONS = {
    "shared": {"network", "ipc"},
    # Written with fallback-x11, for a Flatpak too old to know that; others take x11 for nothing then.
    "sockets": {"wayland", "fallback-x11", "x11", "pulseaudio"},
    "devices": {"dri"},
}


def flatpak(*arguments, check=True, **environment):
    done = subprocess.run(
        ["flatpak", *map(str, arguments)],
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=MINUTES,
    )
    assert not check or done.returncode == 0, (arguments, done.returncode, done.stdout, done.stderr)
    return done


def shell(script, check=False):
    """Runs a few lines in the sandbox."""
    return flatpak("run", "--command=sh", APP, "-c", script, check=check)


class Screen(Display):
    """In a sandbox a program does not know its number: its window is found by the name alone."""

    def find_window(self, pid):
        command = ["xdotool", "search", "--onlyvisible", "--name", "Wheatear"]
        output = subprocess.check_output(command, env=self.environment, text=True, timeout=60)
        return output.split()[0]


class Sandboxed(Client):
    """The installed program, with the data folder that a Flatpak has."""

    def start(self):
        environment = dict(self.display.environment, GTK_A11Y="atspi")
        environment.pop("G_DEBUG", None)
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            ["flatpak", "run", APP, *self.arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self.log,
        )
        self.app = wait_for("the window", self._find_application)

    def _find_application(self):
        # The bus knows the number of Flatpak's proxy, not of the program.
        assert self.process.poll() is None, self.said()
        for application in pyatspi.Registry.getDesktop(0):
            if application and re.search("wheatear", application.name or "", re.IGNORECASE):
                return application if application.childCount else None
        return None

    def said(self):
        self.log.seek(0)
        return self.log.read()

    def close(self):
        self.display.key("ctrl+q")
        self.process.wait(60)
        return self.warnings()


class Scene:
    """A desktop with portals and the program on it."""

    def __init__(self, name, *arguments, secrets=True, **environment):
        self.name, self.arguments = name, arguments
        self.secrets, self.environment = secrets, environment

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="wheatear-portals-")
        self.portals = Portals(self.folder.name, APP, secrets=self.secrets)
        self.display = Screen("1280x1800x24")
        self.display.environment.update(self.environment)
        self.me = None
        try:
            self.me = Sandboxed(self.display, list(self.arguments))
        except BaseException as error:
            self.__exit__(type(error), error, None)
            raise
        return self

    def __exit__(self, kind, value, trace):
        warnings = []
        if kind is not None:
            self.display.picture(f"failed-flatpak-{self.name}")
            print("# asked of the portals:", [name for name, values in self.portals.asked])
        closed = False
        try:
            if self.me is not None and kind is None:
                warnings = self.me.close()
                closed = True
        finally:
            if self.me is not None:
                for line in self.me.said().splitlines():
                    print("# the program:", line)
            if not closed:
                flatpak("kill", APP, check=False)
            self.display.close()
            self.portals.close()
            self.folder.cleanup()
        tap.none_of("warnings of the program", warnings)


class Server:
    """The server out of the same Flatpak."""

    def __enter__(self):
        self.process = subprocess.Popen(
            ["flatpak", "run", "--die-with-parent", "--command=wheatear-server", APP, "--port", "0", *KEYS],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        line = self.process.stdout.readline()
        assert line.startswith("listening ws://127.0.0.1:"), line
        self.url = line.split()[1]
        return self

    def __exit__(self, kind, value, trace):
        flatpak("kill", APP, check=False)
        self.process.communicate(timeout=60)

    def write(self, text):
        """Bob writes to Alice."""
        flatpak(
            "run", "--command=wheatear-cli", "--env=BOB=bob-key-2", APP, "send", "--url", self.url,
            "--key-env", "BOB", "--platform", "wheatear", "--user-id", "bob-id", "--nickname", "Bob",
            "--to", "alice-key-1", text,
        )  # fmt: skip


def forget_everything():
    subprocess.run(["rm", "-rf", str(DATA)], check=True)


def demo(name, **environment):
    """The demo, and a function that waits until its conversation has happened."""
    forget_everything()
    ready = DATA / "data" / "ready"
    ready.parent.mkdir(parents=True)
    return Scene(name, "--demo", WHEATEAR_DEMO_READY_FILE=str(ready), **environment), ready


# What it is and what it may


def test_permissions():
    text = flatpak("info", "--show-permissions", APP).stdout
    parser = configparser.ConfigParser()
    parser.read_string(text)
    assert parser.sections() == ["Context"], text
    found = {name: set(value.strip(";").split(";")) for name, value in parser["Context"].items()}
    assert found == PERMISSIONS, text


def test_exports():
    share = INSTALLATION / "exports" / "share"
    files = {str(path.relative_to(share)) for path in share.rglob(f"{APP}*") if path.is_file()}
    wanted = {
        f"applications/{APP}.desktop",
        f"dbus-1/services/{APP}.service",
        f"icons/hicolor/scalable/apps/{APP}.svg",
        f"icons/hicolor/symbolic/apps/{APP}-symbolic.svg",
    }
    assert wanted <= files, files
    desktop = (share / "applications" / f"{APP}.desktop").read_text()
    assert re.search(rf"^Exec=.*flatpak run .*{re.escape(APP)}", desktop, re.MULTILINE), desktop
    service = (share / "dbus-1" / "services" / f"{APP}.service").read_text()
    assert "flatpak run" in service and "--gapplication-service" in service, service
    # Composed while it was built: the software centres read this.
    listing = shell(f"ls /app/share/app-info/xmls /app/share/app-info/icons/flatpak/*").stdout
    assert f"{APP}.xml.gz" in listing and f"{APP}.png" in listing, listing


def test_no_host_files():
    (HOME / "diary").write_text("dear diary")
    (HOME / "Documents").mkdir(exist_ok=True)
    seen = shell('ls -A "$HOME"').stdout.split()
    assert seen == [".var"], seen
    for path in (HOME / "diary", TOP / "README.md", "/etc/shadow", "/run/host/etc/passwd", "/root/.profile"):
        done = shell(f"cat '{path}'")
        assert done.returncode != 0 and not done.stdout, (path, done.stdout)
    for path in ("/home", "/root", "/mnt", "/srv", "/media", "/run/host/root", TOP, INSTALLATION):
        seen = shell(f"ls -A '{path}' 2>/dev/null").stdout.split()
        assert not seen, (path, seen)
    for path in ("/app/x", "/usr/x"):
        assert shell(f": >'{path}'").returncode != 0, f"{path} can be written"
    # What it writes in its own home is in its own folder.
    shell('echo mine >"$XDG_DATA_HOME/x" && echo mine >/var/tmp/x', check=True)
    assert (DATA / "data" / "x").read_text() == "mine\n"
    assert not pathlib.Path("/var/tmp/x").exists()


def test_no_host_bus():
    ask = "gdbus call --session -d org.freedesktop.DBus -o / -m org.freedesktop.DBus."
    names = shell(ask + "ListNames").stdout
    assert "org.freedesktop.DBus" in names, names
    with tempfile.TemporaryDirectory(prefix="wheatear-portals-") as folder:
        portals = Portals(folder, APP)
        try:
            portals.own("org.freedesktop.FileManager1")
            portals.own("org.freedesktop.secrets")
            names = shell(ask + "ListNames").stdout
            assert "org.freedesktop.portal.Desktop" in names, names
            assert "FileManager1" not in names and "secrets" not in names, names
        finally:
            portals.close()


def test_programs():
    for program in ("wheatear", "wheatear-cli", "wheatear-server"):
        said = flatpak("run", f"--command={program}", APP, "--version").stdout
        assert re.match(rf"{program} \d+\.\d+\.\d+", said), said
        said = flatpak("run", f"--command={program}", APP, "--help", LC_ALL="zh_CN.UTF-8").stdout
        assert re.search("[\u4e00-\u9fff]", said), said


# The demo, and files


def save_picture(scene):
    """Saves the demo's picture from the viewer, and returns where it went."""
    me = scene.me
    # So tall that all of the conversation is in view.
    window = scene.display.find_window(me.process.pid)
    scene.display.xdotool("windowsize", "--sync", window, "1200", "1760")
    picture = me.find("image", "^Picture, ")

    def look():
        me.click(picture)
        return me.find("push button", "^Save As", deadline=5)

    wait_for("the viewer", look, 30)
    me.press("push button", "^Save As")
    (call,) = wait_for("the portal to be asked", lambda: scene.portals.calls("SaveFile"))
    # A picture has no name on the wire.
    assert call[2]["current_name"] == "file.png", call
    return scene.portals.documents / "chosen" / "file.png"


def leave_viewer(scene):
    """The first Escape after a portal's window goes to that."""
    if not scene.me.has("push button", "^Save As"):
        return True
    scene.display.key("Escape")
    return False


def test_demo():
    scene, ready = demo("demo")
    with scene:
        me = scene.me
        wait_for("the demo's conversation", ready.exists)
        assert any("field-notes.txt" in row for row in me.rows()), me.rows()
        scene.display.picture("flatpak-demo")
        saved = save_picture(scene)
        original = (TOP / "src" / "server" / "demo" / "wheat-field.png").read_bytes()
        wait_for("the file", lambda: saved.exists() and saved.read_bytes() == original)
        scene.display.picture("flatpak-saved")
        # Back from the viewer, and a word with those who are there.
        wait_for("the viewer to go", lambda: leave_viewer(scene))
        me.say("What a field!")
        wait_for(
            "an answer",
            lambda: [row for row in me.rows() if "What a field!" in row]
            and not me.rows()[-1].startswith("You"),
        )
        scene.display.picture("flatpak-chat")


# Keys and notifications


def test_keyring():
    forget_everything()
    with Server() as server:
        with Scene("keyring") as scene:
            scene.me.add_account(server.url, "alice-key-1", "alice-id", "Alice")
            assert scene.portals.calls("RetrieveSecret"), scene.portals.asked
            scene.display.picture("flatpak-keyring")

            server.write("Good morning, Alice")
            (number, shown) = wait_for(
                "a notification", lambda: scene.portals.calls("AddNotification")
            )[-1]
            assert shown["title"] == "Bob", shown
            assert shown["body"].startswith("Good morning, Alice"), shown
        keyring = (DATA / "data" / "keyrings" / "default.keyring").read_bytes()
        assert b"alice-key-1" not in keyring
        assert not list(DATA.rglob("secrets.ini"))
        # The next time the key is there.
        with Scene("keyring-again") as scene:
            scene.me.find("push button", "Online")
        for path in DATA.rglob("*"):
            if path.is_file():
                assert b"alice-key-1" not in path.read_bytes(), path


def test_no_keyring():
    """Where no portal has a secret for it, the file that takes its place is said aloud."""
    forget_everything()
    with Server() as server, Scene("no-keyring", secrets=False) as scene:
        scene.me.add_account(server.url, "alice-key-1", "alice-id", "Alice")
        (secrets,) = DATA.rglob("secrets.ini")
        assert secrets.stat().st_mode & 0o077 == 0, oct(secrets.stat().st_mode)
        scene.me.click(scene.me.find("push button", "^Accounts. "))
        scene.display.picture("flatpak-no-keyring")
        done = flatpak(
            "run", "--command=wheatear-cli", "--env=BOB=bob-key-2", APP, "account", "add", "Bob",
            "--url", server.url, "--key-env", "BOB", "--user-id", "bob-id", check=False,
        )  # fmt: skip
        assert "No keyring could be reached" in done.stderr, done.stderr


# The single file


def test_bundle():
    with tempfile.TemporaryDirectory(prefix="wheatear-bundle-") as folder:
        bundle = pathlib.Path(folder) / "wheatear.flatpak"
        flatpak("build-bundle", REPO, bundle, APP)
        assert 100_000 < bundle.stat().st_size < 50_000_000, bundle.stat().st_size
        before = flatpak("run", APP, "--version").stdout
        flatpak("uninstall", "--user", "-y", "--noninteractive", APP)
        assert flatpak("info", APP, check=False).returncode != 0
        flatpak("install", "--user", "-y", "--noninteractive", "--bundle", bundle)
    assert flatpak("run", APP, "--version").stdout == before
    said = flatpak("run", "--command=wheatear-cli", APP, "--help", LC_ALL="zh_CN.UTF-8").stdout
    assert re.search("[\u4e00-\u9fff]", said), said
    scene, ready = demo("bundle")
    with scene:
        wait_for("the demo's conversation", ready.exists)
        scene.display.picture("flatpak-bundle")


def test_nothing_is_left():
    flatpak("uninstall", "--user", "-y", "--noninteractive", "--delete-data", APP)
    assert APP not in flatpak("list", "--user", "--columns=application").stdout
    left = [path for path in (INSTALLATION / "exports").rglob(f"{APP}*")]
    left += [path for path in (INSTALLATION / "app").glob(f"{APP}*") if any(path.rglob("active"))]
    assert not left, left
    assert not DATA.exists()


tap.run(tap.collect(globals()))
