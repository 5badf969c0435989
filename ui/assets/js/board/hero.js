// The large place: the call that has just been made, several when they come fast, the newest one in
// between, a welcome when nobody is called.

import { bothWords, breadth, copyOf, place, say, sayBoth } from "./say.js";

export class Hero {
  constructor(element, voice) {
    this.element = element;
    this.voice = voice;
    this.calls = [];
    this.running = true;
    this.invited = null;
    this.painted = "";
  }

  // The calls that stand now.
  update(calls, running, connecting = false) {
    this.calls = calls;
    this.running = running;
    if (this.invited === null) this.showNewest(connecting);
  }

  // Announcements take the place for a while.
  invite(group) {
    this.invited = group.map((announcement) => this.callOf(announcement));
    this.paint(this.invited, true);
  }

  rest() {
    this.invited = null;
    this.showNewest(false);
  }

  showNewest(connecting) {
    const newest = this.calls.reduce(
      (best, call) => (best === null || isNewer(call, best) ? call : best),
      null,
    );
    if (newest) this.paint([newest], false);
    else this.paintWelcome(connecting ? "connecting" : this.running ? "empty" : "not-running");
  }

  callOf(announcement) {
    const call = this.calls.find(({ at }) => at.window === announcement.window);
    if (call?.number === announcement.number) return { ...call, phase: "called" };
    const at = { window: announcement.window, name: announcement.window_name, floor: "", zone_name: null };
    return { at, number: announcement.number, holder: null, phase: "called", recalls: announcement.recall };
  }

  paint(calls, isFresh) {
    const picture = JSON.stringify(calls.map(({ at, number, phase, recalls }) => [at.window, number, phase, recalls]));
    if (picture === this.painted) return;
    this.painted = picture;
    const { element } = this;
    element.dataset.count = calls.length;
    element.dataset.kind = calls.some(({ phase }) => phase === "called") ? "called" : "serving";
    element.replaceChildren(...calls.map((call) => this.invitation(call)));
    if (isFresh) this.stir();
  }

  invitation(call) {
    const item = copyOf("invitation");
    item.dataset.length = Math.min(7, call.number.length);
    item.dataset.window = breadth(call.at.name[this.voice.first]);
    say(item.querySelector(".number"), call.number);
    say(item.querySelector(".holder"), call.holder);
    sayBoth(item, this.voice, call.at.name, ".window");
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

// Whoever is still expected counts before whoever has come, then the later call.
function isNewer(call, best) {
  if (call.phase !== best.phase) return call.phase === "called";
  return call.called_at > best.called_at;
}
