//! A network of its own for a test: hosts in network namespaces, all plugged into one switch at whose
//! table the test itself sits. A cable can be pulled and put back. Needs root, as making networks does.

use std::net::Ipv4Addr;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

/// Hosts of one network: the addresses 1 to 200 of it.
const MOST_HOSTS: u8 = 200;
/// The test's own place.
const OWN: u8 = 254;

/// A switch and what is plugged into it. Dropping it takes everything down.
#[derive(Debug)]
pub struct Network {
    /// Names of this network's parts begin with it; an interface's name has 15 letters at most.
    name: String,
    subnet: u8,
    hosts: u8,
}

/// A host of a network.
#[derive(Clone, Debug)]
pub struct Host {
    namespace: String,
    cable: String,
    /// Its address.
    pub address: Ipv4Addr,
}

impl Network {
    /// Whether this machine lets the test make networks.
    #[must_use]
    pub fn can_be_made() -> bool {
        let id = Command::new("id").arg("-u").output();
        id.is_ok_and(|id| id.stdout == b"0\n") && ip(&["netns", "list"]).is_ok()
    }

    /// Sets a switch up.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn new() -> Result<Self> {
        let number = std::process::id() % 250;
        let name = format!("oh{number}x");
        let subnet = u8::try_from(number)?;
        let network = Self { name, subnet, hosts: 0 };
        // A run that was killed may have left one behind.
        network.take_down();
        let bridge = network.bridge();
        ip(&["link", "add", &bridge, "type", "bridge"])?;
        let own = format!("{}/24", network.address(OWN));
        ip(&["address", "add", &own, "dev", &bridge])?;
        ip(&["link", "set", &bridge, "up"])?;
        Ok(network)
    }

    /// The test's own address in it.
    #[must_use]
    pub fn own_address(&self) -> Ipv4Addr {
        self.address(OWN)
    }

    /// Plugs one more host in.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn host(&mut self) -> Result<Host> {
        ensure!(self.hosts < MOST_HOSTS, "the switch is full");
        self.hosts += 1;
        let (namespace, cable) =
            (self.namespace(self.hosts), format!("{}{}", self.name, self.hosts));
        let address = self.address(self.hosts);
        ip(&["netns", "add", &namespace])?;
        let inside = ["name", "eth0", "netns", &namespace];
        ip(&[&["link", "add", &cable, "type", "veth", "peer"][..], &inside].concat())?;
        ip(&["link", "set", &cable, "master", &self.bridge(), "up"])?;
        let within = ["-n", &namespace];
        ip(&[&within[..], &["address", "add", &format!("{address}/24"), "dev", "eth0"]].concat())?;
        ip(&[&within[..], &["link", "set", "eth0", "up"]].concat())?;
        ip(&[&within[..], &["link", "set", "lo", "up"]].concat())?;
        Ok(Host { namespace, cable, address })
    }

    fn bridge(&self) -> String {
        format!("{}b", self.name)
    }

    fn namespace(&self, host: u8) -> String {
        format!("{}n{host}", self.name)
    }

    fn address(&self, place: u8) -> Ipv4Addr {
        Ipv4Addr::new(10, 77, self.subnet, place)
    }

    /// Whatever of it is there.
    fn take_down(&self) {
        let listed = ip(&["netns", "list"]).unwrap_or_default();
        let ours = format!("{}n", self.name);
        for namespace in listed.lines().filter_map(|line| line.split_whitespace().next()) {
            if namespace.starts_with(&ours) {
                // What cannot be removed is of no use to anybody and in nobody's way.
                let _ = ip(&["netns", "delete", namespace]);
            }
        }
        let _ = ip(&["link", "delete", &self.bridge()]);
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        self.take_down();
    }
}

impl Host {
    /// A program that will run on this host.
    #[must_use]
    pub fn command(&self, program: &Path) -> Command {
        // `ip netns exec` becomes the program: the process is the program's own.
        let mut command = Command::new("ip");
        command.args(["netns", "exec", &self.namespace]).arg(program);
        command
    }

    /// Pulls its cable: what is sent to it is lost, and nobody is told.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn cut(&self) -> Result<()> {
        ip(&["link", "set", &self.cable, "down"]).map(drop)
    }

    /// Puts the cable back.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn mend(&self) -> Result<()> {
        ip(&["link", "set", &self.cable, "up"]).map(drop)
    }
}

/// Runs `ip` and returns what it says.
fn ip(arguments: &[&str]) -> Result<String> {
    let output = Command::new("ip").args(arguments).output().context("cannot run ip")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("ip {}: {}", arguments.join(" "), said.trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
