//! Which hosts a client may reach.

use reqwest::Url;

use crate::{BuildError, ErrorKind};

/// A list of hosts, each with the port it is bound to, if any.
#[derive(Clone, Debug)]
pub(crate) struct AllowedHosts(Vec<AllowedHost>);

#[derive(Clone, Debug)]
struct AllowedHost {
    given: String,
    host: String,
    port: Option<u16>,
}

impl AllowedHosts {
    pub(crate) fn parse(hosts: Vec<String>) -> Result<Self, BuildError> {
        hosts.into_iter().map(AllowedHost::parse).collect::<Result<_, _>>().map(Self)
    }

    /// Refuses an address that is not on the list.
    pub(crate) fn check(&self, url: &Url) -> Result<(), ErrorKind> {
        let (host, port) = (url.host_str().unwrap_or_default(), url.port_or_known_default());
        let allows = |allowed: &AllowedHost| allowed.host == host && allowed.port.is_none_or(|own| Some(own) == port);
        if self.0.iter().any(allows) {
            return Ok(());
        }
        let host = port.map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        Err(ErrorKind::ForeignHost { host, allowed: self.0.iter().map(|allowed| allowed.given.clone()).collect() })
    }
}

impl AllowedHost {
    /// Read as an address is read, so that both spell a host alike: in lower case, `[::1]` in brackets, no dots of other alphabets.
    fn parse(given: String) -> Result<Self, BuildError> {
        let refuse = |reason| BuildError::AllowedHost { host: given.clone(), reason };
        if given.contains(['/', '?', '#', '@', '*', ' ']) {
            return Err(refuse("give a host such as ess.test.ess.tencent.cn, with or without :port, and nothing else"));
        }
        let url = Url::parse(&format!("http://{given}")).map_err(|_| refuse("it cannot be part of an address"))?;
        let host = url.host_str().ok_or_else(|| refuse("it has no host"))?.to_owned();
        // `Url` drops a port that is the scheme's own, and `:80` is meant when it is said.
        let port = if given.ends_with(":80") { Some(80) } else { url.port() };
        Ok(Self { given, host, port })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(hosts: &[&str], url: &str) -> bool {
        let hosts = AllowedHosts::parse(hosts.iter().map(|host| (*host).to_owned()).collect()).unwrap();
        hosts.check(&Url::parse(url).unwrap()).is_ok()
    }

    #[test]
    fn a_host_is_allowed_by_its_whole_name_on_every_port() {
        let list = ["ess.test.ess.tencent.cn", "[::1]"];

        for url in ["https://ess.test.ess.tencent.cn/", "http://ESS.test.ess.tencent.cn:81/x", "http://[::1]:8480/"] {
            assert!(allows(&list, url), "{url}");
        }
        for url in [
            "https://ess.tencentcloudapi.com/",
            "https://ess.test.ess.tencent.cn.evil.example/",
            "https://a.ess.test.ess.tencent.cn/",
            "https://ess.test.ess.tencent.cn@evil.example/",
            "http://127.0.0.1/",
        ] {
            assert!(!allows(&list, url), "{url}");
        }
    }

    #[test]
    fn a_port_binds_when_it_is_given() {
        assert!(allows(&["127.0.0.1:8480"], "http://127.0.0.1:8480/"));
        assert!(!allows(&["127.0.0.1:8480"], "http://127.0.0.1:8481/"));
        assert!(allows(&["localhost:80"], "http://localhost/"));
        assert!(!allows(&["localhost:80"], "https://localhost/"));
        assert!(allows(&["localhost:443"], "https://localhost/"));
    }

    #[test]
    fn an_empty_list_allows_nothing() {
        assert!(!allows(&[], "http://127.0.0.1/"));
    }

    #[test]
    fn what_is_no_host_is_refused_when_it_is_said() {
        for wrong in ["https://ess.tencentcloudapi.com", "", "host/path", "user@host", "*.tencent.cn", "host:port"] {
            let error = AllowedHosts::parse(vec![wrong.to_owned()]).unwrap_err();
            assert!(matches!(&error, BuildError::AllowedHost { host, .. } if host == wrong), "{error}");
        }
    }
}
