//! What a message says, as JSON bytes: compact, raw UTF-8, fields in the order the vendor's messages have them.
//!
//! Written outside of every lock, once per attempt; the same message gives the same bytes every time. Only `CallbackUrl`
//! differs between addresses.

mod company;
mod groups;
mod identity;
mod intelligence;
mod legacy;
mod onboarding;
mod partner;
mod qr_code;
mod seals;
mod services;
mod staff;
mod templates;
mod words;

pub(crate) use company::{QUOTA_NAME, QUOTA_TYPE};
use ess_client::callback::Generation;
use ess_schemas::callbacks::{Envelope, FlowInfo, FlowStatusChange};
use serde::Serialize;

use super::address::Address;
use super::message::{Message, MessageKind, StatusChange};
use crate::domain::auto_sign::AutoSignChange;
use crate::domain::event::TemplateChange;
use crate::domain::flow::Flow;
use crate::domain::ids::RecipientId;
use crate::domain::seal::SealChange;
use crate::engine::settings::{CallbackUserId, PartnerFlowPayload, Settings};

/// `FlowCallbackStatus`: what callbacks say of this contract's status.
#[must_use]
pub fn callback_status(flow: &Flow) -> i64 {
    words::flow_status(flow.status()).0
}

/// The message as this address expects it.
#[must_use]
pub fn plaintext(message: &Message, address: &Address, settings: &Settings) -> Vec<u8> {
    let bytes = match (address.generation, &message.kind) {
        (Generation::Company, _) => company_text(message, address, settings, Some("CustomApp")),
        (Generation::Partner, _) => partner_text(message, address, settings),
        // A contract message of the old generation comes bare, without an envelope.
        (Generation::Legacy, MessageKind::FlowStatusChange(change)) => {
            json(&FlowInfo { user_id: user_id(change, settings), ..legacy::flow_info(change, address) })
        }
        (Generation::Legacy, MessageKind::Seal(news)) => envelope(message, None, &seals::operate_seal_for_legacy(news)),
        (Generation::Legacy, _) => company_text(message, address, settings, None),
    };
    if settings.html_escapes_in_callbacks.is_on() { escape_html(&bytes) } else { bytes }
}

fn company_text(message: &Message, address: &Address, settings: &Settings, version: Option<&str>) -> Vec<u8> {
    let at = message.at;
    match &message.kind {
        MessageKind::FlowStatusChange(change) => {
            let told = company::flow_status_change(change, at, address);
            envelope(message, version, &FlowStatusChange { user_id: user_id(change, settings), ..told })
        }
        MessageKind::BillingUse(flow, count) => envelope(message, version, &company::billing_use(flow, *count, at)),
        MessageKind::FlowCost(flow, count) => envelope(message, version, &company::flow_cost(flow, *count)),
        MessageKind::DocumentFill(flow) => envelope(message, version, &company::document_fill(flow, at)),
        MessageKind::ForwardFlow(flow, slot) => envelope(message, version, &company::forward_flow(flow, slot, at)),
        MessageKind::ReceiveFlow(flow, slot) => envelope(message, version, &company::receive_flow(flow, slot, at)),
        MessageKind::ApproverDeadlineExpired(flow, slot) => {
            envelope(message, version, &company::approver_deadline_expired(flow, slot, at))
        }
        MessageKind::CreateFlowReview(flow) => envelope(message, version, &company::create_flow_review(flow)),
        MessageKind::MultiFlowSignQrCodeCost(code, flow) => envelope(message, version, &qr_code::cost(code, flow)),
        MessageKind::CreateFlowByQrCode(code, scanner) => {
            envelope(message, version, &qr_code::without_quota(code, scanner))
        }
        MessageKind::CancelFlows(task) => envelope(message, version, &company::cancel_flows(task, at)),
        MessageKind::FlowGroupStatusChange(group, status) => {
            envelope(message, version, &groups::status_change(group, *status, at))
        }
        MessageKind::Template(change, template, user) => match change {
            TemplateChange::Added => envelope(message, version, &templates::added(template, user)),
            TemplateChange::Updated => envelope(message, version, &templates::updated(template, user, at)),
            TemplateChange::Deleted => envelope(message, version, &templates::deleted(template, user, at)),
            TemplateChange::Switched => envelope(message, version, &templates::switched(template, user, at)),
        },
        MessageKind::Onboarding(progress, applicant) => onboarding::to_company(message, version, progress, applicant),
        MessageKind::Staff(change, member) => staff::to_company(message, version, change, member),
        MessageKind::Identity(change, person) => identity::to_company(message, version, *change, person),
        MessageKind::Seal(news) => match &news.change {
            SealChange::Lent(lender) => envelope(message, version, &seals::employee_seal_auth(news, lender, at)),
            SealChange::Created
            | SealChange::Enabled
            | SealChange::Disabled
            | SealChange::Deleted
            | SealChange::Granted(_)
            | SealChange::Revoked(_)
            | SealChange::Reviewed(_) => envelope(message, version, &seals::operate_seal(news)),
        },
        MessageKind::SealUse(used) => envelope(message, version, &seals::seal_use(used, at)),
        // No company's own application knows it.
        MessageKind::SealPolicyWorkflow(workflow) => {
            envelope(message, version, &seals::seal_policy_workflow(&message.behalf, workflow, at))
        }
        MessageKind::OperateExtendedService(service, open, on_behalf) => {
            envelope(message, version, &services::extended_service(*service, *open, on_behalf, at))
        }
        MessageKind::UserAutoSign(change, one, seal) => match change {
            AutoSignChange::Opened => envelope(message, version, &services::opened(one, at)),
            AutoSignChange::SealSet => envelope(message, version, &services::seal_set(one, seal.as_deref(), at)),
            AutoSignChange::Disabled => envelope(message, version, &services::disabled(one, at)),
            AutoSignChange::Cancelled => envelope(message, version, &services::cancelled(one, at)),
        },
        MessageKind::PartnerServerSignAuthorization(grant, name) => {
            envelope(message, version, &services::partner_grant(grant, name, at))
        }
        MessageKind::Intelligence(news) => intelligence::news(message, version, news),
        MessageKind::IntelligenceCost(news) => envelope(message, version, &intelligence::cost(news)),
        MessageKind::ByHand(made) => made.plaintext(message.id.as_str(), &address.url),
    }
}

fn partner_text(message: &Message, address: &Address, settings: &Settings) -> Vec<u8> {
    let (version, at, who) = (Some("ThirdPartyApp"), message.at, &message.behalf);
    match &message.kind {
        MessageKind::FlowStatusChange(change) => match settings.partner_flow_payload {
            PartnerFlowPayload::Assumed => envelope(message, version, &partner::flow_status_change(who, change, at)),
            PartnerFlowPayload::Company => {
                envelope(message, version, &company::flow_status_change(change, at, address))
            }
        },
        MessageKind::BillingUse(flow, count) => {
            envelope(message, version, &partner::billing_use(who, flow, *count, at))
        }
        MessageKind::FlowCost(flow, count) => envelope(message, version, &partner::flow_cost(who, flow, *count)),
        MessageKind::DocumentFill(flow) => envelope(message, version, &partner::document_fill(who, flow, at)),
        MessageKind::ForwardFlow(flow, slot) => envelope(message, version, &partner::forward_flow(who, flow, slot, at)),
        MessageKind::ReceiveFlow(flow, slot) => envelope(message, version, &partner::receive_flow(who, flow, slot, at)),
        MessageKind::ApproverDeadlineExpired(flow, slot) => {
            envelope(message, version, &partner::approver_deadline_expired(who, flow, slot, at))
        }
        MessageKind::CreateFlowReview(flow) => envelope(message, version, &partner::create_flow_review(who, flow)),
        MessageKind::MultiFlowSignQrCodeCost(code, flow) => {
            envelope(message, version, &qr_code::cost_for_partner(who, code, flow))
        }
        MessageKind::CreateFlowByQrCode(code, scanner) => {
            envelope(message, version, &qr_code::without_quota_for_partner(who, code, scanner))
        }
        MessageKind::CancelFlows(task) => envelope(message, version, &partner::cancel_flows(who, task, at)),
        MessageKind::FlowGroupStatusChange(group, status) => {
            envelope(message, version, &groups::status_change_for_partner(who, group, *status, at))
        }
        MessageKind::Template(change, template, _) => match change {
            TemplateChange::Added => envelope(message, version, &templates::added_for_partner(who, template)),
            TemplateChange::Updated => envelope(message, version, &templates::updated_for_partner(who, template, at)),
            TemplateChange::Deleted => envelope(message, version, &templates::deleted_for_partner(who, template, at)),
            TemplateChange::Switched => envelope(message, version, &templates::switched_for_partner(who, template, at)),
        },
        MessageKind::Onboarding(progress, applicant) => onboarding::to_partner(message, progress, applicant),
        MessageKind::Staff(change, member) => staff::to_partner(message, change, member),
        // No platform's application knows it.
        MessageKind::Identity(change, person) => identity::to_company(message, version, *change, person),
        MessageKind::Seal(news) => match &news.change {
            SealChange::Lent(_) => envelope(message, version, &seals::employee_seal_auth_for_partner(who, news, at)),
            SealChange::Reviewed(_) => envelope(message, version, &seals::audit_seal_auth(who, news, at)),
            SealChange::Created
            | SealChange::Enabled
            | SealChange::Disabled
            | SealChange::Deleted
            | SealChange::Granted(_)
            | SealChange::Revoked(_) => envelope(message, version, &seals::operate_seal_for_partner(who, news)),
        },
        MessageKind::SealPolicyWorkflow(workflow) => {
            envelope(message, version, &seals::seal_policy_workflow(who, workflow, at))
        }
        // No platform's application knows it.
        MessageKind::SealUse(used) => envelope(message, version, &seals::seal_use(used, at)),
        MessageKind::OperateExtendedService(service, open, _) => {
            envelope(message, version, &services::extended_service_for_partner(who, *service, *open, at))
        }
        MessageKind::UserAutoSign(change, one, seal) => match change {
            AutoSignChange::Opened => envelope(message, version, &services::opened_for_partner(who, one, at)),
            AutoSignChange::SealSet => {
                envelope(message, version, &services::seal_set_for_partner(who, one, seal.as_deref(), at))
            }
            AutoSignChange::Disabled => envelope(message, version, &services::disabled_for_partner(who, one, at)),
            AutoSignChange::Cancelled => envelope(message, version, &services::cancelled_for_partner(who, one, at)),
        },
        MessageKind::PartnerServerSignAuthorization(grant, name) => {
            envelope(message, version, &services::partner_grant_for_partner(who, grant, name, at))
        }
        MessageKind::Intelligence(news) => intelligence::news(message, version, news),
        MessageKind::IntelligenceCost(news) => envelope(message, version, &intelligence::cost(news)),
        MessageKind::ByHand(made) => made.plaintext(message.id.as_str(), &address.url),
    }
}

/// Whose id a contract's message names.
fn user_id(change: &StatusChange, settings: &Settings) -> String {
    let flow = &change.flow;
    match settings.callback_user_id {
        CallbackUserId::Initiator => flow.initiator.user.to_string(),
        CallbackUserId::Signer => {
            let named = change.recipient.as_ref().and_then(|recipient| flow.approver(recipient.as_str()));
            let due = || flow.approvers.iter().find(|one| one.is_due() || one.is_due_to_fill());
            let user = named.or_else(due).and_then(|signer| signer.person.user.as_ref());
            user.map(ToString::to_string).unwrap_or_default()
        }
    }
}

fn envelope<Data: Serialize>(message: &Message, version: Option<&str>, data: &Data) -> Vec<u8> {
    json(&Envelope {
        msg_id: message.id.to_string(),
        msg_type: message.kind.name().to_owned(),
        msg_version: version.map(ToOwned::to_owned),
        msg_data: data,
    })
}

#[expect(clippy::expect_used, reason = "generated structs of texts and numbers always serialise")]
fn json<Data: Serialize>(data: &Data) -> Vec<u8> {
    serde_json::to_vec(data).expect("generated structs of texts and numbers always serialise")
}

/// As Go's encoder does by default. These characters stand in JSON inside of texts only.
fn escape_html(bytes: &[u8]) -> Vec<u8> {
    let mut escaped = Vec::with_capacity(bytes.len() + 16);
    for byte in bytes {
        match byte {
            b'<' => escaped.extend_from_slice(b"\\u003c"),
            b'>' => escaped.extend_from_slice(b"\\u003e"),
            b'&' => escaped.extend_from_slice(b"\\u0026"),
            other => escaped.push(*other),
        }
    }
    escaped
}

/// `RecipientId` of a contract message: whose act it was, or nobody's.
fn recipient_text(recipient: Option<&RecipientId>) -> String {
    recipient.map(ToString::to_string).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ess_schemas::callbacks;

    use super::*;
    use crate::domain::group::GroupStatus;
    use crate::domain::qr_code::Scanner;
    use crate::domain::samples::{group_of, template};
    use crate::domain::template::Template;
    use crate::engine::samples::{
        address, behalf, cancel_task, message, onboarding_messages, qr_code, seal_message, seal_messages,
    };

    fn text(generation: Generation, settings: &Settings) -> String {
        let mut address = address();
        address.generation = generation;
        String::from_utf8(plaintext(&message(), &address, settings)).unwrap()
    }

    #[test]
    fn a_contract_message_of_every_generation() {
        let settings = Settings::default();
        insta::assert_snapshot!("company", text(Generation::Company, &settings));
        insta::assert_snapshot!("legacy", text(Generation::Legacy, &settings));
        insta::assert_snapshot!("partner", text(Generation::Partner, &settings));
    }

    #[test]
    fn every_message_fits_its_schema() {
        let flow = message().kind.flow().unwrap().clone();
        let slot = || flow.approvers[1].recipient.clone();
        let with_data = || Template { user_data: "eyJpZCI6IDF9".into(), ..template() };
        let kinds = [
            message().kind,
            MessageKind::BillingUse(flow.clone(), 1),
            MessageKind::BillingUse(flow.clone(), -1),
            MessageKind::FlowCost(flow.clone(), -1),
            MessageKind::DocumentFill(flow.clone()),
            MessageKind::CreateFlowReview(flow.clone()),
            MessageKind::CancelFlows(cancel_task()),
            MessageKind::MultiFlowSignQrCodeCost(qr_code(), flow.id.clone()),
            MessageKind::CreateFlowByQrCode(qr_code(), Scanner::default()),
            MessageKind::ForwardFlow(flow.clone(), slot()),
            MessageKind::ReceiveFlow(flow.clone(), slot()),
            MessageKind::ApproverDeadlineExpired(flow.clone(), slot()),
            MessageKind::FlowGroupStatusChange(Arc::new(group_of(&flow)), GroupStatus::Signed),
            MessageKind::Template(TemplateChange::Added, Arc::new(template()), "operator".into()),
            MessageKind::Template(TemplateChange::Updated, Arc::new(with_data()), "operator".into()),
            MessageKind::Template(TemplateChange::Added, Arc::new(with_data()), "operator".into()),
            MessageKind::Template(TemplateChange::Deleted, Arc::new(with_data()), "operator".into()),
            MessageKind::Template(TemplateChange::Deleted, Arc::new(template()), "operator".into()),
            MessageKind::Template(TemplateChange::Switched, Arc::new(template()), "operator".into()),
        ];
        for kind in kinds.into_iter().chain(onboarding_messages()).chain(seal_messages()) {
            let message = Message { kind, ..message() };
            let of = [
                (Generation::Company, callbacks::Generation::Company),
                (Generation::Partner, callbacks::Generation::Partner),
            ];
            for (generation, published) in of {
                if !message.kind.is_known_to(generation) {
                    assert_eq!(callbacks::message(published, message.kind.name()).map(|one| one.msg_type), None);
                    continue;
                }
                let address = Address { generation, ..address() };
                let bytes = plaintext(&message, &address, &Settings::default());
                let sent: Envelope<serde_json::Value> = serde_json::from_slice(&bytes).unwrap();
                assert_eq!(sent.msg_version.as_deref(), published.msg_version());
                let contract = callbacks::message(published, &sent.msg_type).unwrap();
                let schema: serde_json::Value = serde_json::from_str(contract.schema).unwrap();
                let validator = jsonschema::validator_for(&schema).unwrap();
                let verdict = validator.validate(&sent.msg_data);
                assert!(verdict.is_ok(), "{generation:?} {}: {verdict:?}", sent.msg_type);
                // No field beside the published ones either.
                let known: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
                let fields = sent.msg_data.as_object().unwrap();
                assert!(fields.keys().all(|field| known.contains(&field)), "{generation:?} {}", sent.msg_type);
            }
        }
    }

    #[test]
    fn every_message_on_the_way_to_become_a_customer_as_a_platform_gets_it() {
        let address = Address { generation: Generation::Partner, ..address() };
        let known = onboarding_messages().into_iter().filter(|kind| kind.is_known_to(Generation::Partner));
        let texts = known.map(|kind| {
            let message = Message { kind, behalf: behalf(), ..message() };
            String::from_utf8(plaintext(&message, &address, &Settings::default())).unwrap()
        });
        insta::assert_snapshot!(texts.collect::<Vec<_>>().join("\n"));
    }

    #[test]
    fn what_came_of_looking_at_a_companys_seal_names_neither_it_nor_an_operator() {
        for generation in [Generation::Company, Generation::Legacy] {
            let address = Address { generation, ..address() };
            let message = Message { kind: seal_message(SealChange::Reviewed(false), None), ..message() };
            assert!(message.kind.is_known_to(generation) && !message.kind.is_known_to(Generation::Partner));
            let bytes = plaintext(&message, &address, &Settings::default());
            let sent: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
            assert_eq!((&sent["MsgType"], &sent["MsgData"]["ReviewStatus"]), (&"OperateSeal".into(), &"REJECT".into()));
            let data = sent["MsgData"].as_object().unwrap();
            assert!(["OrganizationId", "OperatorUserId", "Operate"].iter().all(|field| !data.contains_key(*field)));
        }
    }

    #[test]
    fn html_characters_are_escaped_when_asked_for() {
        assert_eq!(escape_html("《A&B<C>》".as_bytes()), "《A\\u0026B\\u003cC\\u003e》".as_bytes());
    }
}
