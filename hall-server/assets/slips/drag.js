// Moving a part by its name, for those who like the mouse; the buttons do the same.

import { mark, part } from "../staff/dom.js";
import { move } from "./parts.js";

const rows = part(document.getElementById("parts"), "rows");
let dragged = null;

const rowOf = ({ target }) => target.closest?.("li.part") ?? null;
const placeOf = (row) => [...rows.children].indexOf(row);

function markTarget(row) {
  for (const other of rows.children) mark(other, "target", other === row && other !== dragged);
}

rows.addEventListener("dragstart", (event) => {
  dragged = rowOf(event);
  event.dataTransfer.effectAllowed = "move";
});

rows.addEventListener("dragover", (event) => {
  const row = rowOf(event);
  if (!dragged || !row) return;
  event.preventDefault();
  markTarget(row);
});

rows.addEventListener("drop", (event) => {
  const row = rowOf(event);
  if (!dragged || !row) return;
  event.preventDefault();
  move(placeOf(dragged), placeOf(row));
});

rows.addEventListener("dragend", () => {
  dragged = null;
  markTarget(null);
});
