//! The kiosk's middle: it gives events to the flow one at a time and carries out the effects that come
//! out, each of which ends in another event.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use hardware::printer::{PrinterFault, escpos};
use jiff::tz::TimeZone;
use protocol::Language;
use protocol::kiosk::TicketTaken;
use tokio::sync::watch;
use tokio::task::AbortHandle;

use crate::devices::{Bench, Devices};
use crate::flow::{Act, Effect, Event, Flow, Order};
use crate::hall::HallClient;
use crate::slip::slip_of;

/// The running kiosk; clones are the same one.
#[derive(Clone)]
pub(crate) struct Kiosk {
    inner: Arc<Inner>,
}

struct Inner {
    flow: Mutex<Flow>,
    hall: HallClient,
    devices: Devices,
    waiting_for_card: Mutex<Option<AbortHandle>>,
    changes: watch::Sender<u64>,
}

impl Kiosk {
    pub(crate) fn new(flow: Flow, hall: HallClient, devices: Devices) -> Self {
        let (changes, _) = watch::channel(0);
        let flow = Mutex::new(flow);
        let waiting_for_card = Mutex::new(None);
        Self { inner: Arc::new(Inner { flow, hall, devices, waiting_for_card, changes }) }
    }

    pub(crate) fn hall(&self) -> &HallClient {
        &self.inner.hall
    }

    pub(crate) fn bench(&self) -> &Bench {
        &self.inner.devices.bench
    }

    pub(crate) fn language(&self) -> Language {
        self.flow().language()
    }

    /// The flow as it stands; never held while anything is waited for.
    pub(crate) fn flow(&self) -> MutexGuard<'_, Flow> {
        self.inner.flow.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts the changes a page should show.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.inner.changes.subscribe()
    }

    pub(crate) fn act(&self, act: Act) {
        self.happen(Event::Act(act));
    }

    /// Gives one event to the flow and starts what comes of it.
    pub(crate) fn happen(&self, event: Event) {
        let (effects, revision) = {
            let mut flow = self.flow();
            (flow.step(event, Instant::now()), flow.revision())
        };
        self.inner.changes.send_if_modified(|last| std::mem::replace(last, revision) != revision);
        for effect in effects {
            self.carry_out(effect);
        }
    }

    pub(crate) async fn ask_printer(&self) {
        let status = self.inner.devices.printer.status().await;
        let before = self.flow().printer();
        if status != before {
            self.happen(Event::Printer(status));
            // The duty manager should not have to wait for the next report.
            if status.fault().is_some() != before.fault().is_some() {
                self.report().await;
            }
        }
    }

    /// Tells the hall how this kiosk is. If it cannot be told, it notices by itself.
    pub(crate) async fn report(&self) {
        let faulty = self.flow().printer().fault().is_some();
        self.inner.hall.report(faulty).await;
    }

    fn carry_out(&self, effect: Effect) {
        match effect {
            Effect::Show(light) => self.inner.devices.show(light),
            Effect::ForgetCard => self.wait_for_card_in(None),
            Effect::WaitForCard => {
                let waiting = tokio::spawn(self.clone().wait_for_card());
                self.wait_for_card_in(Some(waiting.abort_handle()));
            }
            Effect::Take(order) => spawn(self.clone().take(order)),
            Effect::Print(taken, language) => spawn(self.clone().print(taken, language)),
            Effect::CallHelp => spawn(self.clone().call_help()),
            Effect::CancelHelp => spawn(self.clone().cancel_help()),
        }
    }

    fn wait_for_card_in(&self, task: Option<AbortHandle>) {
        let mut waiting =
            self.inner.waiting_for_card.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(before) = std::mem::replace(&mut *waiting, task) {
            before.abort();
        }
    }

    async fn wait_for_card(self) {
        let read = self.inner.devices.card_reader.read().await;
        self.happen(Event::CardRead(read));
    }

    async fn take(self, order: Order) {
        let answer = Box::new(self.inner.hall.take(&order).await);
        self.happen(Event::Taken { attempt: order.attempt, answer });
    }

    async fn print(self, taken: Box<TicketTaken>, language: Language) {
        let outcome = self.print_slip(&taken, language).await;
        if let Err(fault) = outcome {
            tracing::warn!(number = %taken.number, %fault, "a slip was not printed");
        }
        self.happen(Event::Printed(outcome));
        self.ask_printer().await;
    }

    /// Prints only if the printer is ready: one without paper would keep the slip and print it for whoever
    /// comes next.
    async fn print_slip(
        &self,
        taken: &TicketTaken,
        language: Language,
    ) -> Result<(), PrinterFault> {
        let devices = &self.inner.devices;
        if let Some(fault) = devices.printer.status().await.fault() {
            return Err(fault);
        }
        let slip = slip_of(taken, language, &self.time_zone());
        let job = escpos::slip_job(taken.number.as_str(), &slip, devices.paper)
            .map_err(|_| PrinterFault::BadJob)?;
        devices.printer.print(job).await
    }

    async fn call_help(self) {
        let reached = self.inner.hall.call_help().await;
        self.happen(Event::HelpAnswered(reached));
    }

    async fn cancel_help(self) {
        self.inner.hall.cancel_help().await;
    }

    /// The hall's zone; this machine's own until the hall has said.
    pub(crate) fn time_zone(&self) -> TimeZone {
        let name = self.flow().menu().map(|menu| menu.time_zone.clone());
        name.and_then(|name| TimeZone::get(&name).ok()).unwrap_or_else(TimeZone::system)
    }
}

/// Starts work whose end comes back as an event.
fn spawn(work: impl Future<Output = ()> + Send + 'static) {
    drop(tokio::spawn(work));
}
