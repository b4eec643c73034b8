#!/usr/bin/env python3
"""without_network.py PROGRAM [ARGUMENT...]: runs a program that reaches nothing but its own machine.

As `unshare --net` with the loopback interface up, without the programs for that.
"""

import ctypes
import fcntl
import os
import socket
import struct
import sys

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
SIOCSIFFLAGS, IFF_UP, IFF_RUNNING = 0x8914, 0x1, 0x40


def main():
    libc = ctypes.CDLL(None, use_errno=True)
    flags = CLONE_NEWNET if os.geteuid() == 0 else CLONE_NEWUSER | CLONE_NEWNET
    if libc.unshare(flags) != 0:
        reason = os.strerror(ctypes.get_errno())
        sys.exit(f"without_network.py: the network cannot be taken away here: {reason}")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", IFF_UP | IFF_RUNNING))
    try:
        socket.create_connection(("192.0.2.1", 9), timeout=2).close()
    except OSError:
        os.execvp(sys.argv[1], sys.argv[1:])
    sys.exit("without_network.py: there is still a network")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main()
