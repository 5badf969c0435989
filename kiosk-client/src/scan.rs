//! The scanner: what stands in a code goes to the flow, or to a test that waits for one.

use protocol::kiosk::Counted;

use crate::flow::Event;
use crate::kiosk::Kiosk;

/// Scans for ever. A scanner that is away is waited for by its driver.
pub(crate) async fn scan(kiosk: Kiosk) {
    let Some(scanner) = kiosk.devices().scanner.clone() else { return };
    loop {
        let Ok(code) = scanner.scan().await else { continue };
        kiosk.count(Counted::Codes).await;
        if !kiosk.health().takes_scan() {
            kiosk.happen(Event::Scanned(code));
        }
    }
}
