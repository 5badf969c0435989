#!/bin/sh
# Puts what a kiosk needs onto this machine: packages, users, units, device rules, the browser's policy. Run it
# again after an update; it never touches an /etc/openhall/kiosk.toml that is there. See --help.
set -eu

help() {
    cat <<'TEXT'
Usage: install.sh --program FILE [--screen sway|labwc] [--destdir DIR]

Installs a kiosk on Debian 12 (--screen sway, the usual) or Raspberry Pi OS (--screen labwc).
Run it as root, from a copy of the source's configs/kiosk.

  --program FILE   the kiosk-client to install, such as target/release/kiosk-client
  --screen WHICH   sway or labwc
  --destdir DIR    copies the files below DIR and does nothing else: no packages, no users, no units.
                   To look at what would be installed, or to build an image or a package.

Afterwards: write the hall's address, the kiosk's id and its token into /etc/openhall/kiosk.toml, then
    systemctl enable --now openhall-kiosk openhall-kiosk-screen
TEXT
}

mistake() {
    echo "install.sh: $1" >&2
    exit 2
}

program=
screen=sway
destdir=
while [ $# -gt 0 ]; do
    case $1 in
    --help) help; exit 0 ;;
    --program | --screen | --destdir)
        [ $# -ge 2 ] || mistake "$1 needs a value; see --help"
        case $1 in
        --program) program=$2 ;;
        --screen) screen=$2 ;;
        --destdir) destdir=$2 ;;
        esac
        shift 2
        ;;
    *) mistake "unknown option $1; see --help" ;;
    esac
done
[ -f "$program" ] || mistake "--program must be a kiosk-client that was built; see --help"
case $screen in sway | labwc) ;; *) mistake "--screen must be sway or labwc" ;; esac
[ -n "$destdir" ] || [ "$(id -u)" = 0 ] || mistake "only root can install; --destdir shows what would be"

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

# put MODE FILE PLACE
put() {
    install -D -m "$1" "$2" "$destdir$3"
    echo "$3"
}

packages() {
    apt-get update
    browser=chromium
    # Raspberry Pi OS has called it by another name.
    apt-cache show chromium >/dev/null 2>&1 || browser=chromium-browser
    # What turns the screen: sway does it itself.
    turning=
    [ "$screen" = sway ] || turning=wlr-randr
    # shellcheck disable=SC2086
    apt-get install -y --no-install-recommends "$screen" "$browser" $turning fonts-noto-cjk curl kbd polkitd \
        libpam-systemd dbus espeak-ng alsa-utils
}

files() {
    put 755 "$program" /usr/local/bin/kiosk-client
    put 755 "$here/openhall-kiosk-screen" /usr/local/bin/openhall-kiosk-screen
    put 644 "$here/systemd/openhall-kiosk.service" /etc/systemd/system/openhall-kiosk.service
    put 644 "$here/systemd/openhall-kiosk-screen.service" /etc/systemd/system/openhall-kiosk-screen.service
    put 644 "$here/openhall-kiosk.sysusers" /etc/sysusers.d/openhall-kiosk.conf
    put 644 "$here/70-openhall-kiosk.rules" /etc/udev/rules.d/70-openhall-kiosk.rules
    put 644 "$here/openhall-kiosk.polkit.rules" /etc/polkit-1/rules.d/50-openhall-kiosk.rules
    put 644 "$here/chromium-policy.json" /etc/chromium/policies/managed/openhall-kiosk.json
    if [ "$screen" = sway ]; then
        put 644 "$here/debian-12-sway/sway.config" /etc/openhall/sway.config
    else
        for file in rc.xml autostart environment; do
            put 644 "$here/raspberry-pi-os-labwc/$file" "/etc/openhall/labwc/$file"
        done
        put 644 "$here/systemd/openhall-kiosk-screen-labwc.conf" \
            /etc/systemd/system/openhall-kiosk-screen.service.d/labwc.conf
    fi
    # The site's own: it holds the token, and only the kiosk's user may read it.
    [ -e "$destdir/etc/openhall/kiosk.toml" ] || put 600 "$here/kiosk.toml" /etc/openhall/kiosk.toml
}

settle() {
    systemd-sysusers /etc/sysusers.d/openhall-kiosk.conf
    chown openhall-kiosk: /etc/openhall/kiosk.toml
    udevadm control --reload
    udevadm trigger
    systemctl daemon-reload
}

if [ -n "$destdir" ]; then
    files
else
    packages
    files
    settle
    echo "Installed. Now write /etc/openhall/kiosk.toml, then:"
    echo "    systemctl enable --now openhall-kiosk openhall-kiosk-screen"
fi
