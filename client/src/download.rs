//! Files behind the links that `DescribeFileUrls` and its like answer.
//!
//! ```no_run
//! use ess_client::download::Download;
//! use ess_client::schemas::ess;
//! use ess_client::{Client, Credentials};
//!
//! # async fn example(client: Client, operator: ess::UserInfo) -> Result<(), Box<dyn std::error::Error>> {
//! let request = ess::DescribeFileUrlsRequest {
//!     operator,
//!     business_type: "FLOW".into(),
//!     business_ids: vec!["yD...".into()],
//!     file_type: Some("PDF".into()),
//!     ..Default::default()
//! };
//! let reply = client.call(&request).await?;
//! let link = reply.file_urls.first().ok_or("no file")?;
//!
//! let mut file = tokio::fs::File::create("contract.pdf").await?;
//! let downloaded = client.download(&Download::of(&link.url), &mut file).await?;
//! println!("{} bytes, SHA-256 {}", downloaded.size, downloaded.sha256_hex());
//! # Ok(())
//! # }
//! ```
//!
//! A link is good for minutes, and whoever has it has the file: no error and no span quotes one. (api DescribeFileUrls: UrlTtl)

use std::io;
use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use reqwest::{Response, Url};
use sha2::{Digest, Sha256};
use thiserror::Error;
use tokio::io::{AsyncWrite, AsyncWriteExt};
use tracing::Instrument;

use crate::transport::transport_fault;
use crate::{Client, ErrorKind, spans};

/// How much of an answer that is no file an error quotes, in bytes.
const EXCERPT: usize = 200;

/// A file to be fetched.
#[derive(Clone)]
#[must_use = "nothing is fetched before `Client::download`"]
pub struct Download {
    url: String,
    limit: u64,
    timeout: Duration,
}

/// A file that was fetched and written completely.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Downloaded {
    /// How many bytes it has.
    pub size: u64,
    /// Its SHA-256.
    pub sha256: [u8; 32],
    /// What the server says it is.
    pub content_type: Option<String>,
}

impl Downloaded {
    /// The SHA-256 in lower-case hexadecimal.
    pub fn sha256_hex(&self) -> String {
        hex::encode(self.sha256)
    }
}

/// Why a file was not fetched. What was written until then is not the file.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DownloadError {
    /// The link is none.
    #[error("the link cannot be followed: {0}")]
    NotALink(String),
    /// The server was not reached, must not be, or the connection broke.
    #[error("the file did not come")]
    NotReached(#[source] ErrorKind),
    /// Time is up.
    #[error("the file was not complete within {limit:?}")]
    TimedOut {
        /// The limit for the whole download.
        limit: Duration,
    },
    /// The server answers something else: usually the link has expired, and a new one must be asked for. Redirections are not followed.
    #[error("the server answers HTTP {status} instead of a file: {excerpt:?}")]
    NotAFile {
        /// The HTTP status.
        status: u16,
        /// How the answer begins.
        excerpt: String,
    },
    /// The file is longer than was allowed.
    #[error("the file has more than the {limit} bytes allowed")]
    TooLong {
        /// The limit.
        limit: u64,
    },
    /// The receiving end failed.
    #[error("the file cannot be written")]
    Write(#[source] io::Error),
}

impl Download {
    /// A file by its link: at most 1 GiB, within ten minutes.
    pub fn of(url: impl Into<String>) -> Self {
        Self { url: url.into(), limit: 1024 * 1024 * 1024, timeout: Duration::from_secs(600) }
    }

    /// The most bytes to be taken.
    pub fn limit(mut self, bytes: u64) -> Self {
        self.limit = bytes;
        self
    }

    /// The longest the whole download may take, from connecting to the last byte written.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }
}

impl Client {
    /// Fetches a file piece by piece into `into`, and flushes it. Only where [`only_hosts`](crate::ClientBuilder::only_hosts) allows it;
    /// never more than once, because what was written cannot be taken back.
    pub async fn download<W>(&self, download: &Download, into: &mut W) -> Result<Downloaded, DownloadError>
    where
        W: AsyncWrite + Unpin + ?Sized,
    {
        let url = Url::parse(&download.url).map_err(|error| DownloadError::NotALink(error.to_string()))?;
        if !["http", "https"].contains(&url.scheme()) {
            return Err(DownloadError::NotALink("it must begin with http:// or https://".to_owned()));
        }
        let http = self.settings().transport.to(&url).map_err(DownloadError::NotReached)?;
        let (limit, host) = (download.timeout, url.host_str().unwrap_or_default().to_owned());
        let fetch = async {
            let request = http.get(url).timeout(limit);
            write(request.send().await.map_err(|error| fault(error, limit))?, download, into).await
        };
        let span = spans::download(&host);
        let ended = tokio::time::timeout(limit, fetch.instrument(span.clone())).await;
        let downloaded = ended.unwrap_or(Err(DownloadError::TimedOut { limit }))?;
        span.record("size", downloaded.size);
        Ok(downloaded)
    }
}

async fn write<W>(mut response: Response, download: &Download, into: &mut W) -> Result<Downloaded, DownloadError>
where
    W: AsyncWrite + Unpin + ?Sized,
{
    let status = response.status().as_u16();
    if status != 200 {
        let begin = response.chunk().await.ok().flatten().unwrap_or_default();
        let excerpt = String::from_utf8_lossy(&begin[..begin.len().min(EXCERPT)]).into_owned();
        return Err(DownloadError::NotAFile { status, excerpt });
    }
    let too_long = DownloadError::TooLong { limit: download.limit };
    if response.content_length().is_some_and(|announced| announced > download.limit) {
        return Err(too_long);
    }
    let content_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let (mut size, mut hash) = (0, Sha256::new());
    while let Some(piece) = response.chunk().await.map_err(|error| fault(error, download.timeout))? {
        size += piece.len() as u64;
        if size > download.limit {
            return Err(too_long);
        }
        hash.update(&piece);
        into.write_all(&piece).await.map_err(DownloadError::Write)?;
    }
    into.flush().await.map_err(DownloadError::Write)?;
    Ok(Downloaded { size, sha256: hash.finalize().into(), content_type })
}

/// Without the link, which is as good as the file.
fn fault(error: reqwest::Error, limit: Duration) -> DownloadError {
    let kind = transport_fault(error.without_url(), limit);
    if matches!(kind, ErrorKind::TimedOut { .. }) {
        DownloadError::TimedOut { limit }
    } else {
        DownloadError::NotReached(kind)
    }
}

impl std::fmt::Debug for Download {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Download").field("limit", &self.limit).field("timeout", &self.timeout).finish_non_exhaustive()
    }
}
