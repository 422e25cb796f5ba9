#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What packagers rely on: installation, uninstallation, versions, manual pages, the same bytes in every folder."""

import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile

import tap

SOURCE = pathlib.Path(sys.argv[1]).resolve()
BUILD = pathlib.Path(sys.argv[2]).resolve()
PROGRAMS = ("wheatear", "wheatear-cli", "wheatear-server")
APP_ID = "io.github.wheatear_im.Wheatear"
LONG = "WHEATEAR_TEST_LONG" in os.environ


def call(*command, status=0, timeout=300, **more):
    done = subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=timeout,
        **more,
    )
    assert done.returncode == status, f"{command}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


def temporary():
    return tempfile.TemporaryDirectory(prefix="wheatear-packages.")


def files_in(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir())


def describe(folder):
    return call(sys.executable, SOURCE / "src" / "commit.py", "describe", folder).strip()


class Log:
    """The list of what was installed from the build folder, which may be somebody's real installation."""

    def __enter__(self):
        self.path = BUILD / "meson-logs" / "install-log.txt"
        self.kept = self.path.read_bytes() if self.path.exists() else None

    def __exit__(self, *_):
        if self.kept is None:
            self.path.unlink(missing_ok=True)
        else:
            self.path.write_bytes(self.kept)


EXPECTED = [
    *(f"bin/{name}" for name in PROGRAMS),
    *(f"share/man/man1/{name}.1" for name in PROGRAMS),
    f"share/applications/{APP_ID}.desktop",
    f"share/dbus-1/services/{APP_ID}.service",
    f"share/glib-2.0/schemas/{APP_ID}.gschema.xml",
    f"share/icons/hicolor/scalable/apps/{APP_ID}.svg",
    f"share/icons/hicolor/symbolic/apps/{APP_ID}-symbolic.svg",
    f"share/metainfo/{APP_ID}.metainfo.xml",
]
ALLOWED = re.compile(r"share/locale/\w+/LC_MESSAGES/wheatear\.mo")


def test_install_and_uninstall():
    """Everything lands where it belongs, starts from there, and goes again."""
    with temporary() as folder, Log():
        top = pathlib.Path(folder)
        call("meson", "install", "-C", BUILD, "--no-rebuild", "--quiet", "--destdir", top)
        (program,) = top.rglob("bin/wheatear")
        prefix = program.parent.parent
        installed = [re.sub(r"^lib/.*?/share", "share", name) for name in files_in(prefix)]
        tap.none_of("not installed", set(EXPECTED) - set(installed))
        tap.none_of(
            "installed, and nobody knows why",
            (name for name in installed if name not in EXPECTED and not ALLOWED.fullmatch(name)),
        )
        for name in PROGRAMS:
            assert call(prefix / "bin" / name, "--version").startswith(f"{name} 0."), name
        call("meson", "--internal", "uninstall", cwd=BUILD)
        tap.none_of("left behind", files_in(top))


def test_caches():
    """The caches go with the last of what they are about, and not before."""
    tool = SOURCE / "src" / "update_caches.py"
    if not shutil.which("glib-compile-schemas"):
        raise tap.Skip("no glib-compile-schemas")
    with temporary() as folder:
        data = pathlib.Path(folder) / "share"
        schemas = data / "glib-2.0" / "schemas"
        schemas.mkdir(parents=True)
        schema = schemas / f"{APP_ID}.gschema.xml"
        shutil.copy(SOURCE / "data" / schema.name, schema)
        (data / "icons" / "hicolor").mkdir(parents=True)
        (data / "icons" / "hicolor" / "icon-theme.cache").touch()
        call(sys.executable, tool, data)
        assert files_in(data) == sorted([f"glib-2.0/schemas/{schema.name}", "glib-2.0/schemas/gschemas.compiled"])
        schema.unlink()
        call(sys.executable, tool, data)
        assert files_in(data) == []


def test_versions():
    """All three say the same, with the commit where there is one."""
    said = {call(BUILD / "src" / name, "--version").strip().removeprefix(f"{name} ") for name in PROGRAMS}
    assert len(said) == 1, said
    version = said.pop()
    # The commit may have been another when it was built.
    form = r"\d+\.\d+\.\d+ \([0-9a-f]{12}(-dirty)?\)" if describe(SOURCE) else r"\d+\.\d+\.\d+"
    assert re.fullmatch(form, version), version


def test_commit():
    """A tarball says its commit; the repository of somebody else around it does not count."""
    with temporary() as folder:
        top = pathlib.Path(folder)
        assert describe(top) == ""
        if not shutil.which("git"):
            raise tap.Skip("no git")
        git = ["git", "-C", top, "-c", "user.name=a", "-c", "user.email=a@localhost"]
        call(*git, "init", "-q")
        call(*git, "commit", "-q", "--allow-empty", "-m", "First")
        commit = call(*git, "rev-parse", "--short=12", "HEAD").strip()
        assert describe(top) == commit
        inside = top / "wheatear-0.1.0"
        inside.mkdir()
        assert describe(inside) == ""
        places = {"MESON_PROJECT_SOURCE_ROOT": str(top), "MESON_PROJECT_DIST_ROOT": str(inside)}
        call(sys.executable, SOURCE / "src" / "commit.py", "record", env={**os.environ, **places})
        assert describe(inside) == commit


def copy_sources(folder):
    """The sources as a tarball has them: without what was built in them."""
    shutil.copytree(
        SOURCE, folder, ignore=shutil.ignore_patterns(".git", "build", "build-*", "__pycache__", ".flatpak-builder")
    )


def digests(build, targets):
    """Of the objects, and of the programs."""
    for path in sorted(build.rglob("*")):
        if path.suffix == ".o" or path.name in targets:
            yield str(path.relative_to(build)), hashlib.sha256(path.read_bytes()).hexdigest()


def test_reproducible():
    """Two builds in folders of different names are the same, byte for byte: a layer, or with --long the programs."""
    targets = [f"src/{name}" for name in PROGRAMS] if LONG else ["src/util/libwt-util.a", "src/media/libwt-media.a"]
    # Nothing that another build made.
    environment = {**os.environ, "CCACHE_DISABLE": "1"}
    with temporary() as folder:
        made = []
        for name in ("one", "another/somewhere-else"):
            source = pathlib.Path(folder) / name
            copy_sources(source)
            build = source / "build"
            call("meson", "setup", "-Dtests=false", build, source, env=environment)
            call("ninja", "-j2", "-C", build, *targets, env=environment, timeout=1500)
            made.append(dict(digests(build, PROGRAMS)))
        assert made[0] and made[0].keys() == made[1].keys()
        tap.none_of("not the same", (path for path in made[0] if made[0][path] != made[1][path]))


def test_dist():
    """The tarball has what is committed, and its commit, and can be built and installed from."""
    if not LONG:
        raise tap.Skip("a long one: ./run test --long packages")
    if not (SOURCE / ".git").exists():
        raise tap.Skip("no repository")
    with temporary() as folder:
        top = pathlib.Path(folder)
        call("git", "clone", "-q", SOURCE, top / "clone")
        call("meson", "setup", "-Dtests=false", top / "clone" / "build", top / "clone")
        call("meson", "dist", "-C", top / "clone" / "build", "--no-tests")
        (tarball,) = (top / "clone" / "build" / "meson-dist").glob("*.tar.xz")
        with tarfile.open(tarball) as archive:
            archive.extractall(top)
        source = top / tarball.name.removesuffix(".tar.xz")
        committed = call("git", "-C", top / "clone", "ls-files").split("\n")[:-1]
        assert set(files_in(source)) - set(committed) == {"COMMIT"}
        commit = call("git", "-C", top / "clone", "rev-parse", "--short=12", "HEAD").strip()
        prefix = top / "prefix"
        call("meson", "setup", "-Dtests=false", f"--prefix={prefix}", source / "build", source)
        call("ninja", "-j2", "-C", source / "build", "install", timeout=1500)
        for name in PROGRAMS:
            version = call(prefix / "bin" / name, "--version").strip()
            assert version.endswith(f"({commit})"), version
        chinese = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "zh_CN"}
        assert "首选项" in call(prefix / "bin" / "wheatear", "--help", env=chinese)
        service = (prefix / "share" / "dbus-1" / "services" / f"{APP_ID}.service").read_text("utf-8")
        assert f"Exec={prefix}/bin/wheatear --gapplication-service\n" in service, service
        call("ninja", "-C", source / "build", "uninstall")
        call("ninja", "-C", source / "build", "update-caches")
        tap.none_of("left behind", files_in(prefix))


tap.run(tap.collect(globals()))
