// The list of keys.

import { lettersOn, switchLetters } from "./keys.js";
import { part } from "../staff/dom.js";

const dialog = document.getElementById("help");
const letters = part(dialog, "letters");

/** Shows the list of keys. */
export function openHelp() {
  if (dialog.open) return;
  letters.checked = lettersOn();
  dialog.showModal();
}

letters.addEventListener("change", () => switchLetters(letters.checked));
part(dialog, "close").addEventListener("click", () => dialog.close());
