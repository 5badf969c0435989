//! Everything a kiosk asks the hall or tells it.

use std::time::Duration;

use protocol::kiosk::{
    CheckIn, FindVisits, GiveUp, GivenUp, KioskErrands, KioskReport, LeaseGranted, LeaseRequest,
    Menu, Reprint, TakeTicket, TicketTaken, VisitsFound,
};
use protocol::{Language, TicketId};
use reqwest::{Method, RequestBuilder};
use serde::{Deserialize, Serialize};
use tokio::time::{Instant, timeout_at};

use super::{ANSWER_WITHIN, Away, HallClient, HallFault};
use crate::flow::Order;

/// Pauses before an order is sent again under the same key, while there is time.
const TRY_AGAIN_AFTER: [Duration; 2] = [Duration::from_millis(400), Duration::from_millis(1200)];
/// The header that makes an order safe to send again.
const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// The slip's layout as the hall has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SlipTemplate {
    /// Which revision it is.
    pub(crate) revision: u64,
    /// The layout.
    pub(crate) template: slip::Template,
}

/// What visitors want. Each error says that the hall cannot be asked or will not do it.
impl HallClient {
    /// What there is to choose.
    ///
    /// # Errors
    /// If the hall cannot be asked or will not say.
    pub async fn menu(&self, language: Language) -> Result<Menu, HallFault> {
        self.ask(self.request(Method::GET, "/api/v1/menu", language)).await
    }

    /// Takes a ticket. Sent again while there is time if no answer comes; the key makes that one ticket.
    pub(crate) async fn take(&self, order: &Order) -> Result<TicketTaken, HallFault> {
        let language = order.take.language;
        self.insist(|| {
            self.request(Method::POST, "/api/v1/tickets", language)
                .header(IDEMPOTENCY_KEY, &order.key)
                .json(&order.take)
        })
        .await
    }

    /// Checks somebody in who has an appointment; as safe to repeat as an order.
    pub(crate) async fn check_in(
        &self,
        key: &str,
        check_in: &CheckIn,
    ) -> Result<TicketTaken, HallFault> {
        self.insist(|| {
            self.own(Method::POST, "check-in", check_in.language)
                .header(IDEMPOTENCY_KEY, key)
                .json(check_in)
        })
        .await
    }

    /// What a visitor has today.
    pub(crate) async fn visits(&self, find: &FindVisits) -> Result<VisitsFound, HallFault> {
        self.ask(self.own(Method::POST, "visits", find.language).json(find)).await
    }

    /// What a slip says that is to be printed again.
    pub(crate) async fn reprint(
        &self,
        ticket: TicketId,
        language: Language,
    ) -> Result<TicketTaken, HallFault> {
        self.ask(self.own(Method::POST, "reprints", language).json(&Reprint { ticket })).await
    }

    /// Tells the hall that somebody at this kiosk needs help; says whether it heard.
    pub(crate) async fn call_help(&self) -> bool {
        self.is_told(self.own(Method::POST, "help", Language::default())).await
    }

    /// Tells the hall that help has come or is not needed any more; says whether it heard.
    pub(crate) async fn cancel_help(&self) -> bool {
        self.is_told(self.own(Method::DELETE, "help", Language::default())).await
    }

    async fn is_told(&self, request: RequestBuilder) -> bool {
        self.send(request).await.is_ok()
    }

    /// Asks again after short pauses if no answer comes, as long as a visitor may wait.
    async fn insist(&self, request: impl Fn() -> RequestBuilder) -> Result<TicketTaken, HallFault> {
        let end = Instant::now() + ANSWER_WITHIN;
        let mut answer = Err(HallFault::Away(Away::Silent));
        let again = async {
            for pause in TRY_AGAIN_AFTER.map(Some).into_iter().chain([None]) {
                answer = self.ask(request()).await;
                match (&answer, pause) {
                    (Err(HallFault::Away(_)), Some(pause)) => tokio::time::sleep(pause).await,
                    _ => return,
                }
            }
        };
        // Whatever was last said when the time is up is the answer. The last asking was cut short before it
        // could note that nobody answers, and the next visitor shall not wait for the same silence.
        if timeout_at(end, again).await.is_err() {
            self.note(true);
        }
        answer
    }
}

/// What the kiosk wants on its own behalf.
impl HallClient {
    /// Says how the kiosk is, and hears what the hall wants of it.
    pub(crate) async fn report(&self, report: &KioskReport) -> Result<KioskErrands, HallFault> {
        self.ask(self.own(Method::POST, "heartbeat", Language::default()).json(report)).await
    }

    /// Takes numbers in advance; repeated under the same key they are the same numbers.
    pub(crate) async fn lease(
        &self,
        key: &str,
        wish: &LeaseRequest,
    ) -> Result<LeaseGranted, HallFault> {
        let request = self.own(Method::POST, "leases", Language::default());
        self.ask(request.header(IDEMPOTENCY_KEY, key).json(wish)).await
    }

    /// Hands in a ticket that was given while the hall was away; repeated it is the same ticket.
    pub(crate) async fn hand_in(
        &self,
        ticket: TicketId,
        take: &TakeTicket,
    ) -> Result<TicketTaken, HallFault> {
        let request = self.request(Method::POST, "/api/v1/tickets", take.language);
        self.ask(request.header(IDEMPOTENCY_KEY, format!("lease-{ticket}")).json(take)).await
    }

    /// Gives up an order whose answer never came.
    pub(crate) async fn give_up(&self, key: String) -> Result<GivenUp, HallFault> {
        let request = self.own(Method::POST, "settlements", Language::default());
        self.ask(request.json(&GiveUp { key })).await
    }

    /// The slip's layout as it stands.
    pub(crate) async fn slip_template(&self) -> Result<SlipTemplate, HallFault> {
        self.ask(self.request(Method::GET, "/api/v1/slip-template", Language::default())).await
    }
}
