// The emergency message: what is on every screen now and which of them confirmed it, raising it in two steps,
// ending it in two.

import { copy, fillList, mark, part, show, write, writeOrHide } from "../staff/dom.js";
import { ask } from "../staff/dialog.js";
import { joined, label } from "../staff/setup.js";
import { word } from "../staff/words.js";
import { attempt } from "./changed.js";
import { fullMoment, moment } from "./moment.js";
import { openEmergencyForm } from "./emergency-form.js";

const root = document.getElementById("emergency");
const earlierDialog = document.getElementById("earlier");
const nameOf = ({ name, clerk }) => (name ? label(name) : clerk);
let seen = null;

/** Shows how it stands. */
export function renderEmergency(emergencies) {
  seen = emergencies;
  const { emergency, displays, earlier } = seen;
  mark(root, "on", emergency !== null);
  write(root, "head", word(emergency ? "walls-emergency-on" : "walls-emergency"));
  writeOrHide(root, "none", emergency ? "" : word("walls-emergency-none", { count: displays.length }));
  show(part(root, "now"), emergency !== null);
  if (emergency) renderNow(emergency, displays);
  renderButtons(emergency, earlier);
}

function renderNow({ text, raised }, displays) {
  write(root, "zh", text.zh);
  writeOrHide(root, "en", text.en === text.zh ? "" : text.en);
  write(root, "by", word("walls-emergency-by", { name: nameOf(raised), time: moment(raised.at) }));
  const missing = displays.filter(({ shown_at }) => shown_at === null);
  const counts = { shown: displays.length - missing.length, count: displays.length };
  write(root, "shown", missing.length ? word("walls-emergency-shown", counts) : word("walls-emergency-all"));
  for (const [line, connected] of [["unconfirmed", true], ["gone", false]]) {
    const names = missing.filter((it) => it.connected === connected).map(({ name }) => label(name));
    const values = { count: names.length, names: joined(names) };
    writeOrHide(root, line, names.length ? word(`walls-emergency-${line}`, values) : "");
  }
}

function renderButtons(emergency, earlier) {
  show(part(root, "earlier"), earlier.length > 0);
  if (!part(root, "raise")) return;
  write(root, "raise", word(emergency ? "walls-emergency-change" : "walls-emergency-raise"));
  show(part(root, "end"), emergency !== null);
}

function openEarlier() {
  fillList(part(earlierDialog, "rows"), seen.earlier, ({ id }) => id, () => copy("earlier-message"), fillEarlier);
  earlierDialog.showModal();
}

function fillEarlier(row, { text, raised, ended }) {
  write(row, "text", label(text));
  write(row, "raised", word("walls-emergency-by", { name: nameOf(raised), time: fullMoment(raised.at) }));
  const over = ended && word("walls-emergency-ended", { name: nameOf(ended), time: fullMoment(ended.at) });
  writeOrHide(row, "ended", over);
}

function end() {
  // The one that is read now: another that comes while somebody makes up their mind stays.
  const { id } = seen.emergency;
  ask({
    title: word("walls-emergency-end-title"),
    lead: word("walls-emergency-end-lead"),
    confirm: word("walls-emergency-end-confirm"),
    fields: [],
    send: () => attempt("DELETE", `/emergency?seen=${id}`, {}, word("walls-emergency-over")),
  });
}

part(root, "raise")?.addEventListener("click", () => seen && openEmergencyForm(seen));
part(root, "end")?.addEventListener("click", end);
part(root, "earlier").addEventListener("click", openEarlier);
part(earlierDialog, "done").addEventListener("click", () => earlierDialog.close());
