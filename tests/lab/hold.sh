#!/bin/bash
# Holds the machine that one lab runs in (machine.py starts it).
#
#   hold.sh host|uml ROOT CODE WORK NAME=DIR...
#
# ROOT is the lab's root (kernel.sh), CODE the repository, whose Python code runs in it,
# WORK the lab's own directory and each DIR an FRR root, visible inside as /lab/roots/NAME. All but WORK is read-only there,
# also for root. Everything is mounted
# in private namespaces. It ends when the lab ends, or when its standard input ends: the other end of that pipe is
# held by the test's process alone, so however that process ends, everything in here ends with it.
set -euo pipefail

read_only() {
    mount --bind "$1" "$2"
    mount -o remount,bind,ro "$2"
}

outside() {
    exec unshare --mount --uts --ipc --net --pid --fork --kill-child bash "$0" inside "$@"
}

inside() {
    local kernel=$1 root=$2 code=$3 work=$4 frr machine
    shift 4
    read_only "$root" "$root"
    mount -t proc proc "$root/proc"
    mount -t tmpfs -o mode=1777 tmp "$root/tmp"
    mount -t tmpfs -o mode=1777 shm "$root/dev/shm" # where user-mode Linux has its memory
    mount -t tmpfs lab "$root/lab"
    mkdir -p "$root"/lab/{code,roots,work}
    read_only "$code" "$root/lab/code"
    mount --bind "$work" "$root/lab/work"
    for frr in "$@"; do
        mkdir "$root/lab/roots/${frr%%=*}"
        read_only "${frr#*=}" "$root/lab/roots/${frr%%=*}"
    done
    exec 3<&0
    # What the caller has in its environment is not for another root's programs.
    cd "$root"
    local clean=(env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp TMPDIR=/dev/shm LC_ALL=C.UTF-8 chroot "$root")
    case $kernel in
    uml)
        "${clean[@]}" linux.uml "mem=${LAB_MEMORY:-640M}" seccomp=on rootfstype=hostfs rootflags=/ rw init=/lab/code/tests/lab/inside/boot.sh \
            uml_dir=/tmp/ con=null con0=null,fd:1 quiet vec0:transport=raw,ifname=lo,depth=8,gro=0 </dev/null &
        ;;
    host) "${clean[@]}" /lab/code/tests/lab/inside/boot.sh host </dev/null & ;;
    esac
    machine=$!
    { read -r _ <&3 || true; kill -KILL "$machine"; } 2>/dev/null &
    wait "$machine"
}

case $1 in
inside) "$@" ;;
*) outside "$@" ;;
esac
