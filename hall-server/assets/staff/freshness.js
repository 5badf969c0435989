// How fresh a page is that asks the hall again and again: the hall's time by its last answer, and how old what is
// shown is when there is none.

import { show } from "./dom.js";
import { keepTimeBy, timeWithSeconds } from "./time.js";
import { word } from "./words.js";

/** For a page whose parts stand in `root` and whose warning is `stale`. */
export class Freshness {
  constructor(root, stale) {
    Object.assign(this, { root, stale, heardAt: null });
  }

  /** The hall has answered, at this time of its own. */
  heard(at) {
    const offset = at - Date.now();
    keepTimeBy(() => Date.now() + offset);
    this.heardAt = at;
    show(this.stale, false);
    delete this.root.dataset.behind;
  }

  /** There was no answer: says how old what is shown is; the styles let nothing be done with it. */
  missed() {
    this.root.dataset.behind = "";
    const time = this.heardAt && timeWithSeconds(this.heardAt);
    this.stale.textContent = time ? word("staff-stale", { time }) : word("staff-reconnecting");
    show(this.stale, true);
  }
}
