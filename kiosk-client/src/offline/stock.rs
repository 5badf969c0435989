//! Numbers in stock: while the hall is there, each series has enough of today's numbers for the time when
//! it is not. A request without an answer is repeated under its key, so no number is lost with an answer.

use std::collections::BTreeSet;

use protocol::SeriesId;
use protocol::kiosk::{LeaseRequest, Menu};

use super::hand_in::PASSING;
use super::store;
use crate::book::NotKept;
use crate::flow::Event;
use crate::hall::HallFault;
use crate::jobs;
use crate::kiosk::Kiosk;
use crate::running::random_name;

/// The hall's word that it gives fewer numbers at once; less is asked for then.
const TOO_LARGE: &str = "lease-too-large";

impl Kiosk {
    /// Fills up what has fallen below half.
    pub(super) async fn restock(&self, menu: &Menu) {
        if let Err(fault) = self.try_to_restock(menu).await {
            tracing::error!(%fault, "leased numbers cannot be kept");
        }
    }

    async fn try_to_restock(&self, menu: &Menu) -> Result<(), NotKept> {
        let wanted = self.config().offline.numbers_per_series;
        let date = menu.date.clone();
        let left = self.book().write(move |tx| store::left(tx, &date)).await?;
        let services = menu.departments.iter().flat_map(|department| &department.services);
        let series: BTreeSet<&SeriesId> = services.map(|service| &service.series).collect();
        let mut stocked = false;
        for series in series {
            let left = left.get(series).copied().unwrap_or(0);
            if left * 2 < wanted {
                match self.lease(series, &menu.date, wanted - left).await? {
                    Leased::Granted => stocked = true,
                    Leased::Refused => {}
                    Leased::NotNow => break,
                }
            }
        }
        if stocked {
            self.tell_leases().await;
        }
        Ok(())
    }

    async fn lease(&self, series: &SeriesId, date: &str, count: u32) -> Result<Leased, NotKept> {
        let (own, today, new_key) = (series.clone(), date.to_owned(), random_name());
        let (key, count) =
            self.book().write(move |tx| store::request(tx, &own, &today, &new_key, count)).await?;
        match self.hall().lease(&key, &LeaseRequest { series: series.clone(), count }).await {
            Ok(granted) => {
                self.book().write(move |tx| store::stock(tx, &granted)).await?;
                Ok(Leased::Granted)
            }
            // A day that has been ended gives no numbers, all night.
            Err(HallFault::Refused(problem)) if PASSING.contains(&problem.code.as_str()) => {
                Ok(Leased::NotNow)
            }
            Err(HallFault::Refused(problem)) if problem.code == TOO_LARGE && count > 1 => {
                let own = series.clone();
                self.book().write(move |tx| store::end_request(tx, &own)).await?;
                Box::pin(self.lease(series, date, count / 2)).await
            }
            Err(HallFault::Refused(problem)) => {
                tracing::warn!(%series, code = problem.code, "the hall leases no numbers");
                let own = series.clone();
                self.book().write(move |tx| store::end_request(tx, &own)).await?;
                Ok(Leased::Refused)
            }
            Err(_) => Ok(Leased::NotNow),
        }
    }

    /// The hall's day has changed: numbers of another are worth nothing, and slips of long ago neither.
    pub(super) async fn begin_day(&self, date: &str) {
        let (own, now) = (date.to_owned(), self.clock().now());
        let begun = self.book().write(move |tx| {
            jobs::forget_old(tx, now)?;
            store::begin_day(tx, &own)
        });
        match begun.await {
            Ok(()) => self.tell_leases().await,
            Err(fault) => tracing::error!(%fault, "the new day cannot be noted"),
        }
    }

    /// Tells the flow and the hall how many numbers are left.
    pub(crate) async fn tell_leases(&self) {
        let date = self.today();
        match self.book().write(move |tx| store::left(tx, &date)).await {
            Ok(left) => {
                self.happen(Event::Leases(left));
                self.health().wake();
            }
            Err(fault) => tracing::error!(%fault, "the stock of numbers cannot be read"),
        }
    }
}

/// What became of a request for numbers.
enum Leased {
    Granted,
    Refused,
    /// The hall is away, or has no day now: the request stands.
    NotNow,
}
