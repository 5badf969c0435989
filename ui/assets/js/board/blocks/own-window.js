// The screen of one window: its name, whom it has called, and without a call whether it is at work, by word
// and shape.

import { bothWords, place, say, sayBoth, sayWindow } from "../say.js";

const ICONS = {
  called: "arrow",
  serving: "person",
  open: "check",
  paused: "pause",
  closed: "cross",
  unknown: "help",
};

export class OwnWindow {
  constructor(element, context) {
    this.element = element;
    this.voice = context.voice;
    this.calledAt = null;
  }

  update({ windows, calls, hall, screen }) {
    const isOwn = ({ at }) => at.window === screen.layout.window;
    const window = windows.find(isOwn);
    const call = calls.find(isOwn);
    const state = call?.phase ?? stateOf(window, hall);
    this.element.dataset.state = state;
    this.name(window);
    say(this.find(".number"), call?.number);
    this.find(".number").dataset.length = Math.min(7, call?.number.length ?? 0);
    say(this.find(".holder"), call?.holder);
    this.find(".state use").setAttribute("href", `#icon-${ICONS[state]}`);
    sayBoth(this.find(".state"), this.voice, bothWords(this.voice, `board-own-${state}`), ".word");
    const reason = call || state === "open" ? null : window?.reason;
    sayBoth(this.find(".reason"), this.voice, reason ?? { zh: "", en: "" });
    if (call?.phase === "called" && call.called_at !== this.calledAt) this.stir();
    this.calledAt = call?.called_at ?? null;
  }

  name(window) {
    this.find(".own").hidden = !window;
    if (!window) return;
    sayWindow(this.find(".own"), this.voice, window.at.name);
    sayBoth(this.find(".own"), this.voice, place(window.at), ".zone");
  }

  // Motion only because somebody has been called: the class starts the animation anew.
  stir() {
    this.element.classList.remove("stirred");
    void this.element.offsetWidth;
    this.element.classList.add("stirred");
  }

  find(css) {
    return this.element.querySelector(css);
  }
}

function stateOf(window, hall) {
  if (!window) return "unknown";
  return hall && !hall.running ? "closed" : window.mode;
}
