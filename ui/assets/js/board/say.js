// Small things the parts of the board share: texts that are only touched when they change, names in both
// languages, copies of a <template>.

export function say(element, text) {
  const wanted = text ?? "";
  if (element.textContent !== wanted) element.textContent = wanted;
}

// A name in both languages into the elements `.first` and `.second` of `parent`, or `.first.window` and so
// on.
export function sayBoth(parent, voice, label, kind = "") {
  say(parent.querySelector(`.first${kind}`), label[voice.first]);
  say(parent.querySelector(`.second${kind}`), label[voice.second]);
}

// A text of the wording in both languages, as a label.
export function bothWords(voice, key, values = {}) {
  return {
    [voice.first]: voice.words.with(key, values),
    [voice.second]: voice.secondWords.with(key, values),
  };
}

// The fixed words of the page and of its templates, which carry their key in `data-word`, in the voice's
// languages. `tag` is the second language as `lang` has it.
export function sayWords(voice, tag) {
  const templates = [...document.querySelectorAll("template")].map(({ content }) => content);
  for (const root of [document, ...templates]) {
    for (const element of root.querySelectorAll(".second")) element.lang = tag;
    for (const element of root.querySelectorAll("[data-word]")) {
      const words = element.classList.contains("second") ? voice.secondWords : voice.words;
      say(element, words.get(element.dataset.word));
    }
  }
}

// A window in both languages into `.first.window` and `.second.window`, its own name apart from the word
// for window, so that the styles can make it larger.
export function sayWindow(parent, voice, name) {
  const texts = [
    [".first.window", voice.words.get("board-window"), name[voice.first]],
    [".second.window", voice.secondWords.get("board-window"), name[voice.second]],
  ];
  for (const [place, text, own] of texts) {
    // A desk with a name of its own needs no word for what it is.
    const [before, after] = /\d/.test(own) ? text.split("{name}") : ["", ""];
    const [head, strong, tail] = parent.querySelector(place).children;
    say(head, before);
    say(strong, own);
    say(tail, after);
  }
  parent.dataset.window = lengthOf(name[voice.first]);
  parent.classList.toggle("brief", breadth(name[voice.first]) <= 2);
}

// Where a window is: its floor and zone.
export function place(at) {
  const named = (language) => `${at.floor} · ${at.zone_name[language]}`;
  return { zh: named("zh"), en: named("en") };
}

// A figure with its unit into an element with `.figure`, `.unit` and `.second`.
export function sayFigure(element, voice, figure, unit) {
  const texts = bothWords(voice, unit);
  say(element.querySelector(".figure"), figure);
  say(element.querySelector(".unit"), texts[voice.first]);
  say(element.querySelector(".second"), texts[voice.second]);
}

export function copyOf(template) {
  return document.getElementById(template).content.firstElementChild.cloneNode(true);
}

// How broad a text is: full-width characters count two.
export function breadth(text) {
  let units = 0;
  for (const character of text) units += character.codePointAt(0) > 0x2e7f ? 2 : 1;
  return units;
}

// How long a window's name is, for the styles to choose a size.
function lengthOf(name) {
  const units = breadth(name);
  if (units <= 3) return "short";
  return units <= 8 ? "middle" : "long";
}
