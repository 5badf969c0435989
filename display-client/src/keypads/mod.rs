//! Caller keypads and raters beside clerks, on RS-485 buses: keys go to the hall, and what the window has stands on
//! the keypad.

mod bench;
mod config;
mod desk;
mod view;

use std::collections::BTreeMap;
use std::sync::Arc;

use hardware::keypad::{Display, KeypadBus, Pressed, SimulatedKeypads};
use hardware::line::Address;
use protocol::WindowId;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use crate::outputs::{self, News, Post, Told};
use crate::shared::told_to_stop;
use bench::KeypadOnBench;
pub(crate) use config::Config;
use desk::Outcome;

/// Presses of one keypad that wait for the hall; more are told off with beeps.
const PRESSES_KEPT: usize = 4;
/// Beeps that say that nothing was done.
const BEEPS: u8 = 3;

/// Serves a bus until the display stops.
pub(crate) async fn run(config: Config, post: Post) {
    let address = match config.address() {
        Some(address) => address,
        None => match simulate(&config, &post) {
            Ok(address) => address,
            Err(fault) => {
                tracing::warn!(bus = %config.name, %fault, "the simulated keypads are not there");
                return;
            }
        },
    };
    let (mut server, outcomes) = Server::start(&config, address, &post);
    server.work(post, outcomes).await;
}

/// Puts simulated keypads on the bench.
fn simulate(config: &Config, post: &Post) -> std::io::Result<Address> {
    let (keypads, address) = SimulatedKeypads::serve(config.keypads.iter().map(|it| it.address))?;
    for keypad in &config.keypads {
        post.bench.put(Arc::new(KeypadOnBench::new(config, keypad, &keypads)));
    }
    Ok(address)
}

/// A bus at work.
struct Server {
    name: String,
    line: String,
    bus: KeypadBus,
    desks: BTreeMap<u8, Desk>,
    /// They end with the server.
    _tasks: JoinSet<()>,
}

/// A keypad's window, and where its presses go.
struct Desk {
    window: WindowId,
    presses: mpsc::Sender<Pressed>,
}

impl Server {
    fn start(config: &Config, address: Address, post: &Post) -> (Self, mpsc::Receiver<Outcome>) {
        let (told, outcomes) = mpsc::channel(PRESSES_KEPT);
        let mut tasks = JoinSet::new();
        let desks = config.keypads.iter().map(|keypad| {
            let (presses, taken) = mpsc::channel(PRESSES_KEPT);
            let place = (keypad.address, keypad.window.clone());
            tasks.spawn(desk::serve(place, post.hall.clone(), taken, told.clone()));
            (keypad.address, Desk { window: keypad.window.clone(), presses })
        });
        let desks = desks.collect();
        let (name, line) = (config.name.clone(), config.line.clone());
        let bus = KeypadBus::start(address);
        (Self { name, line, bus, desks, _tasks: tasks }, outcomes)
    }

    async fn work(&mut self, mut post: Post, mut outcomes: mpsc::Receiver<Outcome>) {
        let mut health = self.bus.health();
        loop {
            tokio::select! {
                pressed = self.bus.pressed() => match pressed {
                    Some((address, pressed)) => self.pressed(address, pressed),
                    None => return,
                },
                Some(outcome) = outcomes.recv() => self.answered(&outcome),
                news = post.news.recv() => match news {
                    Ok(news) => self.hear(&news),
                    // It goes on with the present.
                    Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return,
                },
                Ok(()) = health.changed() => {
                    let fault = health.borrow_and_update().clone().and_then(Result::err);
                    self.report(&post, fault).await;
                }
                () = told_to_stop(&mut post.stop) => return,
            }
        }
    }

    /// Says how the bus is.
    async fn report(&self, post: &Post, fault: Option<String>) {
        let windows = self.desks.values().map(|desk| desk.window.clone()).collect();
        let report = outputs::report_of_keys(&self.name, &self.line, windows, fault, &post.clock);
        // Nobody listens any more only when the display stops.
        let _ = post.told.send(Told::Report(report)).await;
    }

    fn pressed(&self, address: u8, pressed: Pressed) {
        // A keypad that nobody named belongs to no window.
        let Some(desk) = self.desks.get(&address) else {
            return tracing::warn!(bus = %self.name, address, "an unknown keypad was pressed");
        };
        if desk.presses.try_send(pressed).is_err() {
            self.say_no(address);
        }
    }

    fn answered(&self, outcome: &Outcome) {
        match &outcome.answer {
            Ok(Some(answer)) => {
                self.bus.show(outcome.address, view::of_answer(answer));
                if answer.may_rate {
                    self.bus.ask(outcome.address);
                }
            }
            Ok(None) => {}
            Err(fault) => {
                tracing::info!(bus = %self.name, address = outcome.address, %fault, "nothing was done");
                self.say_no(outcome.address);
            }
        }
    }

    fn say_no(&self, address: u8) {
        for _ in 0..BEEPS {
            self.bus.beep(address);
        }
    }

    fn hear(&self, news: &News) {
        for (address, desk) in &self.desks {
            let display = match news {
                News::Board(board) => view::of_board(board, &desk.window),
                // What stood there may be long over.
                News::HallAway => Some(Display::default()),
                News::Call(_) | News::Screen(_) => None,
            };
            if let Some(display) = display {
                self.bus.show(*address, display);
            }
        }
    }
}
