"""Disks in files, mounted through loop devices, and what a power cut leaves of them."""

import filecmp
import os
import shutil
import subprocess
import time

from .program import CouldNotRun, Skip


# Programs for root need not be where everybody's are.
PATHS = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"


def needs_loop_devices():
    for program in ("mkfs.ext4", "losetup", "mount", "umount"):
        if not shutil.which(program, path=PATHS):
            raise Skip(f"{program} is not installed")
    if os.geteuid() != 0:
        raise Skip("only root may mount")
    if subprocess.run([shutil.which("losetup", path=PATHS), "--find"], capture_output=True).returncode != 0:
        raise Skip("there is no loop device")


def run(*command):
    words = [shutil.which(command[0], path=PATHS) or command[0], *map(str, command[1:])]
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode != 0:
        raise CouldNotRun(f"{' '.join(map(str, command))}: {done.stderr.strip()}")


class Mount:
    """A file system mounted on a folder, until the end of a `with`."""

    def __init__(self, folder, *arguments):
        self.folder, self.arguments = folder, arguments

    def __enter__(self):
        self.folder.mkdir(exist_ok=True)
        run("mount", *self.arguments, self.folder)
        return self.folder

    def __exit__(self, *_):
        for attempt in range(20):
            if subprocess.run(["umount", str(self.folder)], capture_output=True).returncode == 0:
                return
            time.sleep(0.1)
        run("umount", self.folder)


def make_disk(image, folder, megabytes):
    """An empty ext4 that writes nothing by itself for five minutes, so that only what is synced is on the disk."""
    with open(image, "wb") as file:
        file.truncate(megabytes << 20)
    run("mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0", image)
    try:
        mount = Mount(folder, "-o", "loop,commit=300", image)
        mount.__enter__()
        mount.__exit__()
    except CouldNotRun as error:
        raise Skip(f"no loop device can be mounted here: {error}")
    return mount


def cut(image, copy):
    """What the device has seen up to now. Copied again when the kernel wrote in the meantime."""
    for _ in range(10):
        run("cp", "--sparse=always", image, copy)
        if filecmp.cmp(image, copy, shallow=False):
            return
    raise CouldNotRun("the disk was never at rest for the time of a copy")
