// The preview: the display's own page in a frame, as large as the screen it is for and scaled down to fit. It is
// told the draft after every change.

import { part, write } from "../staff/dom.js";
import { word } from "../staff/words.js";
import { cleaned, currentLayout } from "./draft.js";
import { mediaOf } from "./media.js";

const TENTH = 0.1;
/** Dots around the screen, on both sides together. */
const BEZEL = 24;

const root = document.getElementById("preview");
const [frame, screen, desk, choices] = ["frame", "screen", "desk", "choices"].map((name) => part(root, name));

/** Shows the draft. */
export function renderPreview() {
  const layout = cleaned(currentLayout());
  const draft = { type: "layout-draft", layout, media: mediaOf(layout) };
  frame.contentWindow?.postMessage(draft, location.origin);
}

/** Makes the frame as large as the screen, and the screen as large as there is room. */
function fit() {
  const [width, height] = choices.elements.size.value.split("x").map(Number);
  const room = Math.min((desk.clientWidth - BEZEL) / width, (desk.clientHeight - BEZEL) / height);
  const scale = choices.elements.view.value === "tenth" ? TENTH : Math.min(1, room);
  frame.style.setProperty("width", `${width}px`);
  frame.style.setProperty("height", `${height}px`);
  frame.style.setProperty("transform", `scale(${scale})`);
  screen.style.setProperty("width", `${width * scale}px`);
  screen.style.setProperty("height", `${height * scale}px`);
  write(root, "note", word("walls-preview-note", { width, height, percent: Math.round(scale * 100) }));
}

choices.addEventListener("change", fit);
new ResizeObserver(fit).observe(desk);
frame.addEventListener("load", renderPreview);
// The page in the frame says when it listens.
addEventListener("message", ({ source, origin, data }) => {
  if (source === frame.contentWindow && origin === location.origin && data?.type === "preview-ready") renderPreview();
});
