//! What is wrong with a callback body that does not open: for a person who has one in a log and a key in a console.
//!
//! [`open`](super::open) and [`Receiver`](super::Receiver) refuse in a word, as a server must. [`examine`] takes its time: it strips what
//! copying put around the body, says which character, block or byte is at fault, whether the signature is one of something else, and, where a
//! copy mixed up characters that look alike, finds the text it was made from. It changes nothing, and believes nothing: a body that it repaired
//! is a guess for a person to read, not a message for a program to act on.
//!
//! ```
//! use ess_client::callback::autopsy::{Fault, Given, examine};
//!
//! let pasted = "'{\"encrypt\":\"7QH+cnoW/D03cwXgPIHc67cktuatLn5zXMJvl7cXHdA=\"}'\n";
//! let given = Given { pasted: pasted.as_bytes(), key: Some("0123456789abcdef0123456789ABCDEF"), ..Given::default() };
//!
//! let autopsy = examine(&given);
//!
//! assert_eq!(autopsy.fault, None);
//! assert_eq!(autopsy.plaintext, br#"{"MsgId":"m-32"}"#);
//! assert_eq!(autopsy.remarks[0].to_string(), "taken off: quotes around the body");
//!
//! let other_key = examine(&Given { key: Some("ABCDEF0123456789abcdef0123456789"), ..given });
//! assert_eq!(other_key.fault, Some(Fault::OtherKey { blocks: 2 }));
//! ```

mod blocks;
mod fault;
mod key;
mod paste;
mod plausible;
mod reading;
mod repair;
mod signature;

pub use fault::{Fault, Padding, Vector};
pub use key::KeyFault;
pub use paste::{Form, Remark};
pub use repair::{Change, Repair};
pub use signature::{Deviation, SignatureFinding};

use super::Generation;
use paste::Pasted;

/// What a person has in hand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Given<'a> {
    /// The body, as it was copied from wherever it stood.
    pub pasted: &'a [u8],
    /// The text of the console's key field.
    pub key: Option<&'a str>,
    /// The text of the console's token field.
    pub token: Option<&'a str>,
    /// The value of the header `Content-Signature`.
    pub signature: Option<&'a str>,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Autopsy {
    /// What had to be taken off or set right before there was a body, in that order; none of it hinders anybody here.
    pub remarks: Vec<Remark>,
    /// What the body is by its shape.
    pub form: Form,
    /// The body itself, without what was around it.
    pub body: Vec<u8>,
    /// Whether the signature is one of this body; `None` where there is no token or no signature to judge.
    pub signature: Option<SignatureFinding>,
    /// What keeps the body from being a message; `None` when it is one, or a probe.
    pub fault: Option<Fault>,
    /// The message; as far as it could be read where there is a fault.
    pub plaintext: Vec<u8>,
    /// Which generation of the platform sends such a body.
    pub generation: Option<Generation>,
    /// The body this one was probably copied from.
    pub repair: Option<Repair>,
}

impl Autopsy {
    /// Whether a receiver would take it: nothing is wrong with the body, and nothing with its signature.
    #[must_use]
    pub fn is_good(&self) -> bool {
        let signature = self.signature.as_ref();
        self.fault.is_none() && signature.is_none_or(|finding| *finding == SignatureFinding::Right)
    }
}

/// Looks at a body. The work is bounded by its length, and the same every time.
#[must_use]
pub fn examine(given: &Given<'_>) -> Autopsy {
    let pasted = Pasted::read(given.pasted);
    let header = given.signature.or(pasted.signature.as_deref());
    let mut autopsy = Autopsy {
        remarks: pasted.remarks.clone(),
        form: pasted.form,
        body: pasted.body.clone(),
        signature: None,
        fault: None,
        plaintext: Vec::new(),
        generation: None,
        repair: None,
    };
    match pasted.form {
        Form::Probe => {}
        Form::Plain => {
            autopsy.plaintext.clone_from(&pasted.body);
            autopsy.fault = reading::fault_of(&pasted.body);
        }
        Form::Junk => autopsy.fault = Some(Fault::NotSealed { begins: paste::beginning(&pasted.body) }),
        Form::Wrapped | Form::Bare => open(&mut autopsy, &pasted.text, given.key),
    }
    autopsy.generation = reading::generation(autopsy.form, &autopsy.plaintext);
    if let (Some(token), Some(header)) = (given.token, header) {
        let near = signature::Near {
            body: &autopsy.body,
            text: &pasted.text,
            plaintext: &autopsy.plaintext,
            key: given.key.unwrap_or_default(),
        };
        autopsy.signature = Some(signature::judge(&near, header, token));
    }
    autopsy
}

/// Decrypts the text into the autopsy, or says why that cannot be done.
fn open(autopsy: &mut Autopsy, text: &str, key: Option<&str>) {
    let Some(key) = key else {
        autopsy.fault = Some(Fault::KeyMissing);
        return;
    };
    let key = match key::read(key) {
        Ok((key, amended)) => {
            autopsy.remarks.extend(amended.map(Remark::Key));
            key
        }
        Err(fault) => {
            autopsy.fault = Some(Fault::Key(fault));
            return;
        }
    };
    let opened = blocks::open(text, &key);
    autopsy.remarks.extend(opened.remark);
    autopsy.plaintext = opened.plaintext;
    autopsy.fault = opened.fault;
    let may_be_a_copy = match &autopsy.fault {
        Some(
            Fault::Character { .. }
            | Fault::Damaged { .. }
            | Fault::Padding { .. }
            | Fault::NotJson { .. }
            | Fault::NotUtf8 { .. },
        ) => true,
        Some(
            Fault::KeyMissing
            | Fault::Key(_)
            | Fault::NotSealed { .. }
            | Fault::Length { .. }
            | Fault::OtherKey { .. }
            | Fault::OtherVector(_)
            | Fault::SealedTwice,
        )
        | None => false,
    };
    if may_be_a_copy {
        autopsy.repair = repair::find(text, &key, autopsy.form);
    }
}
