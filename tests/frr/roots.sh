#!/usr/bin/env bash
# Makes Debian roots that hold FRR, so that the tests can ask several real versions of it.
#
#   roots.sh [SUITE...]     trixie (FRR 10.3) and sid (the newest that Debian has) when nothing is named;
#                           bookworm (FRR 8.4) too, where the host's own FRR is not that one
#
# A root is a directory ${FRRCOMPILE_CACHE:-~/.cache/frrcompile}/roots/SUITE for chroot(8). It is built as
# SUITE.partial and renamed when it is complete: an interrupted build is never taken for a root. All mounts
# live in a private mount namespace, so none stays behind. A root that exists is left as it is: to build it
# again, remove it. Progress goes to stderr, "SUITE VERSION DIRECTORY" to stdout.
set -euo pipefail

cache=${FRRCOMPILE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/frrcompile}
say() { printf 'roots.sh: %s\n' "$*" >&2; }
give_up() { say "CANNOT MAKE FRR ROOTS: $*"; exit 1; }

# The version of FRR below directory $1 (/ for the host), nothing if it has none.
frr_version() { chroot "$1" /usr/lib/frr/zebra -v 2>/dev/null | sed -n '1s/.*version \([0-9][0-9.]*\).*/\1/p'; }

# The mirror this host itself uses for Debian proper: other vendors' lists do not end in /debian. Where there is none,
# debootstrap has its own.
mirror() {
    apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 2>/dev/null | grep -m1 '/debian/*$' || true
}

# Builds the root of suite $1 in directory $2 from mirror $3, keeping the .deb files in $4.
# Runs as the first process of its own pid namespace and in its own mount namespace.
build() {
    local suite=$1 root=$2 mirror=$3 debs=$4
    mkdir -p "$root"/etc/{dpkg/dpkg.cfg.d,apt/apt.conf.d} "$root"/usr/sbin "$debs"
    # A root is a cache: a power cut may cost it, so nothing is synced; and nobody reads manuals in it.
    printf '%s\n' force-unsafe-io path-exclude='/usr/share/'{doc,man,info,locale,lintian}'/*' \
        >"$root/etc/dpkg/dpkg.cfg.d/frrcompile"
    printf '%s\n' 'APT::Install-Recommends "false";' 'APT::Sandbox::User "root";' 'Acquire::Languages "none";' \
        'APT::Keep-Downloaded-Packages "true";' >"$root/etc/apt/apt.conf.d/90frrcompile"
    # How this host reaches its mirror (proxy, retries, clock checks) holds for the root as well.
    apt-config dump | grep -E '^Acquire::(https?|Check-|Retries|Max-|ForceIPv)' \
        >"$root/etc/apt/apt.conf.d/80host" || true

    debootstrap --variant=minbase --cache-dir="$debs" "$suite" "$root" ${mirror:+"$mirror"}

    # No package may start a service: FRR's would run its daemons in the host's network namespace.
    printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
    chmod 755 "$root/usr/sbin/policy-rc.d"
    cp -L /etc/resolv.conf "$root/etc/"
    [[ ! -e /etc/hosts ]] || cp -L /etc/hosts "$root/etc/"  # a container may have none
    mount --bind "$debs" "$root/var/cache/apt/archives"
    mount -t proc proc "$root/proc"
    export DEBIAN_FRONTEND=noninteractive LC_ALL=C
    # --include=frr would let debootstrap unpack it before what it depends on: apt knows the order.
    chroot "$root" apt-get update -q
    chroot "$root" apt-get install -q -y --no-install-recommends frr frr-pythontools
    rm -rf "$root"/var/lib/apt/lists/*
}
export -f build

# Makes the root of suite $1 unless it is there; one process at a time for each suite.
root_of() {
    local suite=$1 root=$cache/roots/$1 version started=$SECONDS
    if [[ ! -d $root ]]; then
        exec 9>"$root.lock"
        flock -n 9 || { say "$suite: another run is building it, waiting"; flock 9; }
    fi
    if [[ ! -d $root ]]; then
        say "$suite: building (about a minute, 350 MB; details in $root.log)"
        rm -rf --one-file-system "$root.partial"
        # When this shell dies unshare is killed, and with it everything in the namespaces.
        setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child --mount-proc \
            bash -euo pipefail -c 'build "$@"' build "$suite" "$root.partial" "$(mirror)" "$cache/debs/$suite" \
            >"$root.log" 2>&1 </dev/null ||
            { tail -n 15 "$root.log" >&2; give_up "$suite did not build, see $root.log"; }
        version=$(frr_version "$root.partial")
        [[ -n $version ]] || give_up "$suite was built but FRR does not run in it, see $root.log"
        mv -T "$root.partial" "$root"
        say "$suite: FRR $version, built in $((SECONDS - started)) s"
    fi
    version=$(frr_version "$root")
    [[ -n $version ]] || give_up "$root is there but FRR does not run in it: remove it and run this again"
    printf '%s %s %s\n' "$suite" "$version" "$root"
}

[[ $EUID -eq 0 ]] || give_up "only root can chroot. Run it as root on Debian."
suites=("$@")
if [[ ${#suites[@]} -eq 0 ]]; then
    suites=(trixie sid)
    [[ $(frr_version /) == 8.4* ]] || suites=(bookworm "${suites[@]}")
fi
mkdir -p "$cache/roots"
for suite in "${suites[@]}"; do
    [[ -d $cache/roots/$suite ]] && continue
    command -v debootstrap >/dev/null && break
    command -v apt-get >/dev/null ||
        give_up "debootstrap is missing and this is not Debian. Install debootstrap, or use a Debian host."
    say "installing debootstrap"
    apt-get install -q -y --no-install-recommends debootstrap >&2 ||
        { apt-get update -q >&2 && apt-get install -q -y --no-install-recommends debootstrap >&2; } ||
        give_up "apt-get install debootstrap failed."
    break
done

trap 'kill $(jobs -p) 2>/dev/null' INT TERM
builds=()
for suite in "${suites[@]}"; do
    root_of "$suite" &
    builds+=($!)
done
failed=0
for build in "${builds[@]}"; do wait "$build" || failed=1; done
exit "$failed"
