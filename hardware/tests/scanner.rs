//! Scanners over their real transport: a pseudo-terminal with the scanner's bytes on it.

use std::path::PathBuf;
use std::time::Duration;

use encoding_rs::GB18030;
use hardware::line::Address;
use hardware::scanner::{
    self, LONGEST_CODE, Scanner, ScannerFault, SerialScanner, SimulatedScanner,
};
use tokio::time::timeout;

/// Long enough for a busy machine.
const LIMIT: Duration = Duration::from_secs(10);

fn serial(path: PathBuf) -> Address {
    Address::Serial { path, baud: 115_200 }
}

/// A simulated scanner, and the driver on its line.
async fn pair() -> (SimulatedScanner, SerialScanner) {
    let simulated = SimulatedScanner::default();
    let path = simulated.serve_pty().expect("a pseudo-terminal");
    let driver = SerialScanner::new(serial(path));
    assert_eq!(driver.status().await, Ok(()));
    (simulated, driver)
}

/// What the driver makes of what happens at the scanner.
async fn scanned(driver: &SerialScanner, happens: impl FnOnce()) -> Result<String, ScannerFault> {
    let code = driver.scan();
    happens();
    timeout(LIMIT, code).await.expect("a code in time")
}

#[tokio::test]
async fn a_code_comes_over_the_line() {
    let (simulated, driver) = pair().await;
    for text in ["http://hall/t/abc", "预约 A001"] {
        let code = scanned(&driver, || assert!(simulated.show(text))).await;
        assert_eq!(code.as_deref(), Ok(text));
    }
    assert!(driver.about().address.starts_with("serial:/dev/"), "{:?}", driver.about());
}

#[tokio::test]
async fn a_scanner_without_a_suffix_is_understood_by_its_silence() {
    let (simulated, driver) = pair().await;
    let code = scanned(&driver, || assert!(simulated.send(b"A001"))).await;
    assert_eq!(code.as_deref(), Ok("A001"));
}

#[tokio::test]
async fn split_bytes_noise_and_another_encoding_are_one_code() {
    let (simulated, driver) = pair().await;
    let (bytes, ..) = GB18030.encode("\u{2}预约䶮\u{3}\r\n");
    let code = scanned(&driver, || {
        bytes.chunks(1).for_each(|byte| assert!(simulated.send(byte)));
    });
    assert_eq!(code.await.as_deref(), Ok("预约䶮"));
}

#[tokio::test]
async fn a_code_that_is_too_long_is_nobodys_and_the_next_one_counts() {
    let (simulated, driver) = pair().await;
    let code = scanned(&driver, || {
        simulated.show(&"9".repeat(LONGEST_CODE + 1));
        simulated.show("A002");
    });
    assert_eq!(code.await.as_deref(), Ok("A002"));
}

#[tokio::test]
async fn a_code_nobody_waited_for_is_forgotten() {
    let (simulated, driver) = pair().await;
    // Somebody else waits for the first code, so it has arrived before the second is asked for.
    assert_eq!(
        scanned(&driver, || assert!(simulated.show("before"))).await.as_deref(),
        Ok("before")
    );
    let code = scanned(&driver, || assert!(simulated.show("after"))).await;
    assert_eq!(code.as_deref(), Ok("after"));
}

#[tokio::test]
async fn a_scanner_comes_back_after_it_was_unplugged() {
    let folder = std::env::temp_dir().join(format!("scanner-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let name = folder.join("by-id");
    let plug = |simulated: &SimulatedScanner| {
        let path = simulated.serve_pty().expect("a pseudo-terminal");
        // As udev does: the same name, whichever device it is this time.
        let _ = std::fs::remove_file(&name);
        std::os::unix::fs::symlink(path, &name).expect("a name");
    };
    let simulated = SimulatedScanner::default();
    plug(&simulated);
    let driver = SerialScanner::new(serial(name.clone()));
    assert_eq!(driver.status().await, Ok(()));

    let nothing = scanned(&driver, || simulated.unplug()).await;
    assert_eq!(nothing, Err(ScannerFault::Gone));
    assert_eq!(driver.status().await, Err(ScannerFault::Gone));

    plug(&simulated);
    timeout(LIMIT, async {
        while driver.status().await.is_err() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await
    .expect("it is there again");
    let code = scanned(&driver, || assert!(simulated.show("A003"))).await;
    assert_eq!(code.as_deref(), Ok("A003"));
    std::fs::remove_dir_all(folder).expect("the folder goes");
}

/// This also covers a scanner that is a keyboard: both are kept open by the same hands.
#[tokio::test]
async fn a_scanner_that_is_not_there_says_so_and_does_not_keep_anybody() {
    let nothing_at = async |address: &str| {
        let driver = scanner::at(address.parse().expect("an address"));
        assert_eq!(driver.status().await, Err(ScannerFault::Gone), "{address}");
        let nothing = timeout(LIMIT, driver.scan()).await.expect("an answer in time");
        assert_eq!(nothing, Err(ScannerFault::Gone), "{address}");
        assert_eq!(driver.about().address, address);
    };
    tokio::join!(
        nothing_at("serial:/dev/no-such-port@9600"),
        nothing_at("usb:0000:0001"),
        nothing_at("file:/dev/input/by-id/none"),
    );
}
