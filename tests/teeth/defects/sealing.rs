//! Callbacks that are not encrypted or signed as they must be.

use super::defect;
use crate::defect::{Defect, Trick};
use crate::proxy::letter::{Letter, Seal, Signature};

pub(super) fn defects() -> Vec<Defect> {
    vec![
        sealed("not_encrypted", "messages are not encrypted", Seal::Plain),
        sealed("wrong_key", "messages are encrypted with another key", Seal::WrongKey),
        sealed("wrong_vector", "messages are encrypted with a vector of zeros", Seal::WrongVector),
        sealed("bare_text", "messages come as bare base64", Seal::Bare),
        sealed("cut_off", "messages are cut off", Seal::CutOff),
        signed("not_signed", "messages are not signed", Signature::Missing),
        signed("wrong_token", "messages are signed with another token", Signature::WrongToken),
        signed("signed_before_encryption", "the message is signed and not the body", Signature::OfTheMessage),
        signed("signature_without_algorithm", "signatures do not name their algorithm", Signature::Unnamed),
        defect(
            "content_type_of_text",
            "messages come as plain text",
            Trick::Posted(Box::new(|letter| vec![Letter { content_type: "text/plain".to_owned(), ..letter.clone() }])),
        ),
    ]
}

fn sealed(name: &'static str, says: &'static str, seal: Seal) -> Defect {
    defect(name, says, Trick::Posted(Box::new(move |letter| vec![Letter { seal, ..letter.clone() }])))
}

fn signed(name: &'static str, says: &'static str, signature: Signature) -> Defect {
    defect(name, says, Trick::Posted(Box::new(move |letter| vec![Letter { signature, ..letter.clone() }])))
}
