// The large place: the call that has just been made, several when they come fast, the newest one in
// between, a welcome when nobody is called.

import { bothWords, copyOf, place, say, sayBoth, sayWindow } from "./say.js";

export class Hero {
  constructor(element, voice) {
    this.element = element;
    this.stage = element.querySelector(".stage");
    this.voice = voice;
    this.invited = [];
    this.announced = null;
    this.painted = "";
  }

  // The calls that stand now, and the announcements that have the place for a while.
  update(calls, announcements, hall) {
    const isNew = announcements !== this.announced;
    if (isNew) {
      this.announced = announcements;
      this.invited = announcements.map((announcement) => ({ announcement, hasStood: false }));
    }
    const standing = this.standing(calls);
    const newest = calls.reduce((best, call) => (best && !isNewer(call, best) ? best : call), null);
    if (standing.length > 0) this.paint(standing);
    else if (newest) this.paint([newest]);
    else this.paintWelcome(!hall ? "connecting" : hall.running ? "empty" : "not-running");
    if (isNew) this.stir(standing.length > 0);
  }

  // A call that was taken back goes; one whose cell is still on its way is shown as it was announced.
  standing(calls) {
    const present = this.invited.map((invited) => {
      const call = calls.find(({ at }) => at.window === invited.announcement.window);
      const stands = call?.number === invited.announcement.number;
      invited.hasStood ||= stands;
      if (stands) return { ...call, phase: "called" };
      return invited.hasStood ? null : asAnnounced(invited.announcement);
    });
    return present.filter((call) => call !== null);
  }

  paint(calls) {
    const picture = JSON.stringify([this.voice.first, calls]);
    if (picture === this.painted) return;
    this.painted = picture;
    this.element.dataset.calls = howMany(calls);
    this.element.dataset.kind = calls.some(({ phase }) => phase === "called") ? "called" : "serving";
    this.stage.replaceChildren(...calls.map((call) => this.invitation(call)));
  }

  invitation(call) {
    const item = copyOf("invitation");
    item.dataset.length = Math.min(7, call.number.length);
    say(item.querySelector(".number"), call.number);
    say(item.querySelector(".holder"), call.holder);
    sayWindow(item, this.voice, call.at.name);
    if (call.at.zone_name) sayBoth(item, this.voice, place(call.at), ".zone");
    return item;
  }

  paintWelcome(kind) {
    const picture = JSON.stringify([this.voice.first, kind]);
    if (picture === this.painted) return;
    this.painted = picture;
    const item = copyOf("welcome");
    const hasHint = kind !== "connecting";
    sayBoth(item, this.voice, bothWords(this.voice, `board-${kind}`));
    if (hasHint) sayBoth(item, this.voice, bothWords(this.voice, `board-${kind}-hint`), ".hint");
    this.element.dataset.kind = kind;
    this.element.dataset.calls = howMany([]);
    this.stage.replaceChildren(item);
  }

  // Motion only because something changed: the class starts the animation anew.
  stir(isInvited) {
    this.element.classList.remove("stirred");
    if (!isInvited) return;
    void this.element.offsetWidth;
    this.element.classList.add("stirred");
  }
}

// For the styles to choose how they stand.
function howMany({ length }) {
  if (length <= 1) return length === 1 ? "one" : "none";
  return length <= 3 ? "few" : "many";
}

function asAnnounced({ window, window_name, number, recall }) {
  const at = { window, name: window_name, floor: "", zone_name: null };
  return { at, number, holder: null, phase: "called", recalls: recall };
}

// Whoever is still expected counts before whoever has come, then the later call.
function isNewer(call, best) {
  if (call.phase !== best.phase) return call.phase === "called";
  return call.called_at > best.called_at;
}
