// The large place: the call that has just been made, several when they come fast, the newest one in
// between, a welcome when nobody is called.

import { bothWords, copyOf, place, say, sayBoth, sayWindow } from "./say.js";

export class Hero {
  constructor(element, voice) {
    this.element = element;
    this.voice = voice;
    this.calls = [];
    this.running = true;
    this.connecting = true;
    this.invited = [];
    this.painted = "";
    this.showNewest();
  }

  // The calls that stand now.
  update(calls, running) {
    this.calls = calls;
    this.running = running;
    this.connecting = false;
    if (this.invited.length > 0) this.showInvited();
    else this.showNewest();
  }

  // Announcements take the place for a while.
  invite(announcements) {
    this.invited = announcements.map((announcement) => ({ announcement, hasStood: false }));
    this.showInvited();
    this.stir();
  }

  rest() {
    this.invited = [];
    this.showNewest();
  }

  // A call that was taken back goes; one whose cell is still on its way is shown as it was announced.
  showInvited() {
    const calls = this.invited.map((invited) => {
      const call = this.calls.find(({ at }) => at.window === invited.announcement.window);
      const stands = call?.number === invited.announcement.number;
      invited.hasStood ||= stands;
      if (stands) return { ...call, phase: "called" };
      return invited.hasStood ? null : asAnnounced(invited.announcement);
    });
    const standing = calls.filter((call) => call !== null);
    if (standing.length > 0) this.paint(standing);
    else this.rest();
  }

  showNewest() {
    this.element.classList.remove("stirred");
    const newest = this.calls.reduce(
      (best, call) => (best === null || isNewer(call, best) ? call : best),
      null,
    );
    if (newest) this.paint([newest]);
    else this.paintWelcome(this.connecting ? "connecting" : this.running ? "empty" : "not-running");
  }

  paint(calls) {
    const picture = JSON.stringify(calls);
    if (picture === this.painted) return;
    this.painted = picture;
    this.element.dataset.count = calls.length;
    this.element.dataset.kind = calls.some(({ phase }) => phase === "called") ? "called" : "serving";
    this.element.replaceChildren(...calls.map((call) => this.invitation(call)));
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
    if (kind === this.painted) return;
    this.painted = kind;
    const item = copyOf("welcome");
    const hasHint = kind !== "connecting";
    sayBoth(item, this.voice, bothWords(this.voice, `board-${kind}`));
    if (hasHint) sayBoth(item, this.voice, bothWords(this.voice, `board-${kind}-hint`), ".hint");
    this.element.dataset.kind = kind;
    this.element.dataset.count = 0;
    this.element.replaceChildren(item);
  }

  // Motion only because something changed: the class starts the animation anew.
  stir() {
    this.element.classList.remove("stirred");
    void this.element.offsetWidth;
    this.element.classList.add("stirred");
  }
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
