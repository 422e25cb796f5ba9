# SPDX-License-Identifier: GPL-3.0-or-later
"""Made-up profiles: made once, kept, and copied for each use."""

import contextlib
import hashlib
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[2]
DEADLINE = 1800
SEED = 7


def schema_version():
    return max(int(re.search(r"\d+", path.name)[0]) for path in (TOP / "src" / "store").glob("migration-*.sql"))


def generator_version():
    """Changes with what makes them."""
    digest = hashlib.sha256()
    for name in ("generate", "world", "specimen"):
        digest.update((TOP / "src" / "cli" / f"wt-cli-{name}.c").read_bytes())
    return digest.hexdigest()[:8]


class Profiles:
    """A folder of them, on a disk whose waits are to be measured too."""

    def __init__(self, build, folder):
        self.program = os.path.join(build, "src", "wheatear-cli")
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)

    def get(self, messages, conversations, in_one=0):
        """The folder of a profile that is not to be changed."""
        name = f"{messages}-{conversations}-{in_one}-v{schema_version()}-{generator_version()}"
        folder = self.folder / name
        if not folder.exists():
            # Not seen before it is whole; another run may make the same.
            with self.copy() as half:
                self.run(
                    "generate",
                    *("--messages", str(messages), "--conversations", str(conversations)),
                    *("--in-one", str(in_one), "--seed", str(SEED), "--profile", half),
                )
                with contextlib.suppress(OSError):
                    os.rename(half, folder)
        return folder

    @contextlib.contextmanager
    def copy(self, folder=None):
        """A folder to change, like another or empty; deleted in the end."""
        place = tempfile.mkdtemp(prefix="copy-", dir=self.folder)
        try:
            if folder is not None:
                subprocess.run(["cp", "-a", "--reflink=auto", f"{folder}/.", place], check=True, timeout=DEADLINE)
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)

    def add_account(self, profile, url, user_id="me"):
        self.run(
            *("account", "add", user_id, "--profile", profile, "--url", url, "--key", f"k-{user_id}"),
            *("--platform", "bench", "--user-id", user_id, "--nickname", user_id),
        )

    def run(self, *arguments):
        subprocess.run([self.program, *arguments], check=True, timeout=DEADLINE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def database(profile):
    return os.path.join(profile, "wheatear.db")


def pack(profile):
    """Bytes of the database when all is in it."""
    connection = sqlite3.connect(database(profile))
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()
    return os.path.getsize(database(profile))
