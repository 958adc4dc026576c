//! From head and body to an [`Incoming`]: which generation, which method, which form, and the common parameters.

use std::borrow::Cow;

use http::request::Parts;

use super::fault::Fault;
use super::headers::single;
use super::incoming::{Incoming, Method, Params, Protocol};
use super::language::Language;
use super::{multipart, pairs};

/// Reads a request that has arrived completely.
pub fn read<'a>(head: &'a Parts, body: &'a [u8]) -> Result<Incoming<'a>, Fault> {
    let method = method(head)?;
    let content_type = single(&head.headers, "content-type", "Content-Type")?;
    let form = form(method, content_type);
    let query = head.uri.query().unwrap_or_default();
    let protocol = protocol(head, form);
    let params = match form {
        Form::Query => Params::Pairs(pairs::decode(query)?),
        Form::UrlEncoded => Params::Pairs(pairs::decode(as_text(body)?)?),
        Form::Multipart => Params::Parts(multipart::split(content_type.unwrap_or_default(), body)?),
        Form::Json => Params::Json(body),
    };

    let common = Common { head, protocol, params: &params };
    // Without any common parameter the vendor asks for the timestamp first (issue
    // TencentCloud/tencentcloud-sdk-nodejs#99); the rest of the order is ASSUMED.
    let timestamp = common.required("Timestamp")?;
    let timestamp = timestamp.parse().map_err(|_| Fault::WrongType { path: "Timestamp".into() })?;
    let action = common.required("Action")?;
    let version = common.required("Version")?;
    let region = common.value("Region")?;
    if region.as_deref().is_some_and(|region| !looks_like_a_region(region)) {
        return Err(Fault::BadRegion);
    }
    let language = common.value("Language")?.map_or(Language::English, |tag| Language::from_tag(&tag));
    let token = common.value("Token")?;

    Ok(Incoming {
        protocol,
        method,
        action,
        version,
        timestamp,
        region,
        language,
        token,
        host: host(head)?,
        content_type,
        headers: &head.headers,
        query,
        body,
        params,
    })
}

/// The form the parameters come in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Query,
    Json,
    UrlEncoded,
    Multipart,
}

fn method(head: &Parts) -> Result<Method, Fault> {
    match head.method {
        http::Method::GET => Ok(Method::Get),
        http::Method::POST => Ok(Method::Post),
        _ => Err(Fault::UnsupportedMethod),
    }
}

/// A body is JSON unless its Content-Type says that it is a form: clients written by hand often forget the header, and
/// the signature covers it anyway (ASSUMED).
fn form(method: Method, content_type: Option<&str>) -> Form {
    let media_type = content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    match method {
        Method::Get => Form::Query,
        Method::Post if media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded") => Form::UrlEncoded,
        Method::Post if media_type.eq_ignore_ascii_case("multipart/form-data") => Form::Multipart,
        Method::Post => Form::Json,
    }
}

/// A request of the older generation has none of the newer one's headers, and pairs to carry the common parameters in
/// (wire). Whatever else is without these headers lacks them.
fn protocol(head: &Parts, form: Form) -> Protocol {
    let has = |name: &str| head.headers.contains_key(name);
    let newer = has("x-tc-action") || has("x-tc-version") || has("x-tc-timestamp") || has("authorization");
    match form {
        Form::Query | Form::UrlEncoded if !newer => Protocol::V1,
        Form::Query | Form::UrlEncoded | Form::Json | Form::Multipart => Protocol::V3,
    }
}

/// The Host header; HTTP stacks that put it into the request target instead are understood too.
fn host(head: &Parts) -> Result<&str, Fault> {
    let in_header = single(&head.headers, "host", "Host")?;
    Ok(in_header.or_else(|| head.uri.authority().map(http::uri::Authority::as_str)).unwrap_or_default())
}

fn as_text(body: &[u8]) -> Result<&str, Fault> {
    std::str::from_utf8(body).map_err(|_| Fault::NotUtf8 { name: "body".into() })
}

/// No list of regions is published for these products and clients send any; only what cannot be one is refused.
fn looks_like_a_region(region: &str) -> bool {
    region.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Common parameters by name, wherever this generation keeps them.
struct Common<'a, 'p> {
    head: &'a Parts,
    protocol: Protocol,
    params: &'p Params<'a>,
}

impl<'a> Common<'a, '_> {
    fn value(&self, name: &'static str) -> Result<Option<Cow<'a, str>>, Fault> {
        match (self.protocol, self.params) {
            (Protocol::V3, _) => Ok(single(&self.head.headers, header_of(name), name)?.map(Cow::Borrowed)),
            (Protocol::V1, Params::Pairs(pairs)) => {
                let found = pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
                Ok(found.filter(|value| !value.is_empty()))
            }
            (Protocol::V1, Params::Json(_) | Params::Parts(_)) => Ok(None),
        }
    }

    fn required(&self, name: &'static str) -> Result<Cow<'a, str>, Fault> {
        self.value(name)?.ok_or_else(|| Fault::Missing { name: name.to_owned() })
    }
}

fn header_of(name: &'static str) -> &'static str {
    match name {
        "Action" => "x-tc-action",
        "Version" => "x-tc-version",
        "Timestamp" => "x-tc-timestamp",
        "Region" => "x-tc-region",
        "Language" => "x-tc-language",
        "Token" => "x-tc-token",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(headers: &[(&str, &str)]) -> Parts {
        request("POST", "/", headers)
    }

    fn request(method: &str, target: &str, headers: &[(&str, &str)]) -> Parts {
        let mut request = http::Request::builder().method(method).uri(target);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(()).unwrap().into_parts().0
    }

    const JSON: [(&str, &str); 5] = [
        ("Host", "http://127.0.0.1:8480"),
        ("Content-Type", "application/json; charset=utf-8"),
        ("X-Tc-Action", "DescribeFlowInfo"),
        ("x-tc-version", "2020-11-11"),
        ("X-TC-TIMESTAMP", "1700000000"),
    ];

    #[test]
    fn a_json_call_is_read_whatever_the_case_of_its_headers() {
        let head = post(&JSON);
        let incoming = read(&head, b"{}").unwrap();

        assert_eq!(incoming.protocol, Protocol::V3);
        assert_eq!(incoming.action, "DescribeFlowInfo");
        assert_eq!(incoming.version, "2020-11-11");
        assert_eq!(incoming.timestamp, 1_700_000_000);
        assert_eq!(incoming.host, "http://127.0.0.1:8480");
        assert!(matches!(incoming.params, Params::Json(b"{}")));
    }

    #[test]
    fn an_empty_region_is_no_region_and_an_impossible_one_is_refused() {
        let with_region = |region: &'static str| {
            let mut headers = JSON.to_vec();
            headers.push(("X-TC-Region", region));
            let head = post(&headers);
            read(&head, b"").map(|incoming| incoming.region.map(Cow::into_owned))
        };

        assert_eq!(with_region(""), Ok(None));
        assert_eq!(with_region("ap-guangzhou"), Ok(Some("ap-guangzhou".into())));
        assert_eq!(with_region("Guangzhou!"), Err(Fault::BadRegion));
    }

    #[test]
    fn a_request_that_says_nothing_is_asked_for_its_timestamp() {
        for head in [request("GET", "/", &[]), post(&[])] {
            assert_eq!(read(&head, b"").unwrap_err(), Fault::Missing { name: "Timestamp".into() });
        }
    }

    #[test]
    fn each_missing_common_parameter_is_named() {
        for (header, name) in [("X-Tc-Action", "Action"), ("x-tc-version", "Version"), ("X-TC-TIMESTAMP", "Timestamp")]
        {
            let headers: Vec<_> = JSON.into_iter().filter(|(key, _)| *key != header).collect();
            assert_eq!(read(&post(&headers), b"{}").unwrap_err(), Fault::Missing { name: name.into() });
        }
    }

    #[test]
    fn a_header_given_twice_is_refused() {
        let mut headers = JSON.to_vec();
        headers.push(("X-TC-Action", "CancelFlow"));

        assert_eq!(read(&post(&headers), b"{}").unwrap_err(), Fault::Repeated { name: "Action".into() });
    }

    #[test]
    fn the_older_generation_carries_everything_in_the_query_or_the_form() {
        let pairs = "Action=DescribeFlowInfo&Version=2020-11-11&Timestamp=1700000000&Language=zh-CN&FlowIds.0=a";
        let get = request("GET", &format!("/?{pairs}"), &[("Host", "127.0.0.1:8480")]);
        let form = post(&[("Content-Type", "application/x-www-form-urlencoded")]);

        for incoming in [read(&get, b"").unwrap(), read(&form, pairs.as_bytes()).unwrap()] {
            assert_eq!(incoming.protocol, Protocol::V1);
            assert_eq!(incoming.action, "DescribeFlowInfo");
            assert_eq!(incoming.language, Language::Chinese);
        }
    }

    #[test]
    fn a_form_may_come_with_the_newer_headers_too() {
        let mut headers = JSON.to_vec();
        headers[1].1 = "application/x-www-form-urlencoded";
        let head = post(&headers);
        let incoming = read(&head, b"FlowIds.0=a").unwrap();

        assert_eq!(incoming.protocol, Protocol::V3);
        assert!(matches!(incoming.params, Params::Pairs(ref pairs) if pairs.len() == 1));
    }

    #[test]
    fn a_timestamp_that_is_no_number_has_the_wrong_type() {
        let mut headers = JSON.to_vec();
        headers[4].1 = "yesterday";

        assert_eq!(read(&post(&headers), b"{}").unwrap_err(), Fault::WrongType { path: "Timestamp".into() });
    }

    #[test]
    fn only_get_and_post_are_served() {
        assert_eq!(read(&request("PUT", "/", &JSON), b"{}").unwrap_err(), Fault::UnsupportedMethod);
    }
}
