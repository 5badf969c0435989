// Writing an emergency message: first the words, then a look at them, then it is on every screen.

import { copy, pageData, part, show, write, writeOrHide } from "../staff/dom.js";
import { label } from "../staff/setup.js";
import { word } from "../staff/words.js";
import { attempt } from "./changed.js";

const dialog = document.getElementById("emergency-form");
let replaces = null;
let screens = 0;
let isChecking = false;

/** Opens the form; what was typed before is still there. */
export function openEmergencyForm({ emergency, displays }) {
  replaces = emergency;
  screens = displays.length;
  if (emergency && !texts().zh && !texts().en) fill(emergency.text);
  step(false);
  dialog.showModal();
  // Where a hurried hand needs nothing but Enter; what was typed is gone on with.
  const { zh, en } = texts();
  const first = zh || en ? null : part(dialog, "prepared").firstElementChild;
  (first ?? part(dialog, "zh")).focus();
}

function texts() {
  return { zh: part(dialog, "zh").value.trim(), en: part(dialog, "en").value.trim() };
}

/** The hall has a message of one language stand for the other; it is one all the same. */
function fill({ zh, en }) {
  part(dialog, "zh").value = zh;
  part(dialog, "en").value = en === zh ? "" : en;
}

/** Shows the first step or the second. */
function step(checking) {
  isChecking = checking;
  writeOrHide(dialog, "fault", "");
  for (const name of ["lead", "write", "next", "cancel"]) show(part(dialog, name), !checking);
  for (const name of ["check", "back", "send"]) show(part(dialog, name), checking);
}

function check() {
  const { zh, en } = texts();
  step(true);
  write(dialog, "check-lead", word("walls-emergency-check", { count: screens }));
  write(dialog, "check-zh", zh || en);
  writeOrHide(dialog, "check-en", zh && en !== zh ? en : "");
  part(dialog, "back").focus();
}

async function send() {
  const button = part(dialog, "send");
  button.disabled = true;
  const wish = { seen: replaces?.id ?? null, text: texts() };
  const refused = await attempt("PUT", "/emergency", wish);
  button.disabled = false;
  if (refused) {
    writeOrHide(dialog, "fault", `${refused} ${word("walls-kept")}`);
    return;
  }
  fill({ zh: "", en: "" });
  dialog.close();
}

function makePrepared(text) {
  const button = copy("prepared-text");
  button.textContent = label(text);
  button.addEventListener("click", () => {
    fill(text);
    writeOrHide(dialog, "fault", "");
    part(dialog, "next").focus();
  });
  return button;
}

function missing() {
  writeOrHide(dialog, "fault", word("walls-emergency-empty"));
  part(dialog, "zh").focus();
}

if (dialog) {
  part(dialog, "prepared").replaceChildren(...pageData("walls-data").prepared.map(makePrepared));
  part(dialog, "cancel").addEventListener("click", () => dialog.close());
  part(dialog, "back").addEventListener("click", () => {
    step(false);
    part(dialog, "zh").focus();
  });
  part(dialog, "form").addEventListener("submit", (event) => {
    event.preventDefault();
    const { zh, en } = texts();
    if (isChecking) send();
    else if (zh || en) check();
    else missing();
  });
}
