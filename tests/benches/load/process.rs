//! The processes that are measured.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::bare;

/// A server in a process of its own, ended when dropped.
pub(crate) struct Process {
    child: Child,
    pub(crate) address: SocketAddr,
}

/// Builds the release binary, which lies beside this benchmark's own.
pub(crate) fn build() -> PathBuf {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let built = Command::new(cargo).args(["build", "--release", "-p", "ess-mock-server", "--bin", "ess-mock"]).status();
    assert!(built.unwrap().success(), "ess-mock does not build");
    // target/release/deps/load-... -> target/release/ess-mock
    let folder = std::env::current_exe().unwrap().parent().unwrap().parent().unwrap().to_owned();
    folder.join(format!("ess-mock{}", std::env::consts::EXE_SUFFIX))
}

/// A port nobody has at the moment.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl Process {
    pub(crate) fn mock(binary: &Path) -> Self {
        Self::mock_at(binary, free_port()).when_listening()
    }

    /// Does not wait until it listens.
    pub(crate) fn mock_at(binary: &Path, port: u16) -> Self {
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        Self::spawn(Command::new(binary).args(["--listen", &address.to_string()]), address)
    }

    pub(crate) fn bare(answers: &[&str]) -> Self {
        let address = SocketAddr::from(([127, 0, 0, 1], free_port()));
        let binary = std::env::current_exe().unwrap();
        let mut command = Command::new(binary);
        command.arg(bare::MODE).arg(address.to_string()).args(answers);
        Self::spawn(&mut command, address).when_listening()
    }

    fn spawn(command: &mut Command, address: SocketAddr) -> Self {
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        Self { child, address }
    }

    fn when_listening(mut self) -> Self {
        while std::net::TcpStream::connect(self.address).is_err() {
            assert!(self.child.try_wait().unwrap().is_none(), "the server ended at its start");
            std::thread::sleep(Duration::from_millis(2));
        }
        self
    }

    /// The CPU time its threads have used, where the system tells (Linux, to the nanosecond).
    pub(crate) fn cpu(&self) -> Option<Duration> {
        let threads = std::fs::read_dir(format!("/proc/{}/task", self.child.id())).ok()?;
        let of_thread = |entry: std::io::Result<std::fs::DirEntry>| {
            let text = std::fs::read_to_string(entry.ok()?.path().join("schedstat")).ok()?;
            text.split_whitespace().next()?.parse::<u64>().ok()
        };
        Some(Duration::from_nanos(threads.filter_map(of_thread).sum()))
    }

    /// Its resident memory in kilobytes, where the system tells.
    pub(crate) fn resident(&self) -> Option<u64> {
        let text = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        text.lines().find_map(|line| line.strip_prefix("VmRSS:"))?.trim().trim_end_matches(" kB").parse().ok()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself, which the measurement has noticed.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
