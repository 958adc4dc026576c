//! Certificates: who holds one, and how it is written (RFC 5280).

use std::time::Duration;

use der::asn1::{ObjectIdentifier, SetOfVec, Utf8StringRef};
use der::{Any, DateTime, Decode as _, Encode as _};
use rsa::signature::Keypair as _;
use spki::{EncodePublicKey as _, SubjectPublicKeyInfoOwned, SubjectPublicKeyInfoRef};
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::builder::profile::BuilderProfile;
use x509_cert::builder::{Builder as _, CertificateBuilder};
use x509_cert::certificate::{Certificate, TbsCertificate};
use x509_cert::ext::pkix::{ExtendedKeyUsage, KeyUsage, KeyUsages};
use x509_cert::ext::{Extension, ToExtension as _};
use x509_cert::name::{Name, RdnSequence, RelativeDistinguishedName};
use x509_cert::serial_number::SerialNumber;
use x509_cert::time::{Time, Validity};

use super::{Authority, ISSUER, Unsignable};

const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
/// Makes time stamps (RFC 3161).
const TIME_STAMPING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.8");

/// Whom a certificate names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Their name.
    pub name: String,
    /// Its serial number, 16 bytes.
    pub serial: [u8; 16],
    /// From when it is good, in seconds since 1970.
    pub from: u64,
    /// Until when.
    pub until: u64,
}

/// What a certificate is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    Signing,
    TimeStamping,
}

struct Profile {
    holder: String,
    purpose: Purpose,
}

impl BuilderProfile for Profile {
    fn get_issuer(&self, _: &Name) -> Name {
        named(ISSUER).unwrap_or_default()
    }

    fn get_subject(&self) -> Name {
        named(&self.holder).unwrap_or_default()
    }

    fn build_extensions(
        &self,
        _: SubjectPublicKeyInfoRef<'_>,
        _: SubjectPublicKeyInfoRef<'_>,
        tbs: &TbsCertificate,
    ) -> x509_cert::builder::Result<Vec<Extension>> {
        let usage = KeyUsage(KeyUsages::DigitalSignature | KeyUsages::NonRepudiation);
        let mut extensions = vec![usage.to_extension(tbs.subject(), &[])?];
        if self.purpose == Purpose::TimeStamping {
            let mut stamps = ExtendedKeyUsage(vec![TIME_STAMPING]).to_extension(tbs.subject(), &[])?;
            stamps.critical = true;
            extensions.push(stamps);
        }
        Ok(extensions)
    }
}

/// A name that consists of a common name alone.
pub(super) fn named(common_name: &str) -> Result<Name, der::Error> {
    let value = Any::from(Utf8StringRef::new(common_name)?);
    let part = AttributeTypeAndValue { oid: COMMON_NAME, value };
    let part = RelativeDistinguishedName::from(SetOfVec::try_from(vec![part])?);
    Name::from_der(&RdnSequence::from(vec![part]).to_der()?)
}

/// The common name of whoever a name names.
pub(super) fn common_name(name: &Name) -> Option<String> {
    let parts = name.as_ref().iter().flat_map(|part| part.as_ref().iter());
    let value = parts.into_iter().find(|part| part.oid == COMMON_NAME).map(|part| &part.value)?;
    std::str::from_utf8(value.value()).ok().map(ToOwned::to_owned)
}

pub(super) fn moment(seconds: u64) -> Result<DateTime, der::Error> {
    DateTime::from_unix_duration(Duration::from_secs(seconds))
}

/// A certificate of the holder's.
pub(super) fn certify(authority: &Authority, holder: &Holder, purpose: Purpose) -> Result<Certificate, Unsignable> {
    let time = |seconds| moment(seconds).map(|at| Time::GeneralTime(at.into()));
    let validity =
        Validity::new(time(holder.from).map_err(Unsignable::from)?, time(holder.until).map_err(Unsignable::from)?);
    let serial = SerialNumber::new(&holder.serial).map_err(Unsignable::from)?;
    let public = authority.key.verifying_key().to_public_key_der().map_err(Unsignable::from)?;
    let public = SubjectPublicKeyInfoOwned::try_from(public.as_bytes()).map_err(Unsignable::from)?;
    let profile = Profile { holder: holder.name.clone(), purpose };
    let builder = CertificateBuilder::new(profile, serial, validity, public).map_err(Unsignable::from)?;
    builder.build::<_, rsa::pkcs1v15::Signature>(&authority.key).map_err(Unsignable::from)
}
