// The media folder: how much there is to show, and what cannot be shown and why.

import { copy, fillList, part, show, write, writeOrHide } from "../staff/dom.js";
import { word } from "../staff/words.js";

const root = document.getElementById("media");

/** Shows the folder. */
export function renderMedia({ files, left_out: leftOut, fault }) {
  const pictures = files.filter(({ kind }) => kind === "picture").length;
  const counts = { pictures, videos: files.length - pictures };
  write(root, "count", files.length ? word("walls-media-count", counts) : "");
  show(part(root, "none"), !fault && files.length === 0);
  writeOrHide(root, "fault", fault && word("walls-media-fault", { fault }));
  show(part(root, "left-out"), leftOut.length > 0);
  write(root, "left-out-head", word("walls-media-left-out", { count: leftOut.length }));
  fillList(part(root, "left-out-rows"), leftOut, ({ name }) => name, () => copy("left-out-row"), (row, { name, why }) => {
    write(row, "name", name);
    write(row, "why", word(`walls-media-why-${why}`));
  });
}
