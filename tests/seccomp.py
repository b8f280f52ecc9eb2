"""`python tests/seccomp.py WORDS` runs a command that dies, with all its processes, at its first internet socket.

Linux, x86-64 or ARM: a filter of the kernel, which libraries in C do not get past either, and which children inherit.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys

CALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}  # the architecture, and its number of `socket`
PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS, FILTER = 22, 38, 2
LOAD, IF_EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, KILL_PROCESS = 0x7FFF0000, 0x80000000
AF_INET, AF_INET6 = 2, 10
DIED = -31  # by SIGSYS


def possible() -> bool:
    """Whether this machine has such filters."""
    return sys.platform == "linux" and platform.machine() in CALLS


def close_the_network() -> None:
    """No process from here on may open an internet socket. Raises OSError where the kernel refuses."""
    architecture, socket = CALLS[platform.machine()]
    steps = [
        (LOAD, 0, 0, 4),  # the architecture
        (IF_EQUAL, 0, 5, architecture),
        (LOAD, 0, 0, 0),  # the call
        (IF_EQUAL, 0, 3, socket),
        (LOAD, 0, 0, 16),  # its first argument: the family
        (IF_EQUAL, 2, 0, AF_INET),
        (IF_EQUAL, 1, 0, AF_INET6),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, KILL_PROCESS),
    ]
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))

    prctl = ctypes.CDLL(None, use_errno=True).prctl
    for words in (
        (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0),
        (PR_SET_SECCOMP, FILTER, ctypes.byref(Program(len(steps), ctypes.addressof(program))), 0, 0),
    ):
        if prctl(*words):
            raise OSError(ctypes.get_errno(), "no filter")


if __name__ == "__main__":
    close_the_network()
    os.execv(sys.argv[1], sys.argv[1:])
