// Every layout there was: who saved it and when. Any of them can be taken up again as a draft.

import { get } from "../staff/api.js";
import { copy, part, writeOrHide, write } from "../staff/dom.js";
import { say } from "../staff/notice.js";
import { label, setup } from "../staff/setup.js";
import { word } from "../staff/words.js";
import { replace, savedRevision } from "./draft.js";

const dialog = document.getElementById("history");
const mayEdit = document.getElementById("save") !== null;
const moment = new Intl.DateTimeFormat(document.documentElement.lang, {
  timeZone: setup.time_zone,
  dateStyle: "medium",
  timeStyle: "short",
});

/** Opens the list. */
export async function openHistory() {
  const { ok, data, problem } = await get("/slip-template/revisions");
  if (!ok) {
    say(problem.message || word("slips-unreachable"), "fault");
    return;
  }
  writeOrHide(dialog, "fault", "");
  part(dialog, "rows").replaceChildren(...data.map(row));
  dialog.showModal();
}

function row({ revision, clerk, name, at }) {
  const line = copy("revision");
  const inForce = revision === savedRevision();
  write(line, "revision", word(inForce ? "slips-revision-in-force" : "slips-revision-number", { revision }));
  write(line, "who", name ? label(name) : (clerk ?? word("slips-first-layout")));
  write(line, "at", at === null ? word("staff-no-figure") : moment.format(at));
  const take = write(line, "take", word(mayEdit ? "slips-take" : "slips-look"));
  take.setAttribute("aria-label", word(mayEdit ? "slips-take-revision" : "slips-look-revision", { revision }));
  take.addEventListener("click", () => takeUp(revision));
  return line;
}

async function takeUp(revision) {
  const found = await fetchRevision(revision);
  if (!found) return;
  dialog.close();
  replace(found.template);
  say(word(mayEdit ? "slips-taken" : "slips-looking", { revision }), "hint", null);
}

/** A layout by its revision, or `null` and a sentence in the dialog. */
async function fetchRevision(revision) {
  const { ok, data, problem } = await get(`/slip-template/revisions/${revision}`);
  if (ok) return data;
  writeOrHide(dialog, "fault", problem.message || word("slips-unreachable"));
  return null;
}

part(dialog, "done").addEventListener("click", () => dialog.close());
