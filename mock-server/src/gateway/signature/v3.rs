//! TC3-HMAC-SHA256, read generously where official clients differ (wire): the service is the credential scope's, the
//! signed headers are the ones named, in that order, and Host counts with or without its port.

use std::borrow::Cow;

use ess_client::signature::v3;

use super::super::credential::V3Proof;
use super::super::headers::single;
use super::super::incoming::{Incoming, Method};
use super::autopsy::{Cause, Difference};
use super::calculation::Calculation;
use super::suspects::{Scene, suspects};
use super::{Autopsy, Rejection, same, without_port};

/// Checks the signature of a request whose timestamp has been found fresh.
pub(super) fn verify(
    incoming: &Incoming<'_>,
    proof: &V3Proof<'_>,
    secret_id: &str,
    secret_key: &str,
) -> Result<(), Rejection> {
    let date = v3::date(incoming.timestamp).unwrap_or_default();
    if proof.date != date {
        let finding = format!(
            "the credential scope says {}, but the UTC date of X-TC-Timestamp is {date}: a client that takes the local \
             date is wrong for some hours a day",
            proof.date
        );
        return Err(Autopsy::new(Cause::DateAgainstTimestamp, finding).into());
    }
    let headers = signed_headers(incoming, proof.signed_headers)?;
    let hashed_payload = hashed_payload(incoming);
    let scope = v3::credential_scope(proof.date, proof.service);
    let signing_key = v3::signing_key(secret_key, proof.date, proof.service);
    let sent = proof.signature.to_ascii_lowercase();

    for spelling in Spelling::all(incoming) {
        let request = canonical_request(incoming, &headers, &spelling, &hashed_payload);
        let string_to_sign = v3::string_to_sign(incoming.timestamp, &scope, &request);
        if same(&sent, &v3::signature(&signing_key, &string_to_sign)) {
            return Ok(());
        }
    }
    let scene = Scene { body: incoming.body, secret_id, declared_unsigned: is_declared_unsigned(incoming) };
    let calculations = Spelling::all(incoming).map(|spelling| {
        let lines = headers.iter().map(|(name, value)| ((*name).to_owned(), spelling.value(name, value).into_owned()));
        let of_scope = || (proof.date.to_owned(), proof.service.to_owned());
        Calculation {
            method: incoming.method.name(),
            query: spelling.query.to_owned(),
            lines: lines.collect(),
            names: proof.signed_headers.to_owned(),
            hashed_payload: hashed_payload.clone(),
            timestamp: incoming.timestamp,
            scope: of_scope(),
            derived_from: of_scope(),
            secret_key: secret_key.to_owned(),
        }
    });
    Err(explain(&calculations.collect::<Vec<_>>(), &scene, &sent).into())
}

/// Finds the mistake that explains the signature.
fn explain(calculations: &[Calculation], scene: &Scene<'_>, sent: &str) -> Autopsy {
    for ours in calculations {
        let found = suspects(ours, scene).into_iter().find(|suspect| same(sent, &suspect.calculation.signature()));
        if let Some(suspect) = found {
            let (request, string) = (ours.canonical_request(), ours.string_to_sign());
            let theirs = &suspect.calculation;
            let difference = Difference::between("canonical request", &request, &theirs.canonical_request())
                .or_else(|| Difference::between("string to sign", &string, &theirs.string_to_sign()));
            let others = calculations.iter().map(Calculation::canonical_request).filter(|one| *one != request);
            return Autopsy::new(suspect.cause, suspect.finding)
                .showing(&request, &string)
                .having_tried(others)
                .differing(difference);
        }
    }
    let finding = "no single mistake known here explains the signature: the secret key is most likely another one; compare \
                   the texts below with those the client signed";
    let shown = calculations.first().map(|ours| (ours.canonical_request(), ours.string_to_sign())).unwrap_or_default();
    let others = calculations.iter().skip(1).map(Calculation::canonical_request);
    Autopsy::new(Cause::Key, finding).showing(&shown.0, &shown.1).having_tried(others)
}

/// A header as the client says to have signed it: the name as spelled there, the value as it arrived.
type SignedHeader<'a> = (&'a str, &'a str);

fn signed_headers<'a>(incoming: &Incoming<'a>, names: &'a str) -> Result<Vec<SignedHeader<'a>>, Rejection> {
    let value_of = |name: &'a str| match single(incoming.headers, &name.to_ascii_lowercase(), name) {
        Ok(Some(value)) => Ok((name, value)),
        Ok(None) if name.eq_ignore_ascii_case("host") => Ok((name, incoming.host)),
        // The Node SDK signs the Content-Type of a GET; a client may sign an empty one.
        Ok(None) if incoming.headers.contains_key(name) => Ok((name, "")),
        Ok(None) => {
            let finding = format!("SignedHeaders names `{name}`, which the request does not have");
            Err(Autopsy::new(Cause::HeaderOrder, finding).into())
        }
        Err(fault) => Err(Rejection::from(fault)),
    };
    names.split(';').map(value_of).collect()
}

/// A GET has no payload (wire); a POST may declare its body unsigned.
fn hashed_payload(incoming: &Incoming<'_>) -> String {
    if is_declared_unsigned(incoming) {
        return v3::unsigned_payload();
    }
    match incoming.method {
        Method::Get => v3::hashed_payload(b""),
        Method::Post => v3::hashed_payload(incoming.body),
    }
}

fn is_declared_unsigned(incoming: &Incoming<'_>) -> bool {
    let declared = incoming.headers.get("x-tc-content-sha256");
    declared.is_some_and(|value| value.as_bytes() == v3::UNSIGNED_PAYLOAD.as_bytes())
}

/// One of the ways in which clients spell the same request before they sign it.
struct Spelling<'a> {
    host: &'a str,
    query: &'a str,
    /// The specification wants all values in lower case; official clients sign Host and Content-Type as they send them.
    lower_case: bool,
}

impl<'a> Spelling<'a> {
    /// All spellings, the most frequent first, without repetitions that would cost a hash for nothing.
    fn all(incoming: &Incoming<'a>) -> impl Iterator<Item = Self> + use<'a> {
        // page TC3-HMAC-SHA256: the query of a POST is always signed as empty. Some sign the one they send.
        let (query, other_query) = match incoming.method {
            Method::Get => (incoming.query, None),
            Method::Post => ("", Some(incoming.query).filter(|query| !query.is_empty())),
        };
        let content_type = incoming.content_type.unwrap_or_default();
        let has_upper_case = |text: &str| text.bytes().any(|byte| byte.is_ascii_uppercase());
        let lower_case_differs = has_upper_case(incoming.host) || has_upper_case(content_type);

        let hosts = [Some(incoming.host), without_port(incoming.host)].into_iter().flatten();
        let queries = [Some(query), other_query];
        hosts.flat_map(move |host| {
            queries.into_iter().flatten().flat_map(move |query| {
                let cases = [Some(false), lower_case_differs.then_some(true)].into_iter().flatten();
                cases.map(move |lower_case| Self { host, query, lower_case })
            })
        })
    }

    fn value<'v>(&'v self, name: &str, value: &'v str) -> Cow<'v, str> {
        let value = if name.eq_ignore_ascii_case("host") { self.host } else { value };
        // The one client that signs X-TC-Action signs it in lower case (wire), as the specification has it.
        if self.lower_case || name.eq_ignore_ascii_case("x-tc-action") {
            Cow::Owned(value.to_lowercase())
        } else {
            Cow::Borrowed(value)
        }
    }
}

fn canonical_request(
    incoming: &Incoming<'_>,
    headers: &[SignedHeader<'_>],
    spelling: &Spelling<'_>,
    hashed_payload: &str,
) -> String {
    let values: Vec<_> = headers.iter().map(|(name, value)| (*name, spelling.value(name, value))).collect();
    let headers: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_ref())).collect();
    v3::canonical_request(incoming.method.name(), "/", spelling.query, &headers, hashed_payload)
}
