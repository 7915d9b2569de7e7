#!/bin/sh
# The first process of user-mode Linux (with a pid of 1), or of a lab on the host's own kernel: `boot.sh host`.
# Programs are slow to start in user-mode Linux, so the rest is one Python process.
set -e
[ "${1:-}" = host ] || mount -t proc proc /proc
[ "${1:-}" = host ] || mount -t tmpfs -o mode=1777 tmp /tmp
[ "${1:-}" = host ] || modprobe -a vrf vxlan veth bridge dummy 8021q macvlan
mount -t tmpfs -o mode=755 run /run
ip link set lo up
cd /lab/code
python3 -B -m tests.lab.inside || echo "THE RUNNER FAILED"
[ "${1:-}" = host ] && exit
echo o >/proc/sysrq-trigger
sleep 60 # the kernel goes off beneath us
