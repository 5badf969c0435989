// The page where a display's layout is edited. A change is a draft until it is saved; nothing but saving or
// taking it back ends a draft.

import { act, get } from "../staff/api.js";
import { hush, say } from "../staff/notice.js";
import { word } from "../staff/words.js";
import { renderBlocks } from "./blocks.js";
import * as draft from "./draft.js";
import { renderFields } from "./fields.js";
import { openHistory } from "./history.js";
import { learnMedia, renderMedia } from "./media.js";
import { renderPreview } from "./preview.js";
import { renderQuiet } from "./quiet.js";

const MEDIA_EVERY_MS = 5000;

const PATH = `/displays/${encodeURIComponent(draft.page.display)}/layout`;
const state = document.getElementById("state");
const byId = (id) => document.getElementById(id);
const [save, revert, back] = ["save", "revert", "back"].map(byId);
let saving = false;

function render() {
  // What was said of the layout before this change holds no longer.
  hush();
  renderFields();
  renderBlocks();
  renderMedia();
  renderQuiet();
  renderState();
  renderPreview();
}

function renderState() {
  const changed = draft.isChanged();
  const revision = draft.savedRevision();
  const inForce = revision === 0 ? word("walls-default-in-force") : word("walls-in-force", { revision });
  const unsaved = word(save ? "walls-unsaved" : "walls-other-layout");
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
  const { ok, data, problem } = await act("PUT", PATH, draft.asRequest());
  saving = false;
  if (ok) {
    draft.learn(data);
    say(word("walls-saved", { revision: data.revision }));
    return;
  }
  if (problem.code === "layout-changed") await learnNewest();
  if (problem.code === "layout-no-window") byId("fields").elements.window.focus();
  const sentence = problem.message || word("walls-unreachable");
  say(`${sentence} ${word("walls-draft-kept")}`, "fault");
  renderState();
}

/** Somebody saved another one: from now on saving means putting this one over it, knowingly. */
async function learnNewest() {
  const { ok, data } = await get(PATH);
  if (ok) draft.learn(data);
}

async function lookAtMedia() {
  const { ok, data } = await get("/media");
  if (ok && learnMedia(data)) renderPreview();
  setTimeout(lookAtMedia, MEDIA_EVERY_MS);
}

byId("history-open").addEventListener("click", () => openHistory(PATH));
byId("fields").addEventListener("submit", (event) => event.preventDefault());
if (save) {
  save.addEventListener("click", saveDraft);
  revert.addEventListener("click", draft.revert);
  back.addEventListener("click", draft.stepBack);
}

if (draft.begin(render, save !== null)) say(word("walls-restored"), "hint", null);
lookAtMedia();
