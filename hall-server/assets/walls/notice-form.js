// Writing a notice: its words in both languages, where and when it is shown. What was typed stays until it was
// sent.

import { copy, fillList, part, show, write, writeOrHide } from "../staff/dom.js";
import { label } from "../staff/setup.js";
import { word } from "../staff/words.js";
import { attempt } from "./changed.js";
import { fromInput } from "./moment.js";

const TEXTS = ["title-zh", "title-en", "text-zh", "text-en"];
const TIMES = ["from", "until"];

const dialog = document.getElementById("notice-form");
const value = (name) => part(dialog, name).value.trim();

/** Opens the form; with the words of `notice` if one is given. */
export function openNoticeForm(displays, notice = null) {
  const list = part(dialog, "displays");
  fillList(list, displays, ({ display }) => display, makeBox, (box, { name }) => write(box, "name", label(name)));
  if (notice) take(notice);
  renderWhere();
  writeOrHide(dialog, "fault", "");
  dialog.showModal();
  part(dialog, "title-zh").focus();
}

function makeBox({ display }) {
  const box = copy("notice-display");
  part(box, "box").value = display;
  return box;
}

function boxes() {
  return [...part(dialog, "displays").querySelectorAll("input")];
}

function take({ title, text, displays }) {
  const words = { "title-zh": title.zh, "title-en": title.en, "text-zh": text.zh, "text-en": text.en };
  for (const name of TEXTS) part(dialog, name).value = words[name];
  for (const name of TIMES) part(dialog, name).value = "";
  part(dialog, displays.length ? "some" : "all").checked = true;
  for (const box of boxes()) box.checked = displays.includes(box.value);
}

function renderWhere() {
  show(part(dialog, "displays"), part(dialog, "some").checked);
}

async function send() {
  const some = part(dialog, "some").checked;
  const displays = some ? boxes().filter((box) => box.checked).map((box) => box.value) : [];
  if (some && displays.length === 0) return fault(word("walls-notice-none-chosen"), "box");
  const unclear = TIMES.find((name) => part(dialog, name).validity.badInput);
  if (unclear) return fault(word("walls-time-unclear"), unclear);
  const [from, until] = TIMES.map((name) => fromInput(value(name)));
  const title = { zh: value("title-zh"), en: value("title-en") };
  const text = { zh: value("text-zh"), en: value("text-en") };
  const button = part(dialog, "send");
  button.disabled = true;
  const refused = await attempt("POST", "/notices", { title, text, displays, from, until }, word("walls-notice-sent"));
  button.disabled = false;
  if (refused) return fault(`${refused} ${word("walls-kept")}`);
  take({ title: { zh: "", en: "" }, text: { zh: "", en: "" }, displays: [] });
  dialog.close();
}

function fault(sentence, name = TEXTS.find((text) => !value(text))) {
  writeOrHide(dialog, "fault", sentence);
  if (name) part(dialog, name).focus();
}

if (dialog) {
  for (const name of ["all", "some"]) part(dialog, name).addEventListener("change", renderWhere);
  part(dialog, "cancel").addEventListener("click", () => dialog.close());
  part(dialog, "form").addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
}
