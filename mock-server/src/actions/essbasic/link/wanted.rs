//! For whom `CreateSignUrls` is asked to make links: `GenerateType`, and what it needs.

use ess_schemas::essbasic::CreateSignUrlsRequest;

use crate::actions::essbasic::dialect::{OpenIds, given};
use crate::actions::words::card;
use crate::domain::approver::{Approver, ApproverKind};
use crate::domain::claim::Preset;
use crate::domain::flow::Flow;
use crate::domain::ids::{OrganizationId, RecipientId, UserId};
use crate::domain::refusal::Refusal;

/// What is asked for.
pub(super) struct Wanted<'a> {
    pub(super) who: Everybody,
    /// `Endpoint`.
    pub(super) endpoint: &'a str,
    pub(super) auto_jump_back: bool,
    /// The name of the company that may pick an open slot up.
    company: Option<String>,
}

/// Whether links are for all who sign, or for one.
pub(super) enum Everybody {
    All,
    One(Signer),
}

/// The signer meant, in each contract.
pub(super) enum Signer {
    /// `CHANNEL`: a customer, through this employee if one is named.
    Customer(OrganizationId, Option<UserId>),
    /// `NOT_CHANNEL`: another company, through whoever has this mobile number if one is given.
    Company(String, Option<String>),
    /// `PERSON`: by name and mobile number.
    Person(String, String),
    /// `FOLLOWER`: who gets a copy, by mobile number.
    Follower(String),
    /// `RECIPIENT`: by slot.
    Slot,
}

impl<'a> Wanted<'a> {
    pub(super) fn read(request: &'a CreateSignUrlsRequest, ids: OpenIds<'_>) -> Result<Self, Refusal> {
        let needed = |value: &'a Option<String>, field| given(value).ok_or(Refusal::ParameterMissing { field });
        let endpoint = given(&request.endpoint).map_or("WEIXINAPP", String::as_str);
        let who = match given(&request.generate_type).map_or("ALL", String::as_str) {
            "CHANNEL" => {
                Everybody::One(customer(needed(&request.organization_open_id, "OrganizationOpenId")?, request, ids)?)
            }
            "NOT_CHANNEL" => {
                let name = needed(&request.organization_name, "OrganizationName")?.clone();
                Everybody::One(Signer::Company(name, given(&request.mobile).cloned()))
            }
            "PERSON" => {
                let (name, mobile) = (needed(&request.name, "Name")?, needed(&request.mobile, "Mobile")?);
                Everybody::One(Signer::Person(name.clone(), mobile.clone()))
            }
            "FOLLOWER" => Everybody::One(Signer::Follower(needed(&request.mobile, "Mobile")?.clone())),
            "RECIPIENT" => Everybody::One(Signer::Slot),
            _ => Everybody::All,
        };
        if endpoint == "CHANNEL" && matches!(who, Everybody::One(_)) {
            let detail = "CHANNEL goes with GenerateType ALL".to_owned();
            return Err(Refusal::ValueNotAllowed { field: "Endpoint".into(), detail });
        }
        let customer = given(&request.organization_open_id).and_then(|id| ids.company(id));
        let company = customer.map(|one| one.name.clone()).or_else(|| given(&request.organization_name).cloned());
        Ok(Self { who, endpoint, auto_jump_back: request.auto_jump_back.unwrap_or(false), company })
    }

    /// The signer meant in this contract; nobody in particular for who only looks.
    pub(super) fn signer(&self, flow: &Flow, slot: Option<&String>) -> Result<Option<RecipientId>, Refusal> {
        let Everybody::One(signer) = &self.who else { return Ok(None) };
        let find = |is: &dyn Fn(&Approver) -> bool| flow.approvers.iter().find(|one| is(one));
        let found = match signer {
            Signer::Follower(mobile) => {
                let gets_one = flow.copies.iter().any(|copy| &copy.mobile == mobile);
                return if gets_one { Ok(None) } else { Err(nobody(flow, mobile)) };
            }
            Signer::Slot => {
                let slot = slot.ok_or(Refusal::ParameterMissing { field: "RecipientIds" })?;
                let found = flow.approver(slot);
                found.ok_or_else(|| Refusal::ApproverUnknown { approver: slot.clone() }).map(Some)?
            }
            Signer::Customer(company, user) => find(&|one| {
                one.organization_id() == Some(company) && (user.is_none() || user.as_ref() == one.person.user.as_ref())
            }),
            Signer::Company(name, mobile) => find(&|one| {
                one.organization.as_ref().is_some_and(|party| &party.name == name)
                    && mobile.as_ref().is_none_or(|mobile| mobile == &one.person.mobile)
            }),
            Signer::Person(name, mobile) => find(&|one| {
                one.kind == ApproverKind::Person && &one.person.name == name && &one.person.mobile == mobile
            }),
        };
        let found = found.ok_or_else(|| nobody(flow, &self.company.clone().unwrap_or_default()))?;
        Ok(Some(found.recipient.clone()))
    }

    /// Only who fits may pick an open slot up.
    pub(super) fn preset(&self, request: &CreateSignUrlsRequest) -> Preset {
        if !matches!(self.who, Everybody::One(Signer::Slot)) {
            return Preset::default();
        }
        Preset {
            name: given(&request.name).cloned(),
            mobile: given(&request.mobile).cloned(),
            card: card(request.id_card_type.as_deref(), request.id_card_number.as_ref()),
            organization: self.company.clone(),
            employees_only: false,
        }
    }
}

fn customer(id: &str, request: &CreateSignUrlsRequest, ids: OpenIds<'_>) -> Result<Signer, Refusal> {
    let company = ids.company(id).ok_or_else(|| Refusal::OrganizationUnknown { organization: id.to_owned() })?;
    let employee = given(&request.open_id).map(|id| {
        ids.employee(id).map(|one| one.id.clone()).ok_or_else(|| Refusal::OperatorUnknown { user: id.clone() })
    });
    Ok(Signer::Customer(company.id.clone(), employee.transpose()?))
}

fn nobody(flow: &Flow, who: &str) -> Refusal {
    Refusal::NotAParticipant {
        flow: flow.id.to_string(),
        name: who.to_owned(),
        mobile: String::new(),
        id_card_type: "",
        id_card_number: String::new(),
        approver_type: 0,
    }
}
