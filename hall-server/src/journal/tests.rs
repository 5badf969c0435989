//! The journal's promises: nothing acknowledged is lost, repeating gives the first answer, rows are what
//! the events say, a failed commit changes nothing, old days cost nothing.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use hall_core::plan::{DayKind, Plan};
use hall_core::{Command, Take, Totals, WindowAct};
use protocol::kiosk::Visitor;
use protocol::{ClerkId, Identity, Timestamp, WindowId};

use super::*;
use crate::keys::{Keys, random};

const PLAN: &str = r#"
name = { zh = "测试", en = "Test" }
hours = { working = [{ from = "00:00", to = "24:00" }] }
[reasons.lunch]
zh = "午餐"
en = "Lunch"
[zones.a]
name = { zh = "一区", en = "Zone" }
floor = "1F"
[departments.d]
name = { zh = "部门", en = "Department" }
[series.a]
prefix = "A"
[services.s]
name = { zh = "业务", en = "Service" }
department = "d"
series = "a"
[windows.w1]
name = { zh = "1", en = "1" }
zone = "a"
profile = { groups = [{ services = ["s"] }] }
[windows.w2]
name = { zh = "2", en = "2" }
zone = "a"
profile = { groups = [{ services = ["s"] }] }
"#;

/// A journal in a directory of its own that is removed at the end.
struct Desk {
    dir: PathBuf,
    clock: Clock,
    limits: Limits,
}

impl Desk {
    fn new() -> Self {
        let name = format!("openhall-journal-{:x}", u64::from_be_bytes(random()));
        let dir = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&dir).expect("a temporary directory");
        let limits = Limits { snapshot_every: 50, ..Limits::default() };
        Self { dir, clock: Clock::held_at(Timestamp(1_000_000)), limits }
    }

    fn open(&self) -> (Journal, WriterDone, People) {
        let people = People::new(&Keys::open(&self.dir).expect("keys"));
        let (journal, done) =
            Journal::open(&self.dir, &self.limits, self.clock.clone(), people.clone())
                .expect("a journal");
        (journal, done, people)
    }

    fn database(&self) -> Connection {
        database::open_writer(&self.dir.join("hall.db")).expect("the database")
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}

fn order(command: Command) -> Order {
    Order::new(Actor::Hall, command)
}

fn start_day() -> Order {
    let plan: Plan = settings::parse(Path::new("plan.toml"), PLAN).expect("a plan");
    assert_eq!(plan.faults(), []);
    order(Command::StartDay {
        date: jiff::civil::date(2026, 11, 23),
        midnight: Timestamp(0),
        kind: DayKind::Working,
        plan: Arc::new(plan),
    })
}

fn take() -> Order {
    order(Command::Take(Take { services: vec!["s".into()], ..Take::default() }))
}

fn at_window(window: &str, act: WindowAct) -> Order {
    order(Command::AtWindow { window: WindowId::from(window), seen: None, act })
}

fn open_window(window: &str) -> Order {
    at_window(window, WindowAct::Open { clerk: ClerkId::from(window) })
}

fn card(number: &str) -> Visitor {
    Visitor::Card { name: "测试甲".to_owned(), number: number.to_owned() }
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_opening_again() {
    let desk = Desk::new();
    let (journal, done, _) = desk.open();
    journal.submit(start_day()).await.expect("a day");
    journal.submit(open_window("w1")).await.expect("a window");
    for _ in 0..120 {
        journal.submit(take()).await.expect("a ticket");
    }
    journal.submit(at_window("w1", WindowAct::CallNext)).await.expect("a call");
    let before = journal.day().clone();
    let seq = journal.seq();
    drop(journal);
    done.wait();

    let (journal, _, _) = desk.open();
    assert_eq!(journal.seq(), seq);
    assert_eq!(*journal.day(), before);
    assert!(journal.day().index_is_true());
}

#[tokio::test]
async fn the_same_key_gives_the_first_answer_also_after_a_restart() {
    let desk = Desk::new();
    let (journal, done, _) = desk.open();
    journal.submit(start_day()).await.expect("a day");
    let keyed = || take().with_key(Some("k1".to_owned()));
    let first = journal.submit(keyed()).await.expect("a ticket");
    let again = journal.submit(keyed()).await.expect("the same ticket");
    assert!(again.repeated);
    assert_eq!(again.events, first.events);
    drop(journal);
    done.wait();

    let (journal, _, _) = desk.open();
    let later = journal.submit(keyed()).await.expect("the same ticket");
    assert_eq!(later.events, first.events);
    assert_eq!(journal.day().tickets.len(), 1);
    let other = open_window("w1").with_key(Some("k1".to_owned()));
    assert_eq!(journal.submit(other).await.expect_err("another order"), JournalError::KeyReused);
}

#[tokio::test]
async fn many_at_once_share_commits_and_nobody_is_called_twice() {
    let desk = Desk::new();
    let (journal, _, _) = desk.open();
    journal.submit(start_day()).await.expect("a day");
    journal.submit(open_window("w1")).await.expect("a window");
    journal.submit(open_window("w2")).await.expect("a window");
    let takes = (0..200).map(|_| journal.submit(take()));
    futures_util::future::join_all(takes)
        .await
        .into_iter()
        .for_each(|it| drop(it.expect("a ticket")));
    let (one, two) = tokio::join!(
        journal.submit(at_window("w1", WindowAct::CallNext)),
        journal.submit(at_window("w2", WindowAct::CallNext)),
    );
    let called = |receipt: Result<Receipt, JournalError>| {
        receipt.expect("a call").events[0].event.tickets()[0]
    };
    assert_ne!(called(one), called(two));
    assert!(Totals::of(&journal.day()).add_up());
}

#[tokio::test]
async fn rows_are_what_the_events_say() {
    let desk = Desk::new();
    let (journal, done, _) = desk.open();
    journal.submit(start_day()).await.expect("a day");
    journal.submit(open_window("w1")).await.expect("a window");
    for _ in 0..3 {
        journal.submit(take()).await.expect("a ticket");
    }
    for act in [WindowAct::CallNext, WindowAct::Start, WindowAct::CallNext, WindowAct::Pass] {
        journal.submit(at_window("w1", act)).await.expect("an act");
    }
    journal.submit(at_window("w1", WindowAct::Undo)).await.expect("undone");
    let day = journal.day().clone();
    drop(journal);
    done.wait();

    let db = desk.database();
    for ticket in day.tickets.values() {
        let (phase, legs): (String, i64) = db
            .query_row(
                "SELECT phase, (SELECT count(*) FROM leg WHERE ticket = ticket.id) FROM ticket
                 WHERE id = ?1",
                [ticket.id.0.cast_signed()],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .expect("a row");
        let expected = serde_json::to_value(ticket.phase()).expect("a word");
        assert_eq!(serde_json::Value::String(phase), expected);
        assert_eq!(legs, ticket.legs.len() as i64);
    }
}

#[tokio::test]
async fn a_commit_that_fails_changes_nothing_and_the_hall_goes_on() {
    let desk = Desk::new();
    let (journal, _, _) = desk.open();
    journal.submit(start_day()).await.expect("a day");
    journal.submit(take().with_key(Some("k1".to_owned()))).await.expect("a ticket");
    let (seq, day) = (journal.seq(), journal.day().clone());
    // A trigger stands in for a disk that says no.
    let broken = "CREATE TRIGGER no BEFORE INSERT ON ticket BEGIN SELECT RAISE(FAIL, 'full'); END";
    journal.write_aside(move |tx| tx.execute_batch(broken)).await.expect("a trigger");
    let error = journal.submit(take()).await.expect_err("no room");
    assert!(matches!(error, JournalError::Storage(_)), "{error}");
    let give_up = || journal.give_up(take().actor, "k1".to_owned());
    let error = give_up().await.expect_err("no room");
    assert!(matches!(error, JournalError::Storage(_)), "{error}");
    assert_eq!(journal.seq(), seq);
    assert_eq!(*journal.day(), day);
    journal.write_aside(|tx| tx.execute_batch("DROP TRIGGER no")).await.expect("mended");
    assert!(give_up().await.expect("withdrawn").is_some());
    let receipt = journal.submit(take()).await.expect("a ticket");
    assert_eq!(receipt.seq(), seq.next().next());
}

#[tokio::test]
async fn a_person_is_known_again_and_never_readable() {
    let desk = Desk::new();
    let (journal, done, people) = desk.open();
    journal.submit(start_day()).await.expect("a day");
    let number = "11010519491231002X";
    let with_card =
        || Order { visitor: Some(people.seal(&card(number)).expect("a good card")), ..take() };
    let first = journal.submit(with_card()).await.expect("a ticket");
    let refused = journal.submit(with_card()).await.expect_err("one live ticket per service");
    assert!(matches!(refused, JournalError::Refused(Refusal::AlreadyWaiting { .. })), "{refused}");
    let ticket = first.events[0].event.tickets()[0];
    let person = {
        let day = journal.day();
        let ticket = &day.tickets[&ticket];
        assert_eq!(ticket.identity, Identity::Card);
        ticket.person.expect("a person")
    };
    assert_eq!(people.masked(person).as_deref(), Some("测*甲"));
    drop(journal);
    done.wait();

    let (journal, _, people) = desk.open();
    assert_eq!(people.masked(person).as_deref(), Some("测*甲"), "remembered over a restart");
    drop(journal);
    for file in ["hall.db", "hall.db-wal"] {
        let bytes = std::fs::read(desk.dir.join(file)).unwrap_or_default();
        for secret in [number, "测试甲"] {
            let found = bytes.windows(secret.len()).any(|it| it == secret.as_bytes());
            assert!(!found, "{secret} stands in {file}");
        }
    }
}

#[tokio::test]
async fn since_gives_what_came_after_or_says_it_is_too_long_ago() {
    let desk = Desk::new();
    let (journal, _, _) = desk.open();
    journal.submit(start_day()).await.expect("a day");
    let seq = journal.seq();
    journal.submit(take()).await.expect("a ticket");
    assert_eq!(journal.since(seq).expect("in memory").len(), 1);
    assert_eq!(journal.since(journal.seq()).expect("nothing new").len(), 0);
    assert_eq!(journal.since(Seq(99)), None, "a future this journal does not know");
    drop(journal);
    let (journal, _, _) = desk.open();
    assert_eq!(journal.since(seq), None, "before the restart");
}

#[tokio::test]
async fn a_newer_schema_is_refused() {
    let desk = Desk::new();
    let (journal, done, people) = desk.open();
    drop(journal);
    done.wait();
    desk.database().pragma_update(None, "user_version", 99).expect("a newer version");
    let Err(error) = Journal::open(&desk.dir, &desk.limits, desk.clock.clone(), people) else {
        panic!("a newer journal was opened");
    };
    assert!(error.to_string().contains("start the newer program"), "{error}");
}
