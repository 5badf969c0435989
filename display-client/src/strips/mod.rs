//! LED strips above windows. Each bus is one output: calls flash and then stand, the board says the rest, and
//! what was shown last still stands while the hall is away.

mod bench;
pub(crate) mod command;
mod config;
mod faces;
mod make;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::{Duration, Instant};

use hardware::strip::simulator::SimulatedBus;
use hardware::strip::{Bus, Health};
use protocol::live::{Announcement, Output};
use protocol::wall::{OutputReport, OutputState};
use protocol::{Seq, Timestamp};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::sleep;

pub(crate) use config::Config;

use crate::outputs::{News, Post, Told};
use crate::shared::told_to_stop;
use bench::StripOnBench;
use faces::Faces;

/// How often a bus that cannot even be made is tried again.
const TRY_AGAIN_AFTER: Duration = Duration::from_secs(10);

/// Serves a bus until the display stops. What stands on its strips then goes on standing.
pub(crate) async fn run(config: Config, mut post: Post) {
    let (bus, simulated) = loop {
        match make::outlet(&config).await {
            Ok((outlet, simulated)) => break (make::bus(&config, outlet), simulated),
            Err(fault) => report(&config, &post, Some(fault.to_string())).await,
        }
        tokio::select! {
            () = sleep(TRY_AGAIN_AFTER) => {}
            () = told_to_stop(&mut post.stop) => return,
        }
    };
    put_on_bench(&config, simulated, &post);
    let faces = Faces::new(config.texts.clone(), config.colours.clone());
    let health = bus.health();
    let mut server = Server { config, post, faces, bus, health, on_the_way: JoinSet::new() };
    while server.go_on().await {}
}

fn put_on_bench(config: &Config, simulated: Option<SimulatedBus>, post: &Post) {
    let Some(bus) = simulated else { return };
    for place in &config.windows {
        let name = name(config, place);
        let (bus, address) = (bus.clone(), place.address);
        post.bench.put(Arc::new(StripOnBench { name, bus, address }));
    }
}

/// A bus at work.
struct Server {
    config: Config,
    post: Post,
    faces: Faces,
    bus: Bus,
    health: watch::Receiver<Health>,
    /// Calls whose bytes have not gone out yet.
    on_the_way: JoinSet<Option<(Seq, Instant)>>,
}

impl Server {
    /// Does the next thing; false once the display stops.
    async fn go_on(&mut self) -> bool {
        tokio::select! {
            news = self.post.news.recv() => match news {
                Ok(News::Call(call)) => self.call(&call),
                Ok(News::Board(board)) => {
                    for place in &self.config.windows {
                        if let Some(face) = self.faces.of(&place.window, &board) {
                            // Only calls are waited for.
                            drop(self.bus.show(place.address, face, Duration::ZERO));
                        }
                    }
                }
                Ok(News::HallAway) => self.faces.hall_away(),
                // One that fell behind goes on with the present.
                Ok(News::Screen(_)) | Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return false,
            },
            Ok(()) = self.health.changed() => self.say_how_it_is().await,
            Some(given) = self.on_the_way.join_next() => {
                if let Ok(Some((announcement, at))) = given {
                    self.given_out(announcement, at).await;
                }
            }
            () = told_to_stop(&mut self.post.stop) => return false,
        }
        true
    }

    fn call(&mut self, call: &Announcement) {
        let strips = self.config.windows.iter().filter(|it| it.window == call.window);
        let addresses: Vec<u16> = strips.map(|it| it.address).collect();
        if addresses.is_empty() {
            return;
        }
        let called = self.faces.call(call, Instant::now());
        let flash = Duration::from_secs(if called.flashes { self.config.flash_seconds } else { 0 });
        for address in addresses {
            let gone_out = self.bus.show(address, called.face.clone(), flash);
            let announcement = call.seq;
            // An answer that never comes tells of a text that another one has replaced.
            self.on_the_way.spawn(async move { Some((announcement, gone_out.await.ok()?)) });
        }
    }

    async fn given_out(&self, announcement: Seq, went_out: Instant) {
        let ago = i64::try_from(went_out.elapsed().as_millis()).unwrap_or(i64::MAX);
        let at = Timestamp(self.post.clock.now().0.saturating_sub(ago));
        tell(&self.post, Told::GivenOut { announcement, output: Output::Strip, at }).await;
    }

    async fn say_how_it_is(&mut self) {
        let health = self.health.borrow_and_update().clone();
        match health {
            Health::Unknown => {}
            Health::Well => report(&self.config, &self.post, None).await,
            Health::Faulty(fault) => {
                tracing::warn!(bus = %self.config.name, %fault, "the strips cannot be reached");
                report(&self.config, &self.post, Some(fault)).await;
            }
        }
    }
}

/// Says how each strip of the bus is. They answer nothing, so they are as their line is.
async fn report(config: &Config, post: &Post, fault: Option<String>) {
    for place in &config.windows {
        let state = if fault.is_none() { OutputState::Ready } else { OutputState::Faulty };
        let report = OutputReport {
            output: Output::Strip,
            name: name(config, place),
            address: make::address(config),
            state,
            fault: fault.clone(),
            since: post.clock.now(),
            windows: vec![place.window.clone()],
            zones: Vec::new(),
            by_light: false,
        };
        tell(post, Told::Report(report)).await;
    }
}

async fn tell(post: &Post, told: Told) {
    // Nobody listens any more only when the display stops.
    let _ = post.told.send(told).await;
}

/// What a strip is called: its bus and its address there.
fn name(config: &Config, place: &config::Place) -> String {
    format!("{} {}", config.name, place.address)
}
