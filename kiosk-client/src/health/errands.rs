//! What the hall wants of the kiosk, in answer to its report.

use protocol::kiosk::{DeviceTest, KioskErrands, TestResult};

use crate::book::store::keep_document;
use crate::flow::{Event, Help};
use crate::kiosk::{Kiosk, TEMPLATE};

impl Kiosk {
    pub(super) async fn run_errands(&self, errands: KioskErrands, help_known: bool) {
        self.hall_says_time(errands.at).await;
        self.follow_up_help(&errands, help_known).await;
        self.begin_tests(&errands.tests);
        if errands.slip_template != self.template().revision {
            self.fetch_template().await;
        }
    }

    /// Staff may have come; but a hall that was started anew has only forgotten that somebody waits.
    async fn follow_up_help(&self, errands: &KioskErrands, help_known: bool) {
        let before = self.health().state().hall_since.replace(errands.running_since);
        if !help_known || errands.help_open || self.flow().help() != Help::Coming {
            return;
        }
        if before == Some(errands.running_since) {
            self.happen(Event::HelpCleared);
        } else {
            self.hall().call_help().await;
        }
    }

    /// Begins what was not begun before, and forgets what the hall does not ask for any more.
    fn begin_tests(&self, tests: &[DeviceTest]) {
        let new: Vec<DeviceTest> = {
            let mut state = self.health().state();
            state.begun.retain(|id| tests.iter().any(|test| test.id == *id));
            tests.iter().filter(|test| state.begun.insert(test.id)).copied().collect()
        };
        for test in new {
            let kiosk = self.clone();
            self.spawn(async move {
                let finding = kiosk.try_out(test.test).await;
                kiosk.health().state().results.push(TestResult { id: test.id, finding });
                kiosk.health().wake();
            });
        }
    }

    async fn fetch_template(&self) {
        let Ok(template) = self.hall().slip_template().await else { return };
        if let Err(fault) = template.template.check() {
            tracing::error!(%fault, revision = template.revision, "the hall's slip cannot be printed");
            return;
        }
        let body = serde_json::to_string(&template).expect("a layout has a JSON form");
        self.set_template(template);
        if let Err(fault) = self.book().write(move |tx| keep_document(tx, TEMPLATE, &body)).await {
            tracing::error!(%fault, "the slip's layout cannot be kept");
        }
    }
}
