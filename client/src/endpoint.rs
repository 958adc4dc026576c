//! Where each call goes.

use ess_schemas::{ActionContract, Service};
use reqwest::Url;

use crate::BuildError;

/// Actions that the vendor serves at a host of its own, because their bodies are big. (api UploadFiles)
const FILE_ACTIONS: [&str; 1] = ["UploadFiles"];

/// The addresses of both services and of the file host.
#[derive(Clone, Debug)]
pub(crate) struct Addresses {
    ess: String,
    essbasic: String,
    ess_files: String,
    essbasic_files: String,
}

impl Addresses {
    /// The vendor's production hosts. (wire)
    pub(crate) fn production() -> Self {
        Self::at_hosts("ess.tencentcloudapi.com", "essbasic.tencentcloudapi.com", "file.ess.tencent.cn")
    }

    /// The vendor's test environment. (wire)
    pub(crate) fn test_environment() -> Self {
        Self::at_hosts("ess.test.ess.tencent.cn", "essbasic.test.ess.tencent.cn", "file.test.ess.tencent.cn")
    }

    fn at_hosts(ess: &str, essbasic: &str, files: &str) -> Self {
        let url = |host| format!("https://{host}/");
        Self { ess: url(ess), essbasic: url(essbasic), ess_files: url(files), essbasic_files: url(files) }
    }

    /// Sends a service elsewhere, its files too: whoever redirects calls away from the vendor wants no file to reach it.
    pub(crate) fn set_service(&mut self, service: Service, url: &str) {
        let (calls, files) = match service {
            Service::Ess => (&mut self.ess, &mut self.ess_files),
            Service::Essbasic => (&mut self.essbasic, &mut self.essbasic_files),
        };
        url.clone_into(calls);
        url.clone_into(files);
    }

    /// Sends the files of both services elsewhere.
    pub(crate) fn set_files(&mut self, url: &str) {
        url.clone_into(&mut self.ess_files);
        url.clone_into(&mut self.essbasic_files);
    }

    pub(crate) fn parse(&self) -> Result<Endpoints, BuildError> {
        Ok(Endpoints {
            ess: Endpoint::parse(&self.ess)?,
            essbasic: Endpoint::parse(&self.essbasic)?,
            ess_files: Endpoint::parse(&self.ess_files)?,
            essbasic_files: Endpoint::parse(&self.essbasic_files)?,
        })
    }
}

/// [`Addresses`], checked.
#[derive(Debug)]
pub(crate) struct Endpoints {
    ess: Endpoint,
    essbasic: Endpoint,
    ess_files: Endpoint,
    essbasic_files: Endpoint,
}

impl Endpoints {
    pub(crate) fn of(&self, action: &ActionContract) -> &Endpoint {
        self.by_name(action.service, action.name)
    }

    /// For an action that need not exist.
    pub(crate) fn by_name(&self, service: Service, action: &str) -> &Endpoint {
        match (service, FILE_ACTIONS.contains(&action)) {
            (Service::Ess, false) => &self.ess,
            (Service::Ess, true) => &self.ess_files,
            (Service::Essbasic, false) => &self.essbasic,
            (Service::Essbasic, true) => &self.essbasic_files,
        }
    }
}

/// One address, and the `Host` that is both sent and signed.
#[derive(Debug)]
pub(crate) struct Endpoint {
    pub(crate) url: Url,
    pub(crate) host: String,
}

impl Endpoint {
    fn parse(text: &str) -> Result<Self, BuildError> {
        let refuse = |reason: &str| BuildError::Endpoint { url: text.to_owned(), reason: reason.to_owned() };
        let url = Url::parse(text).map_err(|error| refuse(&error.to_string()))?;
        if !["http", "https"].contains(&url.scheme()) {
            return Err(refuse("it must begin with http:// or https://"));
        }
        if !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some() {
            return Err(refuse("it may have a host, a port and a path, nothing else"));
        }
        let host = url.host_str().ok_or_else(|| refuse("it has no host"))?;
        let host = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        Ok(Self { url, host })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(addresses: &Addresses, service: Service, action: &str) -> String {
        let contract = ess_schemas::action(service, action).unwrap();
        addresses.parse().unwrap().of(contract).host.clone()
    }

    #[test]
    fn files_go_to_a_host_of_their_own() {
        let production = Addresses::production();

        assert_eq!(host(&production, Service::Ess, "CancelFlow"), "ess.tencentcloudapi.com");
        assert_eq!(host(&production, Service::Essbasic, "DescribeTemplates"), "essbasic.tencentcloudapi.com");
        for service in Service::ALL {
            assert_eq!(host(&production, service, "UploadFiles"), "file.ess.tencent.cn");
            assert_eq!(host(&Addresses::test_environment(), service, "UploadFiles"), "file.test.ess.tencent.cn");
        }
    }

    #[test]
    fn no_file_reaches_the_vendor_when_its_service_was_sent_elsewhere() {
        let mut addresses = Addresses::production();

        addresses.set_service(Service::Ess, "http://127.0.0.1:8480");

        assert_eq!(host(&addresses, Service::Ess, "UploadFiles"), "127.0.0.1:8480");
        assert_eq!(host(&addresses, Service::Essbasic, "UploadFiles"), "file.ess.tencent.cn");
    }

    #[test]
    fn the_host_carries_a_port_only_where_it_is_not_the_usual_one() {
        for (url, expected) in [
            ("https://ess.test.ess.tencent.cn:443", "ess.test.ess.tencent.cn"),
            ("http://LOCALHOST:80/", "localhost"),
            ("http://localhost:443/", "localhost:443"),
            ("http://[::1]:8480/path", "[::1]:8480"),
        ] {
            assert_eq!(Endpoint::parse(url).unwrap().host, expected);
        }
    }

    #[test]
    fn an_address_that_cannot_work_is_refused_with_its_reason() {
        for (url, reason) in [
            ("127.0.0.1:8480", "relative URL without a base"),
            ("localhost:8480", "http://"),
            ("ftp://localhost", "http://"),
            ("http://user@localhost", "nothing else"),
            ("http://localhost/?a=b", "nothing else"),
        ] {
            let error = Endpoint::parse(url).unwrap_err().to_string();
            assert!(error.contains(url) && error.contains(reason), "{error}");
        }
    }
}
