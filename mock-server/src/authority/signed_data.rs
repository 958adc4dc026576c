//! Signatures as CMS has them (RFC 5652): the certificate beside, the data outside, and what was signed said by its hash.

use cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo, SignerInfos};
use der::asn1::{ObjectIdentifier, OctetString, SetOfVec};
use der::{Any, Decode as _, Encode as _, Tag, Tagged};
use rsa::pkcs1v15::Signature;
use rsa::signature::{Keypair as _, SignatureEncoding as _, Signer as _, Verifier as _};
use sha2::{Digest as _, Sha256};
use spki::AlgorithmIdentifierOwned;
use x509_cert::attr::{Attribute, Attributes};
use x509_cert::certificate::Certificate;
use x509_cert::time::Time;

use super::certificate::{Holder, Purpose, certify, common_name, moment, named};
use super::{Authority, ISSUER, Unsignable};

const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_TIME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.5");
const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");

/// What is signed.
pub(super) struct Content<'a> {
    pub(super) kind: ObjectIdentifier,
    pub(super) bytes: &'a [u8],
    /// Whether it stands in the signature itself.
    pub(super) inside: bool,
}

/// The signature of `data`.
pub(super) fn sign(authority: &Authority, holder: &Holder, data: &[u8]) -> Result<Vec<u8>, Unsignable> {
    let content = Content { kind: DATA, bytes: data, inside: false };
    let certificate = certify(authority, holder, Purpose::Signing)?;
    assemble(authority, &certificate, &content, holder.from, Vec::new()).map_err(Unsignable::from)
}

/// A signature of some content, with attributes besides those every signature has.
pub(super) fn assemble(
    authority: &Authority,
    certificate: &Certificate,
    content: &Content<'_>,
    at: u64,
    more: Vec<Attribute>,
) -> Result<Vec<u8>, der::Error> {
    let attribute = |oid, value: Any| SetOfVec::try_from(vec![value]).map(|values| Attribute { oid, values });
    let digest = OctetString::new(Sha256::digest(content.bytes).to_vec())?;
    let mut attributes: Vec<Attribute> = vec![
        attribute(CONTENT_TYPE, Any::encode_from(&content.kind)?)?,
        attribute(MESSAGE_DIGEST, Any::encode_from(&digest)?)?,
        attribute(SIGNING_TIME, Any::encode_from(&Time::from(moment(at)?))?)?,
    ];
    attributes.extend(more);
    let attributes: Attributes = SetOfVec::try_from(attributes)?;
    let signature: Signature = authority.key.sign(&attributes.to_der()?);
    let signer = SignerInfo {
        version: CmsVersion::V1,
        sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
            issuer: certificate.tbs_certificate().issuer().clone(),
            serial_number: certificate.tbs_certificate().serial_number().clone(),
        }),
        digest_alg: algorithm(SHA_256),
        signed_attrs: Some(attributes),
        signature_algorithm: algorithm(RSA),
        signature: OctetString::new(signature.to_vec())?,
        unsigned_attrs: None,
    };
    let inside = || Any::new(Tag::OctetString, content.bytes);
    let signed = SignedData {
        version: if content.kind == DATA { CmsVersion::V1 } else { CmsVersion::V3 },
        digest_algorithms: SetOfVec::try_from(vec![algorithm(SHA_256)])?,
        encap_content_info: EncapsulatedContentInfo {
            econtent_type: content.kind,
            econtent: content.inside.then(inside).transpose()?,
        },
        certificates: Some(vec![CertificateChoices::Certificate(certificate.clone())].try_into()?),
        crls: None,
        signer_infos: SignerInfos::try_from(vec![signer])?,
    };
    ContentInfo { content_type: SIGNED_DATA, content: Any::encode_from(&signed)? }.to_der()
}

fn algorithm(oid: ObjectIdentifier) -> AlgorithmIdentifierOwned {
    AlgorithmIdentifierOwned { oid, parameters: Some(Any::null()) }
}

/// Whose signature of `data` this is.
pub(super) fn open(authority: &Authority, signature: &[u8], data: &[u8]) -> Option<Holder> {
    let info = ContentInfo::from_der(signature).ok()?;
    let signed: SignedData = info.content.decode_as().ok()?;
    let certificate = signed.certificates.as_ref()?.0.iter().find_map(|one| match one {
        CertificateChoices::Certificate(certificate) => Some(certificate),
        CertificateChoices::Other(_) => None,
    })?;
    let signer = signed.signer_infos.0.iter().next()?;
    let issued = certificate.tbs_certificate().to_der().ok()?;
    let issued_here = certificate.tbs_certificate().issuer() == &named(ISSUER).ok()?
        && verifies(authority, &issued, certificate.signature().as_bytes()?);
    let attributes = signer.signed_attrs.as_ref()?;
    let digest = attributes.iter().find(|one| one.oid == MESSAGE_DIGEST)?.values.iter().next()?;
    let of_data = digest.tag() == Tag::OctetString && digest.value() == Sha256::digest(data).as_slice();
    let signed_here = verifies(authority, &attributes.to_der().ok()?, signer.signature.as_bytes());
    if issued_here && of_data && signed_here { holder(certificate) } else { None }
}

fn verifies(authority: &Authority, bytes: &[u8], signature: &[u8]) -> bool {
    let signature = Signature::try_from(signature);
    signature.is_ok_and(|signature| authority.key.verifying_key().verify(bytes, &signature).is_ok())
}

fn holder(certificate: &Certificate) -> Option<Holder> {
    let body = certificate.tbs_certificate();
    // As a number, it has a byte more where it would be a negative one.
    let serial = body.serial_number().as_bytes();
    let serial = serial.strip_prefix(&[0]).filter(|rest| rest.len() == 16).unwrap_or(serial);
    let mut padded = [0; 16];
    padded.get_mut(16_usize.checked_sub(serial.len())?..)?.copy_from_slice(serial);
    Some(Holder {
        name: common_name(body.subject())?,
        serial: padded,
        from: body.validity().not_before.to_unix_duration().as_secs(),
        until: body.validity().not_after.to_unix_duration().as_secs(),
    })
}
