// The page where the slip's layout is edited. A change is a draft until it is saved; nothing but saving
// or taking it back ends a draft.

import { act, get } from "../staff/api.js";
import { hush, say } from "../staff/notice.js";
import { word } from "../staff/words.js";
import * as draft from "./draft.js";
import "./drag.js";
import { openHistory } from "./history.js";
import { renderParts } from "./parts.js";
import { drawSoon } from "./picture.js";

const state = document.getElementById("state");
const byId = (id) => document.getElementById(id);
const [save, revert, back, first] = ["save", "revert", "back", "to-default"].map(byId);
let saving = false;

function render() {
  // What was said of the layout before this change holds no longer.
  hush();
  renderParts();
  renderState();
  drawSoon();
}

function renderState() {
  const changed = draft.isChanged();
  const revision = draft.savedRevision();
  const inForce = revision === 0 ? word("slips-default-in-force") : word("slips-in-force", { revision });
  const unsaved = word(save ? "slips-unsaved" : "slips-other-layout");
  state.textContent = changed ? unsaved : inForce;
  state.className = `chip ${changed ? "warn" : "open"}`;
  if (!save) return;
  save.disabled = saving || !changed;
  revert.disabled = !changed;
  back.disabled = !draft.canStepBack();
}

async function saveDraft() {
  hush();
  saving = true;
  renderState();
  const { ok, data, problem } = await act("PUT", "/slip-template", draft.asRequest());
  saving = false;
  if (ok) {
    draft.learn(data);
    say(word("slips-saved", { revision: data.revision }));
    return;
  }
  if (problem.code === "slip-changed") await learnNewest();
  const sentence = problem.message || word("slips-unreachable");
  say(`${sentence} ${word("slips-kept")}`, "fault");
  renderState();
}

/** Somebody saved another one: from now on saving means putting this one over it, knowingly. */
async function learnNewest() {
  const { ok, data } = await get("/slip-template");
  if (ok) draft.learn(data);
}

async function toDefault() {
  const { ok, data, problem } = await get("/slip-template/revisions/0");
  if (!ok) return say(problem.message || word("slips-unreachable"), "fault");
  draft.replace(data.template);
  say(word("slips-taken-default"), "hint", null);
}

document.getElementById("history-open").addEventListener("click", openHistory);
if (save) {
  save.addEventListener("click", saveDraft);
  revert.addEventListener("click", draft.revert);
  back.addEventListener("click", draft.stepBack);
  first.addEventListener("click", toDefault);
}

if (draft.begin(render, save !== null)) say(word("slips-restored"), "hint", null);
