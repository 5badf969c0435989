// Every layout the display had: who saved it and when. Any of them can be taken up again as a draft.

import { get } from "../staff/api.js";
import { copy, part, write } from "../staff/dom.js";
import { say } from "../staff/notice.js";
import { label } from "../staff/setup.js";
import { word } from "../staff/words.js";
import { edit, savedRevision } from "./draft.js";
import { fullMoment } from "./moment.js";

const dialog = document.getElementById("history");
const mayEdit = document.getElementById("save") !== null;

/** Opens the list of the layout at `path`. */
export async function openHistory(path) {
  const { ok, data, problem } = await get(`${path}/revisions`);
  if (!ok) {
    say(problem.message || word("walls-unreachable"), "fault");
    return;
  }
  part(dialog, "rows").replaceChildren(...data.map(row));
  dialog.showModal();
}

function row(kept) {
  const { revision, saved } = kept;
  const line = copy("revision");
  const inForce = revision === savedRevision();
  write(line, "revision", word(inForce ? "walls-revision-in-force" : "walls-revision-number", { revision }));
  write(line, "who", saved ? (saved.name ? label(saved.name) : saved.clerk) : word("walls-first-layout"));
  write(line, "at", saved ? fullMoment(saved.at) : word("staff-no-figure"));
  const take = write(line, "take", word(mayEdit ? "walls-take" : "walls-look"));
  take.setAttribute("aria-label", word(mayEdit ? "walls-take-revision" : "walls-look-revision", { revision }));
  take.addEventListener("click", () => takeUp(kept));
  return line;
}

function takeUp({ revision, layout }) {
  dialog.close();
  edit(layout);
  say(word(mayEdit ? "walls-taken" : "walls-looking", { revision }), "hint", null);
}

part(dialog, "done").addEventListener("click", () => dialog.close());
