//! Time stamps (RFC 3161): a signature of when something had which hash.

use der::Sequence;
use der::asn1::{GeneralizedTime, ObjectIdentifier, OctetString, SetOfVec, Uint};
use der::{Any, Encode as _};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};
use spki::AlgorithmIdentifierOwned;
use x509_cert::attr::Attribute;

use super::certificate::{Holder, Purpose, certify, moment};
use super::signed_data::{Content, assemble};
use super::{Authority, Unsignable};

const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
/// Says which certificate is meant, by its SHA-1 (RFC 2634): a time stamp must.
const SIGNING_CERTIFICATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.12");
/// Under which rules it was made: nobody's, the one of examples.
const POLICY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.3.4.1");
/// Who makes them.
const NAME: &str = "ESS-MOCK TEST TSA";

#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
struct MessageImprint {
    hash_algorithm: AlgorithmIdentifierOwned,
    hashed_message: OctetString,
}

#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
struct TstInfo {
    version: u8,
    policy: ObjectIdentifier,
    message_imprint: MessageImprint,
    serial_number: Uint,
    gen_time: GeneralizedTime,
}

#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
struct EssCertId {
    hash: OctetString,
}

#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
struct SigningCertificate {
    certs: Vec<EssCertId>,
}

/// A token that says that `bytes` were there when the holder's certificate began.
pub(super) fn stamp(authority: &Authority, holder: &Holder, bytes: &[u8]) -> Result<Vec<u8>, Unsignable> {
    let own = Holder { name: NAME.to_owned(), ..holder.clone() };
    let certificate = certify(authority, &own, Purpose::TimeStamping)?;
    let token = || {
        let info = TstInfo {
            version: 1,
            policy: POLICY,
            message_imprint: MessageImprint {
                hash_algorithm: AlgorithmIdentifierOwned { oid: SHA_256, parameters: Some(Any::null()) },
                hashed_message: OctetString::new(Sha256::digest(bytes).to_vec())?,
            },
            serial_number: Uint::new(&holder.serial)?,
            gen_time: GeneralizedTime::from_date_time(moment(holder.from)?),
        };
        let hash = OctetString::new(Sha1::digest(certificate.to_der()?).to_vec())?;
        let meant = SigningCertificate { certs: vec![EssCertId { hash }] };
        let values = SetOfVec::try_from(vec![Any::encode_from(&meant)?])?;
        let content = Content { kind: TST_INFO, bytes: &info.to_der()?, inside: true };
        assemble(authority, &certificate, &content, holder.from, vec![Attribute { oid: SIGNING_CERTIFICATE, values }])
    };
    token().map_err(Unsignable::from)
}
