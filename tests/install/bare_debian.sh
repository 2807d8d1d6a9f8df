#!/usr/bin/env bash
# The README's two commands, on Debian as it comes: a fresh minimal system in a chroot with nothing
# added but git (and sudo), a fresh clone, and no state of the host but its network settings and
# its certificates. Needs root; takes about half an hour a case.
#
# Usage: bare_debian.sh [SUITE:USER...]     SUITE bookworm or trixie, USER root or sudo
#        without arguments all four
# STEPPE_BARE_DIR   where the systems go (5 GB each while running; default: below /var/tmp)
# STEPPE_BARE_KEEP  1 keeps them for a look afterwards
set -euo pipefail

top=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
first_command='./steppe run scenarios/mongolia/history.yaml'
second_command='./steppe test'
first_limit_s=900

[[ $(id -u) == 0 ]] || { echo "bare_debian.sh: needs root for chroot; run it with sudo" >&2; exit 1; }
command -v debootstrap >/dev/null || {
  echo "bare_debian.sh: debootstrap is missing; apt-get install debootstrap" >&2
  exit 1
}
cases=("$@")
((${#cases[@]})) || cases=(bookworm:root bookworm:sudo trixie:root trixie:sudo)

for case in "${cases[@]}"; do
  [[ $case =~ ^(bookworm|trixie):(root|sudo)$ ]] || {
    echo "bare_debian.sh: '$case' is no case; write bookworm or trixie, a colon, root or sudo" >&2
    exit 2
  }
done

work=$(mktemp -d "${STEPPE_BARE_DIR:-/var/tmp}/steppe-bare.XXXXXX")
clean_up() {
  local proc
  for proc in "$work"/*/proc; do
    if mountpoint -q "$proc"; then umount "$proc" || return; fi
  done
  if [[ ${STEPPE_BARE_KEEP-} == 1 ]]; then echo "kept: $work"; else rm -rf --one-file-system -- "$work"; fi
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# What the host needs to reach the outside: read here and now, never written into a file of the tree.
network=()
for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY npm_config_registry; do
  if [[ -n ${!name-} ]]; then network+=("$name=${!name}"); fi
done
certificates=/etc/ssl/certs/ca-certificates.crt

prepare() {  # SUITE USER ROOT
  local suite=$1 user=$2 root=$3
  if [[ ! -d $work/base-$suite ]]; then
    debootstrap --variant=minbase "$suite" "$work/base-$suite" >"$work/debootstrap-$suite.log"
  fi
  cp -a -- "$work/base-$suite" "$root"
  mount -t proc proc "$root/proc"
  cp -L /etc/resolv.conf "$root/etc/resolv.conf"
  if [[ -f $certificates ]]; then cp -L "$certificates" "$root/etc/host-certificates.crt"; fi
  inside "$root" root apt-get update -qq
  inside "$root" root apt-get install -y -qq --no-install-recommends git >/dev/null
  inside "$root" root useradd --create-home --shell /bin/bash planner
  if [[ $user == sudo ]]; then
    inside "$root" root apt-get install -y -qq --no-install-recommends sudo >/dev/null
    echo 'planner ALL=(ALL) NOPASSWD: ALL' >"$root/etc/sudoers.d/planner"
  fi
  git -C "$top" bundle create -q "$root/tmp/steppe.bundle" HEAD
  chmod a+r "$root/tmp/steppe.bundle"
}

inside() {  # ROOT ACCOUNT COMMAND...
  local root=$1 account=$2 home=/root
  shift 2
  if [[ $account != root ]]; then home=/home/$account; fi
  chroot --userspec="$account" --groups="$account" "$root" /usr/bin/env -i HOME="$home" \
    USER="$account" LOGNAME="$account" SHELL=/bin/bash LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    NODE_EXTRA_CA_CERTS=/etc/host-certificates.crt ${network[@]+"${network[@]}"} "$@" </dev/null
}

failed=0
report=()
for case in "${cases[@]}"; do
  suite=${case%%:*} user=${case##*:}
  account=root
  if [[ $user == sudo ]]; then account=planner; fi
  root=$work/$suite-$user
  echo "== $suite, $user: preparing"
  prepare "$suite" "$user" "$root"
  inside "$root" "$account" bash -c "git -c advice.detachedHead=false clone -q /tmp/steppe.bundle ~/steppe"

  for command in "$first_command" "$second_command"; do
    echo "== $suite, $user: $command"
    start=$SECONDS
    status=0
    inside "$root" "$account" bash -c "cd ~/steppe && $command" || status=$?
    took=$((SECONDS - start))
    verdict=ok
    if ((status != 0)); then verdict="exit code $status"; fi
    if [[ $command == "$first_command" && $status == 0 ]]; then
      if ((took > first_limit_s)); then verdict="longer than $first_limit_s s"; fi
      inside "$root" "$account" bash -c 'ls ~/steppe/runs/*/report.html' || verdict="no report"
    fi
    if [[ $verdict != ok ]]; then failed=1; fi
    report+=("$(printf '%-9s %-5s %5d s  %-45s %s' "$suite" "$user" "$took" "$command" "$verdict")")
  done
  umount "$root/proc"
  if [[ ${STEPPE_BARE_KEEP-} != 1 ]]; then rm -rf --one-file-system -- "$root"; fi
done

echo "== result"
printf '%s\n' "${report[@]}"
exit "$failed"
