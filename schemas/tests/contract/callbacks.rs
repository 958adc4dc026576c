//! Callback messages come out byte for byte as they were published or recorded.

use ess_schemas::callbacks::{
    AnyMessage, Basis, BillingUse, Envelope, FlowInfo, FlowStatusChange, FlowStatusChangeApprover,
    FlowStatusChangeUserFlowType, Generation, Message, TemplateAdd, message, messages, partner,
};
use serde_json::{Value, json};

/// The vendor's published sample of a legacy contract message (callback docs, vector 1).
const LEGACY: &str = r#"{"FlowId":"yDRtrAAAAAAAAAAAAAAAAAAAAAAAAAAA","DocumentId":"yDRtrBBBBBBBBBBBBBBBBBBBBBBBBBB","CallbackType":"sign","FlowName":"测试流程","FlowDescription":"","FlowType":"","FlowCallbackStatus":4,"Unordered":true,"CreateOn":1658892449,"UpdatedOn":1659604019,"DeadLine":1661615999,"UserId":"","RecipientId":"yDRtrCCCCCCCCCCCCCCCCCCCCCCCCCCC","Operate":"sign","UserData":"","Approvers":[{"UserId":"yDRtrDDDDDDDDDDDDDDDDDDDDDDDDDDD","RecipientId":"yDRtrCCCCCCCCCCCCCCCCCCCCCCCCCCC","ApproverType":1,"OrganizationName":"","Required":true,"ApproverName":"张三","ApproverMobile":"15912345678","ApproverIdCardType":"ID_CARD","ApproverIdCardNumber":"440300200101010001","ApproveCallbackStatus":3,"ApproveMessage":"","ApproveTime":1659604019,"VerifyChannel":"WEIXINAPP"}],"CallbackUrl":"https://www.esstest.com"}"#;

/// The order recorded messages keep, with invented values.
const COMPANY: &str = r#"{"MsgId":"yMOCKmsg000000000000000000000010","MsgType":"FlowStatusChange","MsgVersion":"CustomApp","MsgData":{"Approvers":[{"ApproveCallbackShowStatus":"PENDING","ApproveCallbackStatus":2,"ApproveMessage":"","ApproveTime":0,"ApproverDeadline":1702592000,"ApproverIdCardNumber":"110101199001010011","ApproverIdCardType":"ID_CARD","ApproverIdCardTypeDesc":"居民身份证","ApproverMobile":"13800000000","ApproverName":"测试员","ApproverSource":"","ApproverType":1,"CaSign":"","CustomApproverTag":"","CustomUserId":"","OrganizationId":"","OrganizationName":"","RecipientId":"yMOCKrec000000000000000000000001","Required":true,"UserId":"yMOCKusr000000000000000000000002","VerifyChannel":""}],"CallbackType":"sign","CallbackUrl":"https://receiver.example/cb","CcInfos":[],"CreateOn":1700000000,"DeadLine":1702592000,"DocumentId":"yMOCKdoc000000000000000000000001","FlowCallbackShowStatus":"INIT","FlowCallbackStatus":1,"FlowDescription":"","FlowId":"yMOCKflow00000000000000000000001","FlowMessage":"","FlowName":"示例合同","FlowType":"","OccurTime":1700000002,"Operate":"start","OrganizationId":"yMOCKorg000000000000000000000001","RecipientId":"","ReleaseFlowId":"","TemplateId":"","Unordered":true,"UpdatedOn":1700000002,"UserData":"","UserFlowType":{"name":"未分类"},"UserId":"yMOCKusr000000000000000000000001"}}"#;

#[test]
fn the_legacy_sample_is_written_as_it_was_published() {
    let message: FlowInfo = serde_json::from_str(LEGACY).unwrap();

    assert_eq!(serde_json::to_string(&message).unwrap(), LEGACY);
    assert_eq!(LEGACY.len(), 807, "the published sample has 807 bytes");
}

#[test]
fn a_company_contract_message_keeps_its_keys_in_ascii_order() {
    let message: Envelope<FlowStatusChange> = serde_json::from_str(COMPANY).unwrap();

    assert_eq!(serde_json::to_string(&message).unwrap(), COMPANY);
}

#[test]
fn a_company_contract_message_is_built_field_by_field() {
    let message = FlowStatusChange {
        approvers: vec![FlowStatusChangeApprover { approver_type: 1, ..FlowStatusChangeApprover::default() }],
        flow_callback_status: 1,
        user_flow_type: FlowStatusChangeUserFlowType { name: "未分类".to_owned(), user_flow_type_id: None },
        ..FlowStatusChange::default()
    };
    let written = serde_json::to_string(&message.in_envelope("yMOCK".to_owned())).unwrap();

    assert!(written.starts_with(
        r#"{"MsgId":"yMOCK","MsgType":"FlowStatusChange","MsgVersion":"CustomApp","MsgData":{"Approvers":[{"#
    ));
    assert!(!written.contains("FlowGroupMessage"), "what is absent is not written");
}

#[test]
fn other_messages_keep_their_declared_order() {
    let template = r#"{"OrganizationId":"o","OperatorUserId":"u","TemplateId":"t","TemplateName":"劳动合同<A&B>","CreateTime":1700000000}"#;
    let billing = r#"{"FlowId":"","FlowName":"","CreateOrganizationName":"","QuotaType":"","UseCount":1,"CostTime":1700000001,"QuotaName":"","CostType":1,"Remark":""}"#;

    assert_eq!(serde_json::to_string(&serde_json::from_str::<TemplateAdd>(template).unwrap()).unwrap(), template);
    assert_eq!(serde_json::to_string(&serde_json::from_str::<BillingUse>(billing).unwrap()).unwrap(), billing);
}

#[test]
fn a_platforms_messages_lead_with_its_own_ids() {
    let message = partner::FlowStatusChange { application_id: "app".to_owned(), ..Default::default() };
    let written = serde_json::to_string(&message.in_envelope("m".to_owned())).unwrap();

    assert!(
        written.contains(r#""MsgVersion":"ThirdPartyApp","MsgData":{"ApplicationId":"app","ProxyOrganizationOpenId":"#)
    );
    for contract in messages(Generation::Partner) {
        let schema: Value = serde_json::from_str(contract.schema).unwrap();
        assert!(schema["properties"].get("ApplicationId").is_some(), "{}", contract.msg_type);
        assert!(schema["properties"].get("OrganizationId").is_none(), "{}", contract.msg_type);
    }
}

#[test]
fn every_generation_has_its_messages() {
    assert_eq!(Generation::ALL.map(|generation| messages(generation).len()), [48, 44, 2]);
    for generation in Generation::ALL {
        assert!(messages(generation).is_sorted_by(|a, b| a.msg_type < b.msg_type));
        for contract in messages(generation) {
            assert_eq!(contract.generation, generation);
            assert!(message(generation, contract.msg_type).is_some());
            assert!(!contract.source.is_empty());
        }
    }
}

#[test]
fn guesses_are_marked_as_guesses() {
    let basis = |generation, msg_type| message(generation, msg_type).unwrap().basis;

    assert_eq!(basis(Generation::Company, "FlowStatusChange"), Basis::Sampled);
    assert_eq!(basis(Generation::Company, "ForwardFLow"), Basis::Assumed);
    assert_eq!(basis(Generation::Partner, "FlowStatusChange"), Basis::Assumed);
    assert_eq!(basis(Generation::Partner, "OrgAuth"), Basis::Documented);
}

#[test]
fn the_schema_of_every_message_compiles_and_its_type_reads_every_field() {
    for contract in Generation::ALL.into_iter().flat_map(messages) {
        let schema: Value = serde_json::from_str(contract.schema).unwrap();
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        let full = filled(&schema, &schema);
        assert!(validator.is_valid(&full), "{}", contract.msg_type);

        let read = |data: Value| match contract.generation {
            Generation::Company => {
                AnyMessage::read(contract.msg_type, data).map(|found| found.map(|any| any.msg_type()))
            }
            Generation::Partner => {
                partner::AnyMessage::read(contract.msg_type, data).map(|found| found.map(|any| any.msg_type()))
            }
            Generation::Legacy => ess_schemas::callbacks::legacy::AnyMessage::read(contract.msg_type, data)
                .map(|found| found.map(|any| any.msg_type())),
        };
        assert_eq!(read(full).unwrap(), Some(contract.msg_type));
        assert!(read(json!({"NewField": 1})).is_ok(), "{}: a receiver must cope with other fields", contract.msg_type);
    }
    assert_eq!(AnyMessage::read("NoSuchMessage", json!({})).unwrap(), None);
}

/// A value with every property of a schema.
fn filled(root: &Value, schema: &Value) -> Value {
    if let Some(reference) = schema["$ref"].as_str() {
        return filled(root, root.pointer(reference.trim_start_matches('#')).unwrap());
    }
    if let Some(first) = schema["enum"].get(0) {
        return first.clone();
    }
    match schema["type"].as_str() {
        Some("object") => {
            let properties = schema["properties"].as_object().unwrap();
            properties.iter().map(|(name, about)| (name.clone(), filled(root, about))).collect()
        }
        Some("array") => json!([filled(root, &schema["items"])]),
        Some("integer") => json!(1),
        Some("boolean") => json!(true),
        _ => json!("字"),
    }
}
