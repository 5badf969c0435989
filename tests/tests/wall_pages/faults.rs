//! What a program can see of a screen: texts that fall out of their box or off the screen, a language that is
//! missing, which text is the largest.

use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::Value;
use tests::{Browser, wait_until};

/// How long a screen may take to find its shape on a busy machine.
const SETTLE: Duration = Duration::from_secs(15);

/// Waits until the page has drawn itself at its present size and its call has arrived.
pub(crate) async fn settled(browser: &Browser) -> Result<()> {
    let mut before = Value::Null;
    wait_until(SETTLE, "a screen at rest", async || {
        let now = browser.script(SHAPE).await.unwrap_or_default();
        std::mem::replace(&mut before, now.clone()) == now && !now.is_null()
    })
    .await
}

/// What is wrong with the present page.
pub(crate) async fn on(browser: &Browser) -> Result<Vec<String>> {
    let found = browser.script(&format!("{TEXTS}\n{FAULTS}")).await?;
    let mut found: Vec<String> = serde_json::from_value(found)?;
    let text = browser.text().await?;
    if text.contains(['{', '}']) {
        found.push(format!("a gap in the wording:\n{text}"));
    }
    let has_han = text.chars().any(|it| matches!(it, '\u{3400}'..='\u{9fff}'));
    let has_english = text.split_whitespace().filter(|it| is_english(it)).count() > 2;
    if !has_han || !has_english {
        found.push(format!("a language is missing:\n{text}"));
    }
    Ok(found)
}

/// The text in the largest letters.
pub(crate) async fn largest_text(browser: &Browser) -> Result<String> {
    let script = format!("{TEXTS}\n{LARGEST}");
    let largest = browser.script(&script).await?;
    largest.as_str().map(str::to_owned).context("a text")
}

fn is_english(word: &str) -> bool {
    word.len() > 2 && word.chars().all(|it| it.is_ascii_alphabetic())
}

/// The places of everything that is to be seen, but what always moves, after two frames; `null` while something
/// moves.
const SHAPE: &str = "
const shape = () => {
  const moves = document.getAnimations().some((it) => it.effect.getComputedTiming().iterations !== Infinity);
  const seen = [...document.querySelectorAll('body *')].filter((it) => !it.closest('.marquee, template'));
  const places = seen.map((it) => it.getBoundingClientRect());
  return moves ? null : places.map(({ x, y, width, height }) => [x, y, width, height].join()).join(' ');
};
const frame = () => new Promise(requestAnimationFrame);
return frame().then(frame).then(shape);
";

/// `texts`: the elements that hold a visible text of their own. The running line is not among them.
const TEXTS: &str = "
const overlay = document.querySelector('.overlay:not([hidden])');
const texts = [...(overlay ?? document.body).querySelectorAll('*')].filter((element) =>
  !element.closest('.marquee, template, script, svg, [aria-hidden=true]') && element.checkVisibility() &&
  [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''));
";

/// Texts off the screen, wider than their box or cut off by a box around them. A notice turns its pages
/// sideways, and a name that ends in an ellipsis says so itself.
const FAULTS: &str = "
const faults = [];
const slack = 2;
const ends = (element) => getComputedStyle(element).textOverflow === 'ellipsis';
for (const element of texts) {
  const what = `${element.className} '${element.textContent.trim().slice(0, 40)}'`;
  const range = document.createRange();
  range.selectNodeContents(element);
  const text = range.getBoundingClientRect();
  const isPaged = element.closest('.notices .text') !== null;
  if (text.bottom > innerHeight + slack || text.top < -slack) faults.push(`${what} is off the screen`);
  if (!isPaged && (text.right > innerWidth + slack || text.left < -slack)) faults.push(`${what} is off the screen`);
  for (let box = element; box && box !== document.body; box = box.parentElement) {
    const style = getComputedStyle(box);
    if (style.overflow === 'visible' || (isPaged && box.matches('.text'))) continue;
    if (ends(box)) break;
    const edge = box.getBoundingClientRect();
    const cut = Math.max(text.right - edge.right, edge.left - text.left, 0);
    // Letters have room above and below them.
    const letter = parseFloat(getComputedStyle(element).fontSize) * 0.2;
    const high = Math.max(text.bottom - edge.bottom, edge.top - text.top) - letter;
    if (cut > slack && !isPaged) faults.push(`${what} is ${cut} px too wide for ${box.className}`);
    if (high > slack) faults.push(`${what} is ${high} px too high for ${box.className}`);
    break;
  }
}
return faults;
";

const LARGEST: &str = "
const size = (element) => parseFloat(getComputedStyle(element).fontSize);
const largest = texts.reduce((best, element) => (size(element) > size(best) ? element : best));
return largest.textContent.trim();
";
