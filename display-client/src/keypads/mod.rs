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

use crate::outputs::{News, Post};
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
        let (name, bus) = (config.name.clone(), KeypadBus::start(address));
        (Self { name, bus, desks, _tasks: tasks }, outcomes)
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
                Ok(()) = health.changed() => match health.borrow_and_update().as_ref() {
                    Some(Err(fault)) => tracing::warn!(bus = %self.name, "{fault}"),
                    _ => tracing::info!(bus = %self.name, "the keypads can be heard"),
                },
                () = told_to_stop(&mut post.stop) => return,
            }
        }
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
