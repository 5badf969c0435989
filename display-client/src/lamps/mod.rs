//! Lamps, buzzers and buttons. A lamp follows the calls of its windows; a button is a key beside a clerk.

mod bench;
mod button;
mod config;
mod plan;

use std::sync::Arc;
use std::time::Duration;

use hardware::gpio::{self, SimulatedOutput};
use hardware::lamp::{Lamp, Light, LineLamp};
use protocol::live::Output;
use protocol::wall::{OutputReport, OutputState};
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, sleep, sleep_until};

pub(crate) use button::run_button;
pub(crate) use config::{ButtonConfig, Config};

use crate::outputs::{News, Post, Told};
use crate::shared::told_to_stop;
use bench::LampOnBench;
use config::When;
use plan::Plan;

/// How often a line that cannot be used is tried again.
const TRY_AGAIN_AFTER: Duration = Duration::from_secs(10);
/// Longer than any display runs.
const FOR_EVER: Duration = Duration::from_secs(365 * 24 * 3600);

/// Serves a lamp until the display stops, and leaves it dark.
pub(crate) async fn run(config: Config, post: Post) {
    let mut server = Server::new(config, post);
    server.open().await;
    while server.go_on().await {}
    server.show(false).await;
}

/// A lamp at work.
struct Server {
    config: Config,
    post: Post,
    plan: Plan,
    /// A simulated line stays the same however often it is opened.
    simulated: Option<SimulatedOutput>,
    lamp: Option<LineLamp>,
    /// When the line was last tried.
    tried_at: Instant,
    lit: bool,
    /// What was said last of how it is.
    said: Option<Option<String>>,
}

impl Server {
    fn new(config: Config, post: Post) -> Self {
        let simulated = config::line_of(&config.line).is_none().then(SimulatedOutput::default);
        if let Some(output) = &simulated {
            post.bench.put(Arc::new(LampOnBench::new(&config, output)));
        }
        let plan = Plan::new(config.clone());
        let tried_at = Instant::now();
        Self { config, post, plan, simulated, lamp: None, tried_at, lit: false, said: None }
    }

    /// Takes the line, or says in one sentence why it cannot.
    async fn open(&mut self) {
        self.tried_at = Instant::now();
        let opened = match (&self.simulated, config::line_of(&self.config.line)) {
            (Some(output), _) => LineLamp::new(Arc::new(output.clone())),
            (None, Some(line)) => gpio::output(&line).and_then(|it| LineLamp::new(Arc::from(it))),
            (None, None) => return,
        };
        match opened {
            Ok(lamp) => {
                self.lamp = Some(lamp);
                self.lit = false;
                self.is(None).await;
            }
            Err(fault) => self.is(Some(fault.to_string())).await,
        }
    }

    /// Does the next thing; false once the display stops.
    async fn go_on(&mut self) -> bool {
        let now = self.post.clock.now();
        let (lit, until) = self.plan.lit(now);
        self.show(lit).await;
        let change = until.map_or(FOR_EVER, |until| {
            Duration::from_millis(u64::try_from(until.since(now)).unwrap_or(0))
        });
        let again = self.tried_at + TRY_AGAIN_AFTER;
        tokio::select! {
            news = self.post.news.recv() => match news {
                Ok(news) => self.hear(news).await,
                // It goes on with the present.
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return false,
            },
            () = sleep(change) => {}
            () = sleep_until(again), if self.lamp.is_none() => self.open().await,
            () = told_to_stop(&mut self.post.stop) => return false,
        }
        true
    }

    async fn hear(&mut self, news: News) {
        let now = self.post.clock.now();
        match news {
            News::Call(call) if self.plan.called(&call, now) => {
                // A call that follows another lights it anew, so that a buzzer sounds again.
                self.lit = false;
                self.show(true).await;
                if self.lit {
                    let announcement = call.seq;
                    self.tell(Told::GivenOut { announcement, output: Output::Lamp, at: now }).await;
                }
            }
            News::Board(board) => self.plan.board(&board, now),
            News::HallAway => self.plan.hall_away(),
            News::Call(_) | News::Screen(_) => {}
        }
    }

    async fn show(&mut self, lit: bool) {
        if lit == self.lit {
            return;
        }
        let Some(lamp) = &self.lamp else { return };
        let light = match (lit, self.config.blink) {
            (false, _) => Light::Off,
            (true, false) => Light::Steady,
            (true, true) => Light::Blinking,
        };
        match lamp.show(light) {
            Ok(()) => self.lit = lit,
            Err(fault) => {
                self.lamp = None;
                self.is(Some(fault.to_string())).await;
            }
        }
    }

    /// Says how the lamp is, where that is news.
    async fn is(&mut self, fault: Option<String>) {
        if self.said.as_ref() == Some(&fault) {
            return;
        }
        if let Some(fault) = &fault {
            tracing::warn!(lamp = %self.config.name, %fault, "the lamp cannot be switched");
        }
        self.said = Some(fault.clone());
        let report = OutputReport {
            output: Output::Lamp,
            name: self.config.name.clone(),
            address: self.config.line.clone(),
            state: if fault.is_none() { OutputState::Ready } else { OutputState::Faulty },
            fault,
            since: self.post.clock.now(),
            windows: self.config.windows.clone(),
            zones: Vec::new(),
            by_light: self.config.when == When::ByLight,
        };
        // A lamp that shows who is being served gives no calls out.
        if self.config.when != When::Serving {
            self.tell(Told::Report(report)).await;
        }
    }

    async fn tell(&self, told: Told) {
        // Nobody listens any more only when the display stops.
        let _ = self.post.told.send(told).await;
    }
}
