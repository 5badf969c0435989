//! The station as its own process: it says where everything is, every address answers, and mistakes are
//! one clear sentence.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// A directory of its own for each test, gone afterwards.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        Self(std::env::temp_dir().join(format!("station-{}-{count}", std::process::id())))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const LISTEN: [&str; 3] = ["--listen", "--kiosk-listen", "--display-listen"];

/// The station outside a clone, so with the demo hall inside the program; on free ports but for the
/// options given.
fn station(data: &Scratch, options: &[&str]) -> Command {
    std::fs::create_dir_all(&data.0).unwrap();
    let free = LISTEN.iter().filter(|it| !options.contains(it)).flat_map(|it| [*it, "127.0.0.1:0"]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_station"));
    command
        .current_dir(&data.0)
        .args(free)
        .args(options)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// A station that runs; killed if a test fails.
struct Running {
    child: Child,
    addresses: Vec<String>,
    printed: String,
}

impl Running {
    fn start(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut printed = String::new();
        let mut addresses = Vec::new();
        // The last line says how to stop.
        while !printed.contains("Ctrl-C") {
            let line = lines.next().expect("the whole table").unwrap();
            let address = line.split_whitespace().find(|word| word.starts_with("http://"));
            addresses.extend(address.map(str::to_owned));
            printed += &line;
        }
        Self { child, addresses, printed }
    }

    fn signal(&self, signal: libc::c_int) {
        let id = libc::pid_t::try_from(self.child.id()).unwrap();
        #[expect(unsafe_code, reason = "there is no safe way to send a signal")]
        // SAFETY: the child is ours and has not been waited for, so the id is still its own.
        let sent = unsafe { libc::kill(id, signal) };
        assert_eq!(sent, 0);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The status line of an address.
fn get(address: &str) -> String {
    let (host, path) = address.trim_start_matches("http://").split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn it_says_where_everything_is_and_stops_when_told() {
    let data = Scratch::new();
    let started = Instant::now();
    let mut station = Running::start(station(&data, &["--crowd", "600"]));
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
    assert_eq!(station.addresses.len(), 9, "{}", station.printed);
    assert!(station.printed.contains("2468"), "{}", station.printed);
    for address in &station.addresses {
        let status = get(address);
        // The console sends whoever is not signed in to sign in first.
        let fine = ["HTTP/1.1 200", "HTTP/1.1 303"].iter().any(|it| status.starts_with(it));
        assert!(fine, "{address}: {status}");
    }
    station.signal(libc::SIGTERM);
    assert!(station.child.wait().unwrap().success());
}

#[test]
fn it_goes_on_after_being_killed() {
    let data = Scratch::new();
    for _ in 0..2 {
        let mut station = Running::start(station(&data, &["--crowd", "600"]));
        std::thread::sleep(Duration::from_millis(500));
        station.signal(libc::SIGKILL);
        station.child.wait().unwrap();
    }
}

fn mistake(mut command: Command) -> String {
    let Output { status, stderr, .. } = command.output().unwrap();
    assert_eq!(status.code(), Some(2));
    String::from_utf8(stderr).unwrap()
}

#[test]
fn mistakes_name_file_key_and_mend() {
    let data = Scratch::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().to_string();
    for (option, file) in LISTEN.into_iter().zip(["hall.toml", "kiosk.toml", "display.toml"]) {
        let sentence = mistake(station(&data, &[option, &port]));
        assert!(sentence.contains(file) && sentence.contains("listen"), "{sentence}");
        assert!(sentence.contains(&port), "{sentence}");
        assert_eq!(sentence.lines().count(), 1, "{sentence}");
    }

    let hall = data.0.join("hall-data/configs/demo/hall.toml");
    let text = std::fs::read_to_string(&hall).unwrap();
    std::fs::write(&hall, text.replace("time_zone", "timezone")).unwrap();
    let sentence = mistake(station(&data, &[]));
    assert!(sentence.contains("hall.toml: `timezone`: is not a key here"), "{sentence}");
    assert_eq!(sentence.lines().count(), 1, "{sentence}");
}
