#!/usr/bin/env bash
# debian_prefix.sh SUITE DEST PACKAGE...: unpacks packages of another Debian release, and all they depend
# on, below DEST. apt works on a state of its own there, so the system's packages are not touched.
set -euo pipefail

[ $# -ge 3 ] || { echo "usage: debian_prefix.sh SUITE DEST PACKAGE..." >&2; exit 2; }
suite=$1
dest=$(mkdir -p "$2" && cd "$2" && pwd)
shift 2

keyring=/usr/share/keyrings/debian-archive-keyring.gpg
[ -e "$keyring" ] || { echo "debian_prefix.sh: needs Debian's archive keys in $keyring" >&2; exit 1; }
# The mirror this machine already uses; a name without "security" has all of a release.
mirror=$(apt-get indextargets --format '$(REPO_URI)' | grep -v security | sort -u | head -n 1)

apt=$dest/.apt
mkdir -p "$apt"/etc/{apt.conf.d,preferences.d,sources.list.d,trusted.gpg.d} \
    "$apt"/state/lists/partial "$apt"/cache/archives/partial
: > "$apt/state/status"
echo "deb [signed-by=$keyring] $mirror $suite main" > "$apt/etc/sources.list"
cat > "$apt/apt.conf" <<CONF
Dir::Etc "$apt/etc";
Dir::State "$apt/state";
Dir::State::status "$apt/state/status";
Dir::Cache "$apt/cache";
Acquire::Languages "none";
APT::Install-Recommends "false";
APT::Sandbox::User "";
CONF

export APT_CONFIG=$apt/apt.conf
apt-get update -qq
apt-get install -y -qq --download-only "$@" >/dev/null
for package in "$apt"/cache/archives/*.deb; do
    dpkg-deb -x "$package" "$dest"
done
rm -rf "$apt"
