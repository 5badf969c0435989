// The line that says that a page is no longer fresh: an element with class "stale" and the attribute
// `hidden`. Needs the words `common-`.
//
//   connect({ …, onState: staleLine(document.querySelector(".stale"), words) })

export function staleLine(element, words) {
  let lastSpoken = "";
  return ({ staleSince, refused }) => {
    element.hidden = staleSince === null && !refused;
    if (element.hidden) return;
    const seconds = staleSince === null ? 0 : Math.round((Date.now() - staleSince) / 1000);
    const text = refused ?? words.with("common-stale", { seconds });
    if (text !== lastSpoken) element.textContent = lastSpoken = text;
  };
}
