// The wording of a staff page.

import { readWords } from "/assets/js/words.js";

/** All of it, for helpers that take it whole. */
export const words = readWords();

/** The text of a key, with its arguments filled in. */
export function word(key, values = {}) {
  return words.with(key, values);
}
