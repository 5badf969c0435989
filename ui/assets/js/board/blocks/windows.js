// Which windows are open, paused and closed, by word and shape, always in the order of the windows.

import { Pages } from "../pages.js";
import { bothWords, breadth, say, sayBoth } from "../say.js";

const ICONS = { open: "check", paused: "pause", closed: "cross" };

export class Windows {
  constructor(element, { voice }) {
    this.voice = voice;
    const fill = (line, window) => this.fill(line, window);
    this.pages = new Pages({ element, template: "window-state", fill, voice });
  }

  update({ windows }) {
    const inOrder = [...windows].sort((a, b) =>
      a.at.window.localeCompare(b.at.window, "en", { numeric: true }),
    );
    this.pages.show(inOrder);
  }

  tick() {
    this.pages.tick();
  }

  close() {
    this.pages.close();
  }

  fill(line, { at, mode }) {
    const name = at.name[this.voice.first];
    line.dataset.mode = mode;
    line.dataset.name = breadth(name) <= 3 ? "short" : "long";
    say(line.querySelector(".window"), name);
    line.querySelector("use").setAttribute("href", `#icon-${ICONS[mode]}`);
    sayBoth(line.querySelector(".state"), this.voice, bothWords(this.voice, `board-window-${mode}`));
  }
}
