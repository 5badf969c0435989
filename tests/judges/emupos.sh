#!/usr/bin/env bash
# Installs emupos, a virtual ESC/POS printer that is not ours, into target/judges/emupos. Quick if it is
# there already. Prints the path of its program; the tests judge slips with it.
#
#   tests/judges/emupos.sh          install it, unless it is there
#   tests/judges/emupos.sh --help   this text
#
# Needs Python 3.11 or newer with venv (Debian: python3-venv) and, the first time, PyPI.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

case "${1-}" in
  "") ;;
  -h | --help) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}"; exit 0 ;;
  *) echo "emupos.sh: unknown argument $1; see --help" >&2; exit 2 ;;
esac

# Pinned: it is young, and its pictures are compared dot by dot.
VERSION=0.4.0
PLACE=$PWD/target/judges/emupos
READY=$PLACE/ready-$VERSION

install() {
  rm -rf "$PLACE"
  python3 -m venv "$PLACE" || {
    echo "emupos.sh: Python has no venv; install it: apt-get install python3-venv" >&2
    return 1
  }
  # It asks for 3.13 because of its notation only, which older_python.py rewrites.
  "$PLACE/bin/pip" install --quiet --disable-pip-version-check --ignore-requires-python "emupos==$VERSION"
  "$PLACE/bin/python" tests/judges/older_python.py
  touch "$READY"
}

# Several tests may ask at once; the first installs, the others wait.
mkdir -p target/judges
exec 9>target/judges/emupos.lock
flock 9
[ -e "$READY" ] || install >&2
echo "$PLACE/bin/emupos"
