//! A client's open connection: one request after the other, each answered before the next goes out.

use std::cell::RefCell;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use ess_tests::{Request, body_of, whole_length};
use serde_json::Value;

pub(crate) struct Connection {
    stream: TcpStream,
    read: RefCell<Vec<u8>>,
}

impl Connection {
    pub(crate) fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream, read: RefCell::new(vec![0; 1024 * 1024]) }
    }

    /// Sends a request; done when its whole answer is here.
    pub(crate) fn exchange(&self, request: &[u8]) -> usize {
        let mut read = self.read.borrow_mut();
        (&self.stream).write_all(request).unwrap();
        let mut filled = 0;
        loop {
            let count = (&self.stream).read(&mut read[filled..]).unwrap();
            assert!(count > 0, "the connection ended: {}", String::from_utf8_lossy(&read[..filled]));
            filled += count;
            if whole_length(&read[..filled]).is_some_and(|length| filled >= length) {
                return filled;
            }
        }
    }

    /// What the last exchange of so many bytes answered.
    pub(crate) fn last_answer(&self, length: usize) -> Value {
        serde_json::from_slice::<Value>(body_of(&self.read.borrow()[..length])).unwrap()["Response"].take()
    }

    pub(crate) fn call(&self, request: &Request) -> Value {
        let length = self.exchange(&request.bytes());
        self.last_answer(length)
    }
}
