//! How a screen gives out calls, in a real browser: one after another, together when they come fast, none of
//! them twice, nothing that is old; and what the page keeps of many thousands of them. The scripts are the
//! ones that displays run; only their timers are turned by hand.

use anyhow::{Result, ensure};
use protocol::Language;
use serde_json::{Value, json};
use tests::{Browser, Hall, Setup};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_have_the_large_place_one_after_another() -> Result<()> {
    let story = "
        add(1, 'w01', 'A001'); add(2, 'w02', 'A002'); turn(); turn();
        await painted();
        return { places, shown };";
    let told = tell(story).await?;
    ensure!(told["places"] == json!([["A001"], ["A002"], []]), "{told}");
    ensure!(told["shown"] == json!([1, 2]), "{told}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backlog_is_shown_together_and_nobody_is_left_out() -> Result<()> {
    let story = "
        for (let n = 1; n <= 15; n += 1) add(n, `w${n}`, `A${n}`);
        for (let n = 0; n < 8; n += 1) turn();
        await painted();
        return { sizes: places.map((it) => it.length), given: places.flat(), shown };";
    let told = tell(story).await?;
    ensure!(told["sizes"] == json!([1, 6, 6, 1, 1, 0]), "{told}");
    let everybody: Vec<String> = (1..=15).map(|number| format!("A{number}")).collect();
    ensure!(told["given"] == json!(everybody), "{told}");
    ensure!(told["shown"] == json!((1..=15).collect::<Vec<_>>()), "{told}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_announcement_is_shown_once_however_often_it_comes() -> Result<()> {
    let story = "
        add(1, 'w01', 'A001'); add(2, 'w02', 'A002'); add(1, 'w01', 'A001'); add(2, 'w02', 'A002');
        turn(); turn(); turn();
        await painted();
        add(2, 'w02', 'A002');
        await painted();
        return { places, shown };";
    let told = tell(story).await?;
    ensure!(told["places"] == json!([["A001"], ["A002"], []]), "{told}");
    // What was said before may have been lost with the connection, so it is said again.
    ensure!(told["shown"] == json!([1, 1, 2, 2]), "{told}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_old_is_not_played_back_but_its_line_counts() -> Result<()> {
    let story = "
        stand('w01', 'A001');
        for (let n = 1; n <= 9; n += 1) add(n, `w0${n}`, `A00${n}`, { age: 60_000, stands: n === 1 });
        turn();
        await painted();
        return { places, shown };";
    let told = tell(story).await?;
    ensure!(told["places"] == json!([]), "{told}");
    ensure!(told["shown"] == json!([1]), "only the call that still stands: {told}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_that_was_taken_back_loses_its_turn_and_a_recall_has_one() -> Result<()> {
    let story = "
        add(1, 'w01', 'A001'); add(2, 'w02', 'A002'); add(3, 'w03', 'A003'); add(4, 'w03', 'A003');
        fall('w02'); now += 2_000;
        turn(); turn(); turn();
        await painted();
        return { places, shown };";
    let told = tell(story).await?;
    ensure!(told["places"] == json!([["A001"], ["A003"], []]), "{told}");
    ensure!(told["shown"] == json!([1, 3, 4]), "{told}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_keeps_nothing_of_ten_thousand_calls() -> Result<()> {
    let hall = Hall::start(&Setup::demo()).await?;
    let browser = Browser::start(Language::Zh.tag()).await?;
    browser.open(&format!("{}/display/lobby", hall.url)).await?;
    let counted = browser.script(TEN_THOUSAND).await?;
    let counts: Vec<u64> = serde_json::from_value(counted)?;
    ensure!(counts.len() > 5 && counts.iter().all(|count| *count == counts[0]), "{counts:?}");
    browser.quit().await
}

/// Plays a story to the announcements of a page; tells what it tells.
async fn tell(story: &str) -> Result<Value> {
    let hall = Hall::start(&Setup::demo()).await?;
    let browser = Browser::start(Language::Zh.tag()).await?;
    browser.open(&format!("{}/display/lobby", hall.url)).await?;
    let told = browser.script(&format!("return (async () => {{ {STAGE} {story} }})();")).await?;
    browser.quit().await?;
    Ok(told)
}

/// `add` announces a call that stands, `fall` takes one back, `turn` lets the time of a place run out;
/// `places` is who had the large place each time, `shown` what the page said to have painted.
const STAGE: &str = "
const { Announcements } = await import('/assets/js/board/announcements.js');
const [places, shown, calls] = [[], [], new Map()];
const realTimeout = window.setTimeout.bind(window);
let now = 1_000_000;
let timer = null;
Date.now = () => now;
window.setTimeout = (work) => { timer = work; return 1; };
const announcements = new Announcements({
  show: (group) => places.push(group.map(({ number }) => number)),
  shown: (seq) => shown.push(seq),
});
const tell = () => announcements.update([...calls].map(([window, number]) => ({ at: { window }, number })));
const stand = (window, number) => { calls.set(window, number); tell(); };
const fall = (window) => { calls.delete(window); tell(); };
const add = (seq, window, number, { age = 0, stands = true } = {}) => {
  if (stands) stand(window, number);
  announcements.add({ seq, window, number, at: now - age }, now);
};
const turn = () => { const work = timer; timer = null; work?.(); };
const painted = () => new Promise((done) => realTimeout(done, 200));
";

/// Elements of the page after each thousand of calls at two dozen windows, once the large place and the lines
/// have been full.
const TEN_THOUSAND: &str = "
return (async () => {
  const { Calls } = await import('/assets/js/board/blocks/calls.js');
  const { Languages } = await import('/assets/js/board/languages.js');
  const { copyOf } = await import('/assets/js/board/say.js');
  const element = copyOf('block-calls');
  document.body.append(element);
  const block = new Calls(element, { voice: new Languages().voice });
  const calls = new Map();
  const counts = [];
  for (let n = 0; n < 10_000; n += 1) {
    const window = `w${n % 24}`;
    const name = { zh: `${n % 24}`, en: `${n % 24}` };
    const at = { window, name, floor: '1F', zone: 'z', zone_name: name };
    const number = `A${n % 1000}`.padEnd(4, '0');
    calls.set(window, { at, number, holder: null, phase: 'called', called_at: n, recalls: 0 });
    const invited = [{ seq: n, window, window_name: name, number, recall: 0 }];
    block.update({ calls: [...calls.values()], invited, hall: { running: true } });
    if (n % 1000 === 999) counts.push(element.querySelectorAll('*').length);
  }
  block.close();
  element.remove();
  return counts;
})();
";
