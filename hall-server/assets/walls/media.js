// Which pictures and videos of the media folder are shown, and in what order; none ticked means all.

import { mark, part, show, write } from "../staff/dom.js";
import { word } from "../staff/words.js";
import { currentLayout, edit } from "./draft.js";
import { orderable } from "./order.js";

const form = document.getElementById("fields");
const render = orderable(
  part(form, "media"),
  () => currentLayout().media,
  (media) => edit({ media }),
);
let files = [];

/** Takes in what the folder has; gives whether that is news. */
export function learnMedia(folder) {
  const isNews = JSON.stringify(folder.files) !== JSON.stringify(files);
  files = folder.files;
  if (isNews) renderMedia();
  return isNews;
}

/** Shows the draft's media. */
export function renderMedia() {
  const none = files.length === 0 && currentLayout().media.length === 0;
  show(part(form, "media-none"), none);
  show(part(form, "media-hint"), !none);
  render(files.map(({ name }) => name), fillRow);
}

/** The files that a screen with this layout shows, in its order. */
export function mediaOf(layout) {
  if (!layout.blocks.includes("media")) return [];
  if (layout.media.length === 0) return files;
  return layout.media.map((name) => files.find((file) => file.name === name)).filter(Boolean);
}

function fillRow(row, name) {
  const file = files.find((it) => it.name === name);
  write(row, "name", name);
  write(row, "about", word(file ? `walls-media-${file.kind}` : "walls-media-gone"));
  mark(row, "gone", !file);
  return name;
}
