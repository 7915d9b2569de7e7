#!/usr/bin/env bash
# Makes the root that labs run in, with a kernel that has VRFs for machines whose own kernel has none.
#
# It is a copy of Debian sid's FRR root (see tests/frr/roots.sh) plus user-mode Linux, which is a kernel that runs
# as an ordinary process, ping, and what frrcompile imports. It stands apart in ${FRRCOMPILE_CACHE:-~/.cache/frrcompile}/lab/root, so that the
# FRR roots stay as they are. It is built as root.partial and renamed when it is complete: an interrupted build is
# never taken for a root. A root that exists gets packages that it lacks, and is otherwise left as it is: to build it again,
# remove it. Progress goes to stderr, the directory to stdout.
set -euo pipefail

cache=${FRRCOMPILE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/frrcompile}
lab=$cache/lab
export PACKAGES="user-mode-linux kmod iproute2 iputils-ping python3-jinja2 python3-lark python3-pydantic python3-yaml openvswitch-switch"
say() { printf 'kernel.sh: %s\n' "$*" >&2; }
give_up() { say "CANNOT MAKE THE LAB'S ROOT: $*"; exit 1; }

# Builds the root in directory $1 from the FRR root $2, keeping the .deb files in $3.
# Runs as the first process of its own pid namespace and in its own mount namespace.
build() {
    local root=$1 sid=$2 debs=$3
    cp -a "$sid" "$root"
    furnish "$root" "$debs"
    # modprobe looks below /lib/modules; the package keeps them where no other kernel's are.
    for modules in "$root"/usr/lib/uml/modules/*; do
        mkdir -p "$root/usr/lib/modules"
        ln -sT "../uml/modules/${modules##*/}" "$root/usr/lib/modules/${modules##*/}"
        chroot "$root" depmod "${modules##*/}"
    done
    chroot "$root" linux.uml --version
}

# Installs the packages into the root in directory $1, keeping the .deb files in $2.
furnish() {
    local root=$1 debs=$2
    cp -L /etc/resolv.conf "$root/etc/"
    [[ ! -e /etc/hosts ]] || cp -L /etc/hosts "$root/etc/"  # a container may have none
    mkdir -p "$debs/partial"
    mount --bind "$debs" "$root/var/cache/apt/archives"
    mount -t proc proc "$root/proc"
    export DEBIAN_FRONTEND=noninteractive LC_ALL=C
    chroot "$root" apt-get update -q
    # shellcheck disable=SC2086
    chroot "$root" apt-get install -q -y --no-install-recommends $PACKAGES
    rm -rf "$root"/var/lib/apt/lists/*
    # Where a lab mounts the FRR roots and what it reads and writes.
    mkdir -p "$root"/lab/{roots,work}
    echo "$PACKAGES" >"$root/lab/packages"
}
export -f build furnish

complete() { [[ -d $lab/root && $(cat "$lab/root/lab/packages" 2>/dev/null) == "$PACKAGES" ]]; }

# Runs a function above as the first process of its own pid namespace and in its own mount namespace.
# When this shell dies unshare is killed, and with it everything in the namespaces.
apart() {
    setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child --mount-proc \
        bash -euo pipefail -c '"$@"' apart "$@" >"$lab/log" 2>&1 </dev/null ||
        { tail -n 15 "$lab/log" >&2; give_up "it did not build, see $lab/log"; }
}

[[ $EUID -eq 0 ]] || give_up "only root can chroot. Run it as root on Debian."
mkdir -p "$lab"
if ! complete; then
    exec 9>"$lab/lock"
    flock -n 9 || { say "another run is building it, waiting"; flock 9; }
fi
if ! complete; then
    started=$SECONDS
    if [[ -d $lab/root ]]; then
        say "adding packages (15 s; details in $lab/log)"
        apart furnish "$lab/root" "$cache/debs/sid"
    else
        "$(dirname "$0")/../frr/roots.sh" sid >/dev/null || give_up "there is no root of Debian sid to begin with."
        say "building (half a minute, 500 MB; details in $lab/log)"
        rm -rf --one-file-system "$lab/root.partial"
        apart build "$lab/root.partial" "$cache/roots/sid" "$cache/debs/sid"
        mv -T "$lab/root.partial" "$lab/root"
    fi
    say "done in $((SECONDS - started)) s"
fi
echo "$lab/root"
