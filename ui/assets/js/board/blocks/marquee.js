// A running line. It runs only when it is longer than its place, at the speed of calm reading; for whoever
// wants no motion it turns line by line.

import { bothWords, say } from "../say.js";

// In sixtieths of the screen's shorter side: some four Chinese characters.
const REMS_PER_SECOND = 6;
const LINE_FOR_MS = 6_000;

export class Marquee {
  constructor(element, context) {
    this.element = element;
    this.voice = context.voice;
    this.line = element.querySelector(".run");
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    this.fitAgain = () => this.fit();
    this.still.addEventListener("change", this.fitAgain);
    this.watch = new ResizeObserver(this.fitAgain);
    this.watch.observe(element);
    this.said = "";
  }

  // Without a text of its own it says what every visitor should know. In a running line the languages take
  // turns by themselves: one follows the other.
  update({ screen }) {
    const { marquee, language, languages } = screen.layout;
    const label = marquee ?? bothWords(this.voice, "board-hint");
    // Only the Chinese text must be there.
    const first = label[language] || label.zh;
    const other = label[language === "zh" ? "en" : "zh"];
    const second = languages === "one" || other === first ? "" : other;
    if (this.said === first + second) return;
    this.said = first + second;
    for (const copy of this.line.children) {
      say(copy.querySelector(".first"), first);
      say(copy.querySelector(".second"), second);
    }
    this.fit();
  }

  tick(now) {
    if (this.element.dataset.motion !== "lines") return;
    const line = parseFloat(getComputedStyle(this.line).lineHeight);
    const lines = Math.max(1, Math.round(this.line.scrollHeight / line));
    this.line.scrollTop = (Math.floor(now / LINE_FOR_MS) % lines) * line;
  }

  close() {
    this.watch.disconnect();
    this.still.removeEventListener("change", this.fitAgain);
  }

  // Measured as it stands in one line.
  fit() {
    this.element.dataset.motion = "none";
    const width = this.line.firstElementChild.scrollWidth;
    const isLong = width > this.element.clientWidth;
    this.element.dataset.motion = isLong ? (this.still.matches ? "lines" : "runs") : "none";
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    this.line.style.setProperty("--for", `${width / rem / REMS_PER_SECOND}s`);
  }
}
