#!/bin/sh
# Puts what a screen on the wall needs onto this machine: packages, users, units, the browser's policy. Run it
# again after an update; it never touches an /etc/openhall/display.toml that is there. See --help.
set -eu

help() {
    cat <<'TEXT'
Usage: install.sh --program FILE [--screen sway|labwc|none] [--destdir DIR]

Installs a display on Debian 12 (--screen sway, the usual) or Raspberry Pi OS (--screen labwc).
Run it as root, from a copy of the source's configs: it takes some files from configs/kiosk.

  --program FILE   the display-client to install, such as target/release/display-client
  --screen WHICH   sway or labwc; none for a machine that drives strips, lamps and voices only
  --destdir DIR    copies the files below DIR and does nothing else: no packages, no users, no units.
                   To look at what would be installed, or to build an image or a package.

Afterwards: write the hall's address, the display's id and its token into /etc/openhall/display.toml, then
    systemctl enable --now openhall-wall openhall-wall-screen
or, without a screen, openhall-wall alone.
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
[ -f "$program" ] || mistake "--program must be a display-client that was built; see --help"
case $screen in sway | labwc | none) ;; *) mistake "--screen must be sway, labwc or none" ;; esac
[ -n "$destdir" ] || [ "$(id -u)" = 0 ] || mistake "only root can install; --destdir shows what would be"

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
kiosk=$here/../kiosk
# Where the display's page is.
address=127.0.0.1:8082

# put MODE FILE PLACE
put() {
    install -D -m "$1" "$2" "$destdir$3"
    echo "$3"
}

# put_for_the_wall MODE FILE PLACE: a file of the kiosk, with the wall's address instead of the kiosk's.
put_for_the_wall() {
    changed=$(mktemp)
    sed -e "s#127\.0\.0\.1:8081#$address#g" \
        -e "s#^openhall-kiosk-screen &#openhall-kiosk-screen http://$address/ \&#" "$2" >"$changed"
    put "$1" "$changed" "$3"
    rm "$changed"
}

packages() {
    apt-get update
    apt-get install -y --no-install-recommends alsa-utils espeak-ng
    [ "$screen" = none ] && return
    browser=chromium
    # Raspberry Pi OS has called it by another name.
    apt-cache show chromium >/dev/null 2>&1 || browser=chromium-browser
    # What turns the screen: sway does it itself.
    turning=
    [ "$screen" = sway ] || turning=wlr-randr
    # shellcheck disable=SC2086
    apt-get install -y --no-install-recommends "$screen" "$browser" $turning fonts-noto-cjk curl kbd polkitd \
        libpam-systemd dbus
}

files() {
    put 755 "$program" /usr/local/bin/display-client
    put 644 "$here/systemd/openhall-wall.service" /etc/systemd/system/openhall-wall.service
    put 644 "$here/openhall-wall.sysusers" /etc/sysusers.d/openhall-wall.conf
    # The site's own: it holds the token, and only the display's user may read it.
    [ -e "$destdir/etc/openhall/display.toml" ] || configuration
    [ "$screen" = none ] || screen_files
}

# Without a screen there is no browser to start again.
configuration() {
    changed=$(mktemp)
    without=
    [ "$screen" != none ] || without='/^# A browser that no page/,/^$/d'
    sed -e "$without" "$here/display.toml" >"$changed"
    put 600 "$changed" /etc/openhall/display.toml
    rm "$changed"
}

screen_files() {
    put 755 "$kiosk/openhall-kiosk-screen" /usr/local/bin/openhall-kiosk-screen
    put 644 "$here/systemd/openhall-wall-screen.service" /etc/systemd/system/openhall-wall-screen.service
    put 644 "$here/openhall-wall.polkit.rules" /etc/polkit-1/rules.d/50-openhall-wall.rules
    put_for_the_wall 644 "$kiosk/chromium-policy.json" /etc/chromium/policies/managed/openhall-wall.json
    if [ "$screen" = sway ]; then
        put 644 "$here/debian-12-sway/sway.config" /etc/openhall/wall-sway.config
    else
        for file in rc.xml autostart environment; do
            put_for_the_wall 644 "$kiosk/raspberry-pi-os-labwc/$file" "/etc/openhall/wall-labwc/$file"
        done
        put 644 "$here/systemd/openhall-wall-screen-labwc.conf" \
            /etc/systemd/system/openhall-wall-screen.service.d/labwc.conf
    fi
}

settle() {
    systemd-sysusers /etc/sysusers.d/openhall-wall.conf
    chown openhall-wall: /etc/openhall/display.toml
    systemctl daemon-reload
}

units=openhall-wall
[ "$screen" = none ] || units="openhall-wall openhall-wall-screen"
if [ -n "$destdir" ]; then
    files
else
    packages
    files
    settle
    echo "Installed. Now write /etc/openhall/display.toml, then:"
    echo "    systemctl enable --now $units"
fi
