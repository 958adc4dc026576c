//! The mistakes clients make when they sign, one at a time: whichever explains the signature that came is the cause.
//!
//! Tried only when a signature did not match. Every suspect is the server's own calculation with one thing changed; that the
//! changed one gives the client's signature proves what the client did.

use ess_client::signature::v3;
use ess_schemas::Service;

use super::autopsy::Cause;
use super::calculation::Calculation;

/// Bodies longer than this are not rewritten to find out how a client spelled them.
const LONGEST_REWRITTEN: usize = 256 * 1024;
/// Up to so many headers are tried in every order.
const MOST_REORDERED: usize = 4;
/// How far apart a client may read its clock twice, in seconds.
const SECOND_READING: i64 = 5;

/// Something a client may have done, and the calculation it then made.
pub(super) struct Suspect {
    pub(super) cause: Cause,
    pub(super) finding: String,
    pub(super) calculation: Calculation,
}

/// What is known of the request beside the calculation.
pub(super) struct Scene<'a> {
    pub(super) body: &'a [u8],
    pub(super) secret_id: &'a str,
    pub(super) declared_unsigned: bool,
}

/// Every suspect, the likeliest first.
pub(super) fn suspects(base: &Calculation, scene: &Scene<'_>) -> Vec<Suspect> {
    let mut all = Vec::new();
    hosts(base, &mut all);
    content_types(base, &mut all);
    header_orders(base, &mut all);
    payloads(base, scene, &mut all);
    dates(base, &mut all);
    services(base, &mut all);
    keys(base, scene.secret_id, &mut all);
    all
}

fn hosts(base: &Calculation, all: &mut Vec<Suspect>) {
    let sent = value_of(base, "host").unwrap_or_default().to_owned();
    let port = sent.rsplit_once(':').map(|(_, port)| port.to_owned());
    let mut hosts: Vec<String> = Vec::new();
    for service in Service::ALL {
        let name = service.name();
        hosts.extend([
            format!("{name}.tencentcloudapi.com"),
            format!("{name}.ap-guangzhou.tencentcloudapi.com"),
            format!("{name}.test.ess.tencent.cn"),
        ]);
    }
    hosts.push("file.test.ess.tencent.cn".to_owned());
    for name in ["localhost", "127.0.0.1", "0.0.0.0", "host.docker.internal"] {
        hosts.push(name.to_owned());
        hosts.extend(port.as_ref().map(|port| format!("{name}:{port}")));
    }
    hosts.extend([format!("http://{sent}"), format!("https://{sent}"), format!("{sent}/"), String::new()]);
    for host in hosts {
        let finding = format!("the client signed the Host `{host}` and sent `{sent}`: sign the address that is called");
        push(all, Cause::Host, finding, base.with_value("host", &host));
    }
}

fn content_types(base: &Calculation, all: &mut Vec<Suspect>) {
    let sent = value_of(base, "content-type").unwrap_or_default().to_owned();
    let bare = sent.split(';').next().unwrap_or_default().trim().to_owned();
    let mut types = vec![bare.clone(), String::new()];
    for kind in [bare.as_str(), "application/json", "application/x-www-form-urlencoded", "multipart/form-data"] {
        types.push(kind.to_owned());
        for charset in ["; charset=utf-8", ";charset=utf-8", "; charset=UTF-8", ";charset=UTF-8"] {
            types.push(format!("{kind}{charset}"));
        }
    }
    for kind in types {
        let finding = format!(
            "the client signed the Content-Type `{kind}` and sent `{sent}`: many HTTP libraries add the charset"
        );
        push(all, Cause::ContentTypeCharset, finding, base.with_value("content-type", &kind));
    }
}

fn header_orders(base: &Calculation, all: &mut Vec<Suspect>) {
    let listed: Vec<&str> = base.lines.iter().map(|(name, _)| name.as_str()).collect();
    let mut orders = permutations(base.lines.len());
    if orders.is_empty() {
        let mut sorted: Vec<usize> = (0..base.lines.len()).collect();
        sorted.sort_by(|a, b| base.lines[*a].0.cmp(&base.lines[*b].0));
        orders.push(sorted);
    }
    for order in orders {
        let lines: Vec<_> = order.iter().map(|place| base.lines[*place].clone()).collect();
        if lines == base.lines {
            continue;
        }
        let names: Vec<&str> = lines.iter().map(|(name, _)| name.as_str()).collect();
        let names = names.join(";");
        let finding = format!(
            "SignedHeaders says {}, and the client signed {names}: both must have the same order",
            listed.join(";")
        );
        let changed = Calculation { lines, ..base.clone() };
        push(all, Cause::HeaderOrder, finding.clone(), Some(Calculation { names, ..changed.clone() }));
        push(all, Cause::HeaderOrder, finding, Some(changed));
    }
    for left_out in 0..base.lines.len() {
        let mut changed = base.clone();
        let (name, _) = changed.lines.remove(left_out);
        let finding = format!("SignedHeaders names `{name}`, and the client did not sign that header");
        push(all, Cause::HeaderOrder, finding, Some(changed));
    }
}

/// Every order of so few things; none of more.
fn permutations(count: usize) -> Vec<Vec<usize>> {
    if count > MOST_REORDERED {
        return Vec::new();
    }
    let mut all: Vec<Vec<usize>> = vec![Vec::new()];
    for place in 0..count {
        let longer = |order: Vec<usize>| {
            (0..=order.len()).map(move |at| {
                let mut order = order.clone();
                order.insert(at, place);
                order
            })
        };
        all = all.into_iter().flat_map(longer).collect();
    }
    all
}

fn payloads(base: &Calculation, scene: &Scene<'_>, all: &mut Vec<Suspect>) {
    let mut hash = |what: &str, hashed: String| {
        if hashed != base.hashed_payload {
            let finding = format!("the client signed {what} instead of the bytes it sent: hash exactly what goes out");
            push(all, Cause::PayloadHash, finding, Some(Calculation { hashed_payload: hashed, ..base.clone() }));
        }
    };
    hash("an empty body", v3::hashed_payload(b""));
    hash("the body `{}`", v3::hashed_payload(b"{}"));
    hash("the hash in capitals", base.hashed_payload.to_ascii_uppercase());
    if scene.declared_unsigned {
        hash("the body, though X-TC-Content-SHA256 says UNSIGNED-PAYLOAD,", v3::hashed_payload(scene.body));
    } else {
        hash("UNSIGNED-PAYLOAD without the header X-TC-Content-SHA256", v3::unsigned_payload());
    }
    if scene.body.len() > LONGEST_REWRITTEN {
        return;
    }
    hash("the body without the space around it", v3::hashed_payload(scene.body.trim_ascii()));
    hash("the body and a newline", v3::hashed_payload(&[scene.body, b"\n"].concat()));
    for (what, text) in super::respelled::spellings(scene.body) {
        hash(what, v3::hashed_payload(text.as_bytes()));
    }
}

fn dates(base: &Calculation, all: &mut Vec<Suspect>) {
    let days = [-86_400, 86_400].into_iter().filter_map(|by| v3::date(base.timestamp.saturating_add(by)));
    for day in days.filter(|day| *day != base.scope.0) {
        let finding = |what: &str| {
            format!("{what} {day}, and the UTC date of X-TC-Timestamp is {}: take the UTC date, once", base.scope.0)
        };
        let derived = (day.clone(), base.derived_from.1.clone());
        let scope = (day.clone(), base.scope.1.clone());
        let keyed = Calculation { derived_from: derived.clone(), ..base.clone() };
        push(all, Cause::DateAgainstTimestamp, finding("the client derived its key for"), Some(keyed));
        let scoped = Calculation { scope: scope.clone(), ..base.clone() };
        push(all, Cause::DateAgainstTimestamp, finding("the scope the client signed says"), Some(scoped));
        let both = Calculation { derived_from: derived, scope, ..base.clone() };
        push(all, Cause::DateAgainstTimestamp, finding("the client signed for"), Some(both));
    }
    let near = (-SECOND_READING..=SECOND_READING).filter(|by| *by != 0).map(|by| base.timestamp.saturating_add(by));
    for timestamp in near.chain([base.timestamp.saturating_mul(1000)]) {
        let finding = format!(
            "the client signed the time {timestamp} and sent X-TC-Timestamp {}: read the clock once",
            base.timestamp
        );
        push(all, Cause::DateAgainstTimestamp, finding, Some(Calculation { timestamp, ..base.clone() }));
    }
}

fn services(base: &Calculation, all: &mut Vec<Suspect>) {
    let host = value_of(base, "host").unwrap_or_default();
    let label = host.split(['.', ':']).next().unwrap_or_default();
    for service in ["ess", "essbasic", "file", "tc3_request", "tencentcloud", "cvm", label, ""] {
        if service == base.scope.1 {
            continue;
        }
        let finding =
            |what: &str| format!("{what} the service `{service}`, and the credential scope says `{}`", base.scope.1);
        let derived = (base.derived_from.0.clone(), service.to_owned());
        let scope = (base.scope.0.clone(), service.to_owned());
        let keyed = Calculation { derived_from: derived.clone(), ..base.clone() };
        push(all, Cause::Service, finding("the client derived its key for"), Some(keyed));
        let scoped = Calculation { scope: scope.clone(), ..base.clone() };
        push(all, Cause::Service, finding("the scope the client signed names"), Some(scoped));
        let both = Calculation { derived_from: derived, scope, ..base.clone() };
        push(all, Cause::Service, finding("the client signed for"), Some(both));
    }
}

fn keys(base: &Calculation, secret_id: &str, all: &mut Vec<Suspect>) {
    let secret = &base.secret_key;
    let variants = [
        (format!("{secret}\n"), "with a newline behind it"),
        (format!("{secret}\r\n"), "with a line end behind it"),
        (format!("{secret} "), "with a blank behind it"),
        (format!(" {secret}"), "with a blank before it"),
        (format!("\"{secret}\""), "in quotation marks"),
        (format!("TC3{secret}"), "with TC3 before it twice"),
        (secret.to_ascii_lowercase(), "in small letters"),
        (secret_id.to_owned(), "replaced by the SecretId"),
        (String::new(), "empty"),
    ];
    for (secret_key, how) in variants.into_iter().filter(|(changed, _)| changed != secret) {
        let finding = format!("the client signed with the secret key {how}");
        push(all, Cause::Key, finding, Some(Calculation { secret_key, ..base.clone() }));
    }
}

fn value_of<'a>(base: &'a Calculation, name: &str) -> Option<&'a str> {
    base.lines.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

fn push(all: &mut Vec<Suspect>, cause: Cause, finding: String, calculation: Option<Calculation>) {
    all.extend(calculation.map(|calculation| Suspect { cause, finding, calculation }));
}
