// Wording for scripts: the texts a page carries in <script type="application/json" id="words">.
//
//   const words = readWords();
//   words.get("console-next")
//   words.with("common-people", { count: 3 })
//   label({ zh: "…", en: "…" })            // a configured name in the page's language

export function readWords(id = "words") {
  const texts = JSON.parse(document.getElementById(id).textContent);
  return {
    has: (key) => key in texts,
    get: (key) => texts[key] ?? key,
    with: (key, values) =>
      (texts[key] ?? key).replace(/\{([\w-]+)\}/g, (whole, name) => values[name] ?? whole),
  };
}

// "zh" or "en", as labels have them.
export function pageLanguage() {
  return document.documentElement.lang.startsWith("zh") ? "zh" : "en";
}

export function label(names, language = pageLanguage()) {
  return names ? names[language] : "";
}
