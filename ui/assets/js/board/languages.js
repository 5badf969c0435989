// Which language a screen speaks first, and whether the second stands beside it, takes turns with it or is
// left out. Everything on the page reads the one `voice`, which changes in place.

import { pageLanguage, readWords } from "../words.js";
import { sayWords } from "./say.js";

// Not the time a page of a list stays, nor a part of it: each page is seen in both languages.
const TURN_FOR_MS = 6_000;

const TAGS = { zh: "zh-CN", en: "en" };

export class Languages {
  constructor() {
    const first = pageLanguage();
    const second = other(first);
    this.words = { [first]: readWords("words"), [second]: readWords("second-words") };
    this.first = first;
    this.voice = { languages: "both" };
    this.speak(first);
  }

  use({ language, languages }) {
    document.documentElement.dataset.languages = languages;
    this.voice.languages = languages;
    this.first = language;
    if (languages !== "turns") this.speak(language);
  }

  // Answers whether it is the other language's turn now.
  turn(now) {
    if (this.voice.languages !== "turns") return false;
    const isSecond = Math.floor(now / TURN_FOR_MS) % 2 === 1;
    return this.speak(isSecond ? other(this.first) : this.first);
  }

  speak(first) {
    if (this.voice.first === first) return false;
    const second = other(first);
    Object.assign(this.voice, { first, second, words: this.words[first], secondWords: this.words[second] });
    document.documentElement.lang = TAGS[first];
    sayWords(this.voice, TAGS[second]);
    return true;
  }
}

function other(language) {
  return language === "zh" ? "en" : "zh";
}
