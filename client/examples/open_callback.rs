//! Opens a callback by hand, and says what is wrong with one that does not open: `cargo run -p ess-client --example open_callback -- KEY
//! TOKEN SIGNATURE < body`.
//!
//! Without arguments it plays with a body of its own, and damages it.

#![allow(clippy::print_stdout, reason = "printing is what an example is for")]

use std::env;
use std::error::Error;
use std::io::Read;

use ess_client::callback::{CallbackKey, Generation, Received, Receiver, seal, sign};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    if let [key, token, signature] = &arguments[..] {
        let mut body = Vec::new();
        std::io::stdin().read_to_end(&mut body)?;
        open(&Receiver::new().with_key(CallbackKey::new(key)?).with_token(token), &body, signature);
        return Ok(());
    }

    let key = CallbackKey::new("0123456789abcdef0123456789ABCDEF")?;
    let receiver = Receiver::new().with_key(key.clone()).with_token("token");
    let message = r#"{"MsgId":"1","MsgType":"TemplateAdd","MsgVersion":"CustomApp","MsgData":{"TemplateId":"yDT"}}"#;
    let body = seal(message.as_bytes(), Some(&key), Generation::Company);
    open(&receiver, &body, &sign(&body, "token"));
    open(&receiver, &body, &sign(&body, "another token"));
    let cut = &body[..body.len() - 10];
    open(&receiver, cut, &sign(cut, "token"));
    Ok(())
}

fn open(receiver: &Receiver, body: &[u8], signature: &str) {
    match receiver.receive(body, Some(signature)) {
        Ok(Received::Probe) => println!("200: somebody asks whether somebody listens"),
        Ok(Received::Message(message)) => println!("200: {}", message.plaintext()),
        Err(refusal) => println!("{}: {refusal}", refusal.http_status()),
    }
}
