#!/bin/bash
# Holds the namespaces of one private FRR (router.py starts it and says why it is made like this).
#
#   holder.sh ROOT WORK     ROOT: / or a directory with a Debian root; WORK: this router's own directory below /tmp
#
# Once all is mounted it prints the first process's pid, as seen from outside, and then waits for its standard
# input to end. The other end of that pipe is held by the test's process and by nobody else, so however that
# process ends, everything in here ends with it, and WORK is removed.
set -euo pipefail

outside() {
    local root=$1 work=$2
    unshare --mount --uts --net --pid --fork --kill-child bash "$0" "$root" "$work" inside
    rm -rf --one-file-system "$work"
}

inside() {
    local root=${1%/} work=$2 pid
    read -r pid _ </proc/self/stat # before our own /proc is there: the pid outside
    if [[ -n $root ]]; then
        # A cached root belongs to all tests: none may write to it. /tmp is the host's, so that a file has the
        # same path inside and outside.
        mount --bind "$root" "$root"
        mount -o remount,bind,ro "$root"
        mount --rbind /dev "$root/dev"
        mount --rbind /tmp "$root/tmp" # with the small disks that a test has mounted in it
    fi
    mount -t proc proc "$root/proc"
    mount -t tmpfs -o mode=755 run "$root/run"
    mount -t tmpfs -o mode=1777 var-tmp "$root/var/tmp" # crash logs
    mkdir "$root/run/frr"
    mount --bind "$work/etc" "$root/etc/frr"
    mount --bind "$work/run" "$root/run/frr"
    mount --bind "$work/log" "$root/var/log/frr"
    if [[ -d $root/var/lib/frr ]]; then mount --bind "$work/lib" "$root/var/lib/frr"; fi # from version 10 on
    # Outside, WORK/bin has wrappers that come in here; in here, the same paths are the programs themselves.
    mount --bind "$work/programs" "$root$work/bin"
    hostname router
    ip link set lo up
    echo 1 >/proc/sys/net/ipv4/ip_forward
    echo 1 >/proc/sys/net/ipv6/conf/all/forwarding
    echo "$pid"
    read -r _ || true # bash also reaps the daemons, whose parent we become
}

"${3:-outside}" "$1" "$2"
