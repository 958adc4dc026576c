//! A call as the proxy understands it: enough to change it and to sign it anew.

use ess_client::raw::RawRequest;
use ess_schemas::Service;
use serde_json::Value;

use super::parcel::Parcel;

/// What a call asks.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Asked {
    pub(crate) action: String,
    pub(crate) parameters: Value,
    /// Who signs: the SecretId of the caller.
    pub(crate) secret_id: String,
    /// Another company of the same world, in whose name it is signed.
    pub(crate) company: Option<String>,
    pub(crate) service: Service,
}

impl Asked {
    /// None for a request whose parameters are not JSON, or which is signed in an older way.
    pub(crate) fn read(parcel: &Parcel) -> Option<Self> {
        let action = parcel.header("x-tc-action")?.to_owned();
        let authorization = parcel.header("authorization").unwrap_or_default();
        let secret_id = authorization.split_once("Credential=").and_then(|(_, rest)| rest.split('/').next());
        let essbasic = parcel.header("x-tc-version") == Some(Service::Essbasic.version());
        let parameters: Value = serde_json::from_slice(&parcel.body).ok()?;
        parameters.is_object().then(|| Self {
            action,
            parameters,
            secret_id: secret_id.unwrap_or_default().to_owned(),
            company: None,
            service: if essbasic { Service::Essbasic } else { Service::Ess },
        })
    }

    /// A request that asks this, not yet signed.
    pub(crate) fn request(&self) -> RawRequest {
        RawRequest::new(self.service, &self.action, self.parameters.clone())
    }
}
