//! A program of the house as a process of its own: started, listened to, killed.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

use crate::wait::wait_until;

/// A running program. Dropping it kills it.
#[derive(Debug)]
pub struct Process {
    name: String,
    child: Child,
    stdout: Lines,
    stderr: Lines,
}

/// What a program has written so far.
#[derive(Clone, Debug, Default)]
struct Lines(Arc<Mutex<Written>>);

#[derive(Debug, Default)]
struct Written {
    lines: Vec<String>,
    /// Whether the program's end is closed and everything has been read.
    whole: bool,
}

impl Lines {
    /// Collects lines until the program closes its end.
    fn of(stream: impl Read + Send + 'static) -> Self {
        let lines = Self::default();
        let sink = lines.clone();
        std::thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                sink.locked().lines.push(line);
            }
            sink.locked().whole = true;
        });
        lines
    }

    fn now(&self) -> Vec<String> {
        self.locked().lines.clone()
    }

    fn are_whole(&self) -> bool {
        self.locked().whole
    }

    fn locked(&self) -> MutexGuard<'_, Written> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How a program ended, and what it said.
#[derive(Debug)]
pub struct Ended {
    /// Its status.
    pub status: ExitStatus,
    /// What it wrote to its standard output.
    pub stdout: String,
    /// What it wrote to its standard error.
    pub stderr: String,
}

impl Process {
    /// Starts a program, with its log on `info`.
    ///
    /// # Errors
    /// If it cannot be started.
    pub fn start(program: &Path, arguments: &[&str]) -> Result<Self> {
        Self::start_logging(program, arguments, "info")
    }

    /// Starts a program with this log filter.
    ///
    /// # Errors
    /// If it cannot be started.
    pub fn start_logging(program: &Path, arguments: &[&str], log: &str) -> Result<Self> {
        let mut command = Command::new(program);
        command.args(arguments);
        Self::spawn_logging(command, log)
    }

    /// Starts a prepared command with this log filter.
    ///
    /// # Errors
    /// If it cannot be started.
    pub fn spawn_logging(mut command: Command, log: &str) -> Result<Self> {
        command.env("RUST_LOG", log).env("NO_COLOR", "1");
        Self::spawn(command)
    }

    /// Starts a prepared command.
    ///
    /// # Errors
    /// If it cannot be started.
    pub fn spawn(mut command: Command) -> Result<Self> {
        let name = Path::new(command.get_program())
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {name}"))?;
        let stdout = Lines::of(child.stdout.take().context("its output is piped")?);
        let stderr = Lines::of(child.stderr.take().context("its errors are piped")?);
        Ok(Self { name, child, stdout, stderr })
    }

    /// Its process id.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it has written to its standard output.
    #[must_use]
    pub fn stdout(&self) -> Vec<String> {
        self.stdout.now()
    }

    /// What it has written to its standard error: its log.
    #[must_use]
    pub fn stderr(&self) -> Vec<String> {
        self.stderr.now()
    }

    /// Everything it has written.
    #[must_use]
    pub fn output(&self) -> String {
        [self.stdout(), self.stderr()].concat().join("\n")
    }

    /// Waits for the first line of its standard output in which `find` finds something.
    ///
    /// # Errors
    /// If it ends before, or `limit` passes.
    pub async fn line<T>(
        &mut self,
        limit: Duration,
        find: impl Fn(&str) -> Option<T>,
    ) -> Result<T> {
        let lines = self.stdout.clone();
        let find = |line: &String| find(line);
        let found = wait_until(limit, "a line of a program", async || {
            self.has_ended() || lines.now().iter().any(|line| find(line).is_some())
        })
        .await;
        match lines.now().iter().find_map(find) {
            Some(value) => Ok(value),
            None => {
                found.with_context(|| self.account())?;
                bail!("{} said nothing of it and ended\n{}", self.name, self.account())
            }
        }
    }

    /// Whether it has ended.
    pub fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Kills it at once, as a power cut would.
    pub fn kill(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Asks it to stop and waits until it has.
    ///
    /// # Errors
    /// If it does not stop in time.
    pub async fn terminate(mut self, limit: Duration) -> Result<Ended> {
        self.signal(libc::SIGTERM)?;
        self.end(limit).await
    }

    /// Waits until it ends by itself.
    ///
    /// # Errors
    /// If it does not in time.
    pub async fn end(&mut self, limit: Duration) -> Result<Ended> {
        wait_until(limit, "the end of a program", async || {
            self.has_ended() && self.stdout.are_whole() && self.stderr.are_whole()
        })
        .await
        .with_context(|| self.account())?;
        let status = self.child.wait()?;
        Ok(Ended { status, stdout: self.stdout().join("\n"), stderr: self.stderr().join("\n") })
    }

    /// Holds it still, as if the machine had frozen.
    ///
    /// # Errors
    /// If it is gone.
    pub fn freeze(&self) -> Result<()> {
        self.signal(libc::SIGSTOP)
    }

    /// Lets it go on.
    ///
    /// # Errors
    /// If it is gone.
    pub fn thaw(&self) -> Result<()> {
        self.signal(libc::SIGCONT)
    }

    /// Kilobytes of memory it has in use.
    ///
    /// # Errors
    /// If it is gone.
    pub fn memory_kb(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let figure = line.and_then(|line| line.split_whitespace().next());
        Ok(figure.context("the system tells a process's memory")?.parse()?)
    }

    fn signal(&self, signal: i32) -> Result<()> {
        let id = libc::pid_t::try_from(self.id())?;
        // SAFETY: `kill` takes two numbers and touches no memory of ours.
        #[allow(unsafe_code, reason = "the standard library has no call for signals")]
        let result = unsafe { libc::kill(id, signal) };
        ensure!(result == 0, "{} is gone\n{}", self.name, self.account());
        Ok(())
    }

    /// What it has said, for errors.
    fn account(&self) -> String {
        let log = self.stderr();
        let last = log.len().saturating_sub(40);
        format!("{} said:\n{}\n{}", self.name, self.stdout().join("\n"), log[last..].join("\n"))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
        if std::thread::panicking() {
            eprintln!("{}", self.account());
        }
    }
}
