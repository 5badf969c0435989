// Today's figures, in one strip. Those taken are always those waiting, called, served, set aside and gone.

import { copy, fillList, write } from "../staff/dom.js";
import { duration } from "../staff/time.js";
import { word } from "../staff/words.js";
import { hall } from "./hall.js";

const strip = document.getElementById("totals");

/** Shows the figures. */
export function renderTotals() {
  const totals = hall.cells.get("totals");
  if (totals) fillList(strip, figures(totals), ([name]) => name, () => copy("total"), fill);
}

function figures({ taken, waiting, called, serving, held, closed, mean_wait_s: mean, windows }) {
  const [open, paused, shut] = windows;
  const places = Object.entries({ taken, waiting, called, serving, held });
  return [
    ...places.map(([name, count]) => [word(`manager-total-${name}`), count]),
    ...closed.map(([outcome, count]) => [word(`common-outcome-${outcome}`), count]),
    [word("manager-total-wait"), mean === null ? word("staff-no-figure") : duration(mean * 1000)],
    [word("manager-total-windows"), word("manager-total-windows-of", { open, all: open + paused + shut })],
  ];
}

function fill(cell, [name, value]) {
  write(cell, "name", name);
  write(cell, "value", String(value));
}
