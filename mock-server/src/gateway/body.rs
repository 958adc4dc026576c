//! Reading a body without ever holding more of it than is allowed.
//!
//! Content-Length is believed before a byte is read; a body without one is cut off when it grows too large. A client
//! that is still sending must be let finish before it looks for the answer (most write everything first), so what is
//! not wanted is read and thrown away, up to a bound; then the connection is closed behind the answer.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use ess_schemas::contract::ActionContract;
use http::header::{CONTENT_LENGTH, EXPECT};
use http::request::Parts;
use http_body::Body;
use http_body_util::BodyExt;

use super::fault::Fault;
use super::product;

/// Longest query of a GET (page request-structure: 32 KB).
pub const GET_LIMIT: usize = 32 * 1024;

/// Largest body signed by the older method (page request-structure: 1 MB).
pub const OLD_SIGNATURE_LIMIT: usize = 1024 * 1024;

/// Largest body of an action that is not known (page request-structure: 10 MB).
pub const POST_LIMIT: usize = 10 * 1024 * 1024;

/// How much of an unwanted body is thrown away before we stop listening: more than any client here sends.
const DRAIN_LIMIT: u64 = 256 * 1024 * 1024;

/// How long we go on throwing away before we answer anyway.
const DRAIN_TIME: Duration = Duration::from_secs(30);

/// How long a client may take between two pieces of its body (ASSUMED: the vendor's server time-out, 30 s).
const PATIENCE: Duration = Duration::from_secs(30);

/// Reserved at once for a body that announces its length; the rest as it arrives, or an announcement alone would cost
/// memory.
const FIRST_RESERVE: usize = 256 * 1024;

/// Why there is no body to work with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// The request is refused. The answer must close the connection.
    Refused(Fault),
    /// The client has hung up or fallen silent: there is nobody to answer.
    Gone,
}

/// The most bytes this request may have, told from its head.
pub fn limit(head: &Parts) -> usize {
    if !head.headers.contains_key("x-tc-action") {
        return OLD_SIGNATURE_LIMIT;
    }
    announced_action(head).map_or(POST_LIMIT, |contract| contract.body_limit)
}

/// The action the headers name, before anything is read; older signatures name it in the parameters.
pub fn announced_action(head: &Parts) -> Option<&'static ActionContract> {
    let text = |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let (action, version) = (text("x-tc-action")?, text("x-tc-version")?);
    product::contract(version, action).ok()
}

/// Reads the body of a request.
pub async fn read<B>(head: &Parts, mut body: B) -> Result<Bytes, Unread>
where
    B: Body<Data = Bytes> + Unpin,
{
    if let Err(fault) = query_fits(head) {
        drain(head, body, 0).await?;
        return Err(Unread::Refused(fault));
    }
    let limit = limit(head);
    let announced = announced(head);
    if announced.is_some_and(|length| length > limit as u64) {
        let size = announced.unwrap_or_default();
        drain(head, body, 0).await?;
        return Err(Unread::Refused(too_large(head, limit, size)));
    }

    let expected = announced.and_then(|length| usize::try_from(length).ok()).unwrap_or_default();
    let mut read = BytesMut::with_capacity(expected.min(FIRST_RESERVE));
    while let Some(piece) = next(&mut body).await? {
        if read.is_empty() && piece.len() == expected {
            // The usual small body comes in one piece: no copy.
            return Ok(piece);
        }
        if read.len() + piece.len() > limit {
            let size = read.len() as u64 + piece.len() as u64;
            drop(read);
            let thrown_away = drain(head, body, size).await?;
            return Err(Unread::Refused(too_large(head, limit, thrown_away)));
        }
        read.extend_from_slice(&piece);
    }
    Ok(read.freeze())
}

fn query_fits(head: &Parts) -> Result<(), Fault> {
    let size = head.uri.query().map_or(0, str::len);
    if size > GET_LIMIT { Err(Fault::TooLarge { limit: GET_LIMIT, size: size as u64 }) } else { Ok(()) }
}

/// An old signature is refused for its size in words of its own (issue TencentCloud/tencentcloud-sdk-dotnet#75).
fn too_large(head: &Parts, limit: usize, size: u64) -> Fault {
    if head.headers.contains_key("x-tc-action") {
        Fault::TooLarge { limit, size }
    } else {
        Fault::TooLargeForOldSignature
    }
}

fn announced(head: &Parts) -> Option<u64> {
    head.headers.get(CONTENT_LENGTH)?.to_str().ok()?.trim().parse().ok()
}

/// The next piece of data; trailers are of no interest.
async fn next<B>(body: &mut B) -> Result<Option<Bytes>, Unread>
where
    B: Body<Data = Bytes> + Unpin,
{
    loop {
        match tokio::time::timeout(PATIENCE, body.frame()).await {
            Err(_) | Ok(Some(Err(_))) => return Err(Unread::Gone),
            Ok(None) => return Ok(None),
            Ok(Some(Ok(frame))) => {
                if let Ok(piece) = frame.into_data() {
                    return Ok(Some(piece));
                }
            }
        }
    }
}

/// Reads on and throws away, so that a client which writes first and reads afterwards gets its answer. Gives the size
/// seen in all. A client that waits for `100 Continue` has not begun to send and is answered at once.
async fn drain<B>(head: &Parts, mut body: B, already: u64) -> Result<u64, Unread>
where
    B: Body<Data = Bytes> + Unpin,
{
    let mut seen = already;
    if head.headers.contains_key(EXPECT) && already == 0 {
        return Ok(seen);
    }
    let listening = async {
        while seen <= DRAIN_LIMIT {
            match next(&mut body).await? {
                Some(piece) => seen += piece.len() as u64,
                None => break,
            }
        }
        Ok(())
    };
    match tokio::time::timeout(DRAIN_TIME, listening).await {
        Ok(Err(gone)) => Err(gone),
        Ok(Ok(())) | Err(_) => Ok(seen),
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use http_body::Frame;

    use super::*;

    /// A body of `pieces` equal pieces that counts how many were taken.
    struct Pieces {
        left: usize,
        size: usize,
        taken: std::sync::Arc<std::sync::atomic::AtomicUsize>,
    }

    impl Body for Pieces {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
            if self.left == 0 {
                return Poll::Ready(None);
            }
            self.left -= 1;
            self.taken.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            Poll::Ready(Some(Ok(Frame::data(Bytes::from(vec![b' '; self.size])))))
        }
    }

    fn pieces(left: usize, size: usize) -> (Pieces, std::sync::Arc<std::sync::atomic::AtomicUsize>) {
        let taken = std::sync::Arc::default();
        (Pieces { left, size, taken: std::sync::Arc::clone(&taken) }, taken)
    }

    fn head(headers: &[(&str, &str)]) -> Parts {
        let mut request = http::Request::post("/");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(()).unwrap().into_parts().0
    }

    const CALL: [(&str, &str); 2] = [("x-tc-action", "DescribeFlowInfo"), ("x-tc-version", "2020-11-11")];
    const MB: usize = 1024 * 1024;

    #[test]
    fn an_upload_may_be_far_larger_than_other_calls() {
        let of = |action| limit(&head(&[("x-tc-action", action), ("x-tc-version", "2020-11-11")]));

        assert!(of("UploadFiles") >= 80 * MB, "60 MB of file are 80 MB of base64");
        assert_eq!(of("DescribeFlowInfo"), 10 * MB);
        assert_eq!(of("NoSuchAction"), 10 * MB);
        assert_eq!(limit(&head(&[])), MB);
    }

    #[tokio::test]
    async fn a_body_within_the_limit_is_read_whole() {
        let (body, _) = pieces(3, 7);
        assert_eq!(read(&head(&CALL), body).await.unwrap().len(), 21);
    }

    #[tokio::test]
    async fn a_body_that_announces_too_much_is_refused_by_its_announcement() {
        let (body, _) = pieces(4, 100);
        let announced = head(&[CALL[0], CALL[1], ("content-length", "104857600")]);

        let refused = read(&announced, body).await.unwrap_err();

        assert_eq!(refused, Unread::Refused(Fault::TooLarge { limit: 10 * MB, size: 100 * MB as u64 }));
    }

    #[tokio::test]
    async fn a_body_that_announces_nothing_is_cut_off_and_the_client_let_finish() {
        let (body, taken) = pieces(20, MB);

        let refused = read(&head(&CALL), body).await.unwrap_err();

        assert_eq!(refused, Unread::Refused(Fault::TooLarge { limit: 10 * MB, size: 20 * MB as u64 }));
        assert_eq!(taken.load(std::sync::atomic::Ordering::Relaxed), 20);
    }

    #[tokio::test]
    async fn an_endless_body_is_not_listened_to_for_ever() {
        let (body, taken) = pieces(usize::MAX, 64 * MB);

        assert!(matches!(read(&head(&CALL), body).await, Err(Unread::Refused(_))));
        assert!(taken.load(std::sync::atomic::Ordering::Relaxed) <= 6);
    }

    #[tokio::test]
    async fn a_client_that_waits_for_permission_to_send_is_answered_at_once() {
        let (body, taken) = pieces(1, MB);
        let waiting = head(&[CALL[0], CALL[1], ("content-length", "104857600"), ("expect", "100-continue")]);

        assert!(matches!(read(&waiting, body).await, Err(Unread::Refused(_))));
        assert_eq!(taken.load(std::sync::atomic::Ordering::Relaxed), 0);
    }

    #[tokio::test]
    async fn an_old_signature_is_told_to_use_the_new_one_above_a_megabyte() {
        let (body, _) = pieces(2, MB);

        assert_eq!(read(&head(&[]), body).await, Err(Unread::Refused(Fault::TooLargeForOldSignature)));
    }

    #[tokio::test]
    async fn a_query_over_32_kb_is_refused() {
        let target = format!("/?A={}", "x".repeat(GET_LIMIT));
        let head = http::Request::get(target).body(()).unwrap().into_parts().0;
        let (body, _) = pieces(0, 0);

        assert_eq!(
            read(&head, body).await,
            Err(Unread::Refused(Fault::TooLarge { limit: GET_LIMIT, size: GET_LIMIT as u64 + 2 }))
        );
    }
}
