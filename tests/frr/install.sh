#!/usr/bin/env bash
# Puts FRR onto this host for the tests against real daemons. At once done when all is there.
#
# It installs on Debian as root only; elsewhere it says what will be skipped and exits 0, because the tests then
# skip with the same words.
set -euo pipefail

declare -A package=(
    [vtysh]=frr [/usr/lib/frr/zebra]=frr [/usr/lib/frr/frr-reload.py]=frr-pythontools
    [ip]=iproute2 [unshare]=util-linux [nsenter]=util-linux [setpriv]=util-linux
)
missing=()
for program in "${!package[@]}"; do
    command -v "$program" >/dev/null || missing+=("${package[$program]}")
done
# One scene sets a clock back, and skips where this is not to be had.
if [[ $EUID -eq 0 ]] && grep -qs '^ID=debian' /etc/os-release && ! command -v faketime >/dev/null; then
    missing+=(faketime)
fi
[[ ${#missing[@]} -gt 0 ]] || exit 0
mapfile -t missing < <(printf '%s\n' "${missing[@]}" | sort -u)

say() { printf 'install.sh: %s\n' "$*" >&2; }
if [[ $EUID -ne 0 ]] || ! grep -qs '^ID=debian' /etc/os-release; then
    say "THE TESTS AGAINST REAL FRR WILL BE SKIPPED: ${missing[*]} not installed, and only root on Debian can do it here."
    say "Run this as root on Debian, or install FRR 8.4 or newer with its frr-reload.py yourself: https://frrouting.org"
    exit 0
fi

say "installing ${missing[*]}"
# The package would start its daemons in the host's own network: forbid it while we install.
policy=/usr/sbin/policy-rc.d
if [[ ! -e $policy ]]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
fi
export DEBIAN_FRONTEND=noninteractive
install() { apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null; }
install || { apt-get update -qq && install; } || {
    say "THE TESTS AGAINST REAL FRR WILL BE SKIPPED: apt-get could not install ${missing[*]} (see above)."
    exit 0
}
