//! Every vector under fixtures/callbacks, in both directions, and what must not pass.

use std::fs;
use std::path::Path;

use ess_client::callback::{
    CallbackKey, Event, Generation, MessageError, Received, Receiver, Refusal, WrongSignature, open, seal, sign, verify,
};
use ess_client::schemas::callbacks::{AnyMessage, legacy};

#[test]
fn the_vendors_own_sample_opens_and_is_sealed_to_the_same_bytes() {
    let vector = Vector("v1_vendor_sample_legacy");

    assert_eq!(open(&vector.bytes("body"), &vector.key()).unwrap(), vector.bytes("plaintext.json"));
    assert_eq!(seal(&vector.bytes("plaintext.json"), Some(&vector.key()), Generation::Legacy), vector.bytes("body"));
    assert_eq!(vector.bytes("body").len(), 1088, "the Content-Length of the vendor's capture");
}

#[test]
fn the_vendors_sample_as_the_seed_prints_it_is_damaged_and_refused() {
    let vector = Vector("v1_vendor_sample_legacy");
    let damaged = vector.bytes("damaged_body");

    let garbage = open(&damaged, &vector.key()).expect("the last block survived, so the padding is right");
    assert_ne!(garbage, vector.bytes("plaintext.json"));
    assert!(garbage.starts_with(br#"{"FlowId":"yDRtr"#), "the blocks before the first wrong character are readable");

    let refusal = Receiver::new().with_key(vector.key()).receive(&damaged, None).unwrap_err();
    assert!(matches!(refusal, Refusal::NoMessage(MessageError::NotText(_))), "{refusal:?}");
    assert_eq!(refusal.http_status(), 400);
}

#[test]
fn wrapped_bodies_open_and_are_sealed_and_signed_to_the_same_bytes() {
    for name in ["v2_company_signed", "v3_block_aligned"] {
        let vector = Vector(name);
        let (body, plaintext) = (vector.bytes("body"), vector.bytes("plaintext.json"));

        assert_eq!(open(&body, &vector.key()).unwrap(), plaintext, "{name}");
        for generation in [Generation::Company, Generation::Partner] {
            assert_eq!(seal(&plaintext, Some(&vector.key()), generation), body, "{name}");
        }
        assert_eq!(sign(&body, &vector.text("token")), vector.text("signature"), "{name}");
    }
}

#[test]
fn plain_bodies_and_probes_are_signed_over_their_bytes() {
    for name in ["v4_plaintext_mode", "v4_probe"] {
        let vector = Vector(name);

        assert_eq!(sign(&vector.bytes("body"), &vector.text("token")), vector.text("signature"), "{name}");
        assert_eq!(verify(&vector.bytes("body"), &vector.text("signature"), &vector.text("token")), Ok(()), "{name}");
    }
}

#[test]
fn a_signature_over_the_inner_text_or_over_the_plaintext_is_refused() {
    let vector = Vector("v2_company_signed");
    let (body, token) = (vector.bytes("body"), vector.text("token"));
    let receiver = Receiver::new().with_key(vector.key()).with_token(&token);
    let inner = body.strip_prefix(br#"{"encrypt":""#).unwrap().strip_suffix(br#""}"#).unwrap();

    for (name, signed) in
        [("wrong_signature_of_base64", inner), ("wrong_signature_of_plaintext", &vector.bytes("plaintext.json"))]
    {
        let header = vector.text(name);
        assert_eq!(sign(signed, &token), header, "{name} is what a mistaken receiver would compute");
        assert_eq!(verify(&body, &header, &token), Err(WrongSignature), "{name}");
        let refusal = receiver.receive(&body, Some(&header)).unwrap_err();
        assert_eq!((refusal.http_status(), matches!(refusal, Refusal::SignatureWrong(_))), (403, true), "{name}");
    }
}

#[test]
fn a_receiver_reads_each_vector_as_its_platform_meant_it() {
    let legacy = Vector("v1_vendor_sample_legacy");
    let message = Receiver::new().with_key(legacy.key()).receive(&legacy.bytes("body"), None).unwrap();
    let Received::Message(message) = message else { panic!("a message, not a probe") };
    assert_eq!((message.id(), message.kind(), message.version()), (None, None, None));
    let Event::Legacy(legacy::AnyMessage::FlowInfo(flow)) = message.event() else { panic!("{:?}", message.event()) };
    assert_eq!((flow.flow_name.as_str(), flow.flow_callback_status), ("测试流程", 4));
    assert_eq!(
        serde_json::to_string(flow).unwrap(),
        message.plaintext(),
        "the type writes what it read, byte for byte"
    );

    let company = Vector("v2_company_signed");
    let receiver = Receiver::new().with_key(company.key()).with_token(company.text("token"));
    let message = receiver.receive(&company.bytes("body"), Some(&company.text("signature"))).unwrap();
    let Received::Message(message) = message else { panic!("a message, not a probe") };
    assert_eq!(message.id(), Some("yMOCKmsg000000000000000000000001"));
    assert_eq!((message.kind(), message.version()), (Some("TemplateAdd"), Some("CustomApp")));
    let Event::Company(AnyMessage::TemplateAdd(template)) = message.event() else { panic!("{:?}", message.event()) };
    assert_eq!(template.template_name, "劳动合同<A&B>");
    assert_eq!(message.plaintext().as_bytes(), company.bytes("plaintext.json"));

    let plain = Vector("v4_plaintext_mode");
    let receiver = Receiver::new().with_token(plain.text("token"));
    let message = receiver.receive(&plain.bytes("body"), Some(&plain.text("signature"))).unwrap();
    let Received::Message(message) = message else { panic!("a message, not a probe") };
    assert_eq!(message.kind(), Some("BillingUse"));

    let probe = Vector("v4_probe");
    let received = receiver.receive(&probe.bytes("body"), Some(&probe.text("signature"))).unwrap();
    assert_eq!(received, Received::Probe);
}

struct Vector(&'static str);

impl Vector {
    fn bytes(&self, file: &str) -> Vec<u8> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/callbacks").join(self.0);
        fs::read(folder.join(file)).unwrap()
    }

    fn text(&self, file: &str) -> String {
        String::from_utf8(self.bytes(file)).unwrap()
    }

    fn key(&self) -> CallbackKey {
        CallbackKey::new(&self.text("key")).unwrap()
    }
}
