#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The script `run` and the tools under it do what they say."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import tap

TOP = pathlib.Path(sys.argv[1]).resolve()
TOOLS = TOP / "tests" / "tools"
SCRIPTS = [TOP / "run", TOP / ".ci" / "run", TOOLS / "in-session", TOOLS / "shoot-demo"]
SCRIPTS += [TOP / "flatpak" / "make-runtime", TOP / "tests" / "debian13" / "enter"]


def call(*command, **environment):
    return subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **environment},
        timeout=60,
    )


def in_session(*command, **environment):
    for program in ("Xvfb", "dbus-run-session"):
        if not shutil.which(program):
            raise tap.Skip(f"no {program}")
    return call(TOOLS / "in-session", *command, **environment)


def shoot(program, **environment):
    """Runs shoot-demo in a session of its own with a shell script for a demo."""
    if not shutil.which("import"):
        raise tap.Skip("no ImageMagick")
    with tempfile.TemporaryDirectory() as folder:
        demo = pathlib.Path(folder) / "demo"
        picture = pathlib.Path(folder) / "demo.png"
        demo.write_text(f"#!/bin/sh\n{program}\n")
        demo.chmod(0o755)
        done = in_session(TOOLS / "shoot-demo", demo, picture, **environment)
        return done, picture.exists()


def test_syntax():
    for script in SCRIPTS:
        done = call("bash", "-n", script)
        assert done.returncode == 0, done.stderr
        assert os.access(script, os.X_OK), f"{script} is not executable"


def test_shellcheck():
    if not shutil.which("shellcheck"):
        raise tap.Skip("no shellcheck")
    done = call("shellcheck", *SCRIPTS)
    assert done.returncode == 0, done.stdout


def test_help():
    done = call(TOP / "run", "help")
    assert done.returncode == 0 and done.stdout.startswith("Usage: ./run"), done


def test_unknown_command():
    done = call(TOP / "run", "dance")
    assert done.returncode != 0 and "dance" in done.stderr, done


def test_packages_of_every_manager():
    """Each distribution has a list for each job."""
    text = (TOP / "run").read_text("utf-8")
    functions = text[text.index("packages_apt()"):text.index("list_packages()")]
    for manager in ("apt", "dnf", "pacman", "zypper"):
        for job in ("build", "run", "headless", "test", "long", "format"):
            done = call("bash", "-c", f"{functions}\npackages_{manager} {job}")
            assert done.returncode == 0 and done.stdout.strip(), f"{manager} {job}: {done.stderr}"


def test_session_passes_the_status():
    assert in_session("true").returncode == 0
    assert in_session("sh", "-c", "exit 7").returncode == 7


def test_session_is_apart():
    done = in_session("sh", "-c", "echo $HOME; echo $DISPLAY; echo $DBUS_SESSION_BUS_ADDRESS; ls -A $HOME")
    assert done.returncode == 0, done.stderr
    home, display, bus = done.stdout.splitlines()
    assert home != os.environ.get("HOME") and not os.path.exists(home), home
    assert display.startswith(":"), display
    assert bus and bus != os.environ.get("DBUS_SESSION_BUS_ADDRESS"), bus


def test_demo_that_ends():
    done, pictured = shoot("echo the reason; exit 3")
    assert done.returncode != 0 and not pictured, done
    assert "status 3" in done.stderr and "the reason" in done.stderr, done.stderr


def test_demo_that_never_speaks():
    done, pictured = shoot("echo waiting; exec sleep 100", WHEATEAR_DEMO_DEADLINE="1")
    assert done.returncode != 0 and not pictured, done
    assert "in 1 seconds" in done.stderr and "waiting" in done.stderr, done.stderr


def test_demo_that_paints_nothing():
    done, _ = shoot("touch $WHEATEAR_DEMO_READY_FILE; exec sleep 100")
    assert done.returncode != 0 and "empty" in done.stderr, done


def test_demo_that_happens():
    if not shutil.which("display"):
        raise tap.Skip("no display program")
    done, pictured = shoot(
        "test \"$1\" = --demo || exit 9; display -window root -size 640x480 gradient:red-blue;"
        " touch $WHEATEAR_DEMO_READY_FILE; exec sleep 100"
    )
    assert done.returncode == 0 and pictured, done
    assert "demo.png" in done.stdout, done


tap.run(tap.collect(globals()))
