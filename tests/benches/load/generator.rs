//! The load: many connections, each with one request after the other.

use std::cell::Cell;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

use ess_tests::{body_of, whole_length};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::LocalSet;

use crate::process::Process;

/// So many calls over so many connections.
pub(crate) struct Load {
    pub(crate) address: SocketAddr,
    pub(crate) request: Vec<u8>,
    pub(crate) connections: usize,
    pub(crate) calls: usize,
}

/// What it took.
pub(crate) struct Measured {
    calls: usize,
    took: Duration,
    pub(crate) cpu_per_call: Duration,
    pub(crate) p99: Duration,
}

impl Measured {
    pub(crate) fn per_second(&self) -> f64 {
        self.calls as f64 / self.took.as_secs_f64()
    }
}

impl Load {
    pub(crate) async fn run(self, target: &Process) -> Measured {
        let mut streams = Vec::new();
        for _ in 0..self.connections {
            streams.push(connect(self.address).await);
        }
        let request: Rc<[u8]> = self.request.into();
        let left = Rc::new(Cell::new(self.calls));
        let cpu_before = target.cpu().unwrap_or_default();
        let started = Instant::now();
        let local = LocalSet::new();
        let workers: Vec<_> =
            streams.into_iter().map(|stream| local.spawn_local(work(stream, request.clone(), left.clone()))).collect();
        let mut times = Vec::with_capacity(self.calls);
        local
            .run_until(async {
                for worker in workers {
                    times.extend(worker.await.unwrap());
                }
            })
            .await;
        let took = started.elapsed();
        let cpu = target.cpu().unwrap_or_default().saturating_sub(cpu_before);
        times.sort();
        let calls = times.len();
        Measured { calls, took, cpu_per_call: cpu / u32::try_from(calls).unwrap(), p99: times[calls * 99 / 100] }
    }
}

async fn work(mut stream: TcpStream, request: Rc<[u8]>, left: Rc<Cell<usize>>) -> Vec<Duration> {
    let mut times = Vec::new();
    let mut read = vec![0; 64 * 1024];
    while left.get() > 0 {
        left.set(left.get() - 1);
        let sent = Instant::now();
        let answer = exchange(&mut stream, &request, &mut read).await;
        times.push(sent.elapsed());
        assert!(is_success(answer), "refused: {}", String::from_utf8_lossy(answer));
    }
    times
}

async fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    stream
}

/// One request and its whole answer, head and body.
async fn exchange<'b>(stream: &mut TcpStream, request: &[u8], read: &'b mut [u8]) -> &'b [u8] {
    stream.write_all(request).await.unwrap();
    let mut filled = 0;
    loop {
        let count = stream.read(&mut read[filled..]).await.unwrap();
        assert!(count > 0, "the connection ended: {}", String::from_utf8_lossy(&read[..filled]));
        filled += count;
        if whole_length(&read[..filled]).is_some_and(|length| filled >= length) {
            return &read[..filled];
        }
    }
}

fn is_success(answer: &[u8]) -> bool {
    let body = body_of(answer);
    answer.starts_with(b"HTTP/1.1 200 ")
        && body.starts_with(b"{\"Response\":{")
        && !body.starts_with(b"{\"Response\":{\"Error\"")
}

/// The body of one call's answer.
pub(crate) async fn answer(address: SocketAddr, request: &[u8]) -> String {
    let mut read = vec![0; 1024 * 1024];
    let answer = exchange(&mut connect(address).await, request, &mut read).await;
    assert!(is_success(answer), "refused: {}", String::from_utf8_lossy(answer));
    String::from_utf8(body_of(answer).to_vec()).unwrap()
}

/// Knocks until somebody opens, then waits for the answer.
pub(crate) async fn first_answer(address: SocketAddr, request: &[u8]) {
    let started = Instant::now();
    while TcpStream::connect(address).await.is_err() {
        assert!(started.elapsed() < Duration::from_secs(20), "the server never listened");
        std::thread::sleep(Duration::from_micros(200));
    }
    answer(address, request).await;
}
