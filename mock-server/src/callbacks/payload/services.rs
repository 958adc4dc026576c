//! Messages about companies' services, partners and persons' machines, for both kinds of receivers. ASSUMED throughout: the types
//! are published, no payload is.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ess_schemas::callbacks::{
    AutoSignSealImg, CancelUserAutoSign, DisableUserAutoSign, OpenUserAutoSign, OperateExtendedService,
    PartnerServerSignAuthorization, partner,
};

use crate::callbacks::behalf::Behalf;
use crate::documents::{Fonts, Mark, mark_png};
use crate::domain::auto_sign::AutoSign;
use crate::domain::consent::OnBehalf;
use crate::domain::extended_service::ExtendedService;
use crate::domain::partner_grant::PartnerGrant;
use crate::domain::personal_seal::PersonalSeal;
use crate::domain::time::Timestamp;

/// Pixels along the sides of a signature's picture.
const PICTURE: (u32, u32) = (200, 100);

fn operate_type(open: bool) -> String {
    if open { "OPEN".to_owned() } else { "CLOSE".to_owned() }
}

pub(super) fn extended_service(
    service: ExtendedService,
    open: bool,
    on_behalf: &OnBehalf,
    at: Timestamp,
) -> OperateExtendedService {
    OperateExtendedService {
        organization_id: on_behalf.organization.to_string(),
        service_type: service.company_wire().to_owned(),
        operate_type: operate_type(open),
        operate_time: at.seconds(),
    }
}

pub(super) fn extended_service_for_partner(
    who: &Behalf,
    service: ExtendedService,
    open: bool,
    at: Timestamp,
) -> partner::OperateExtendedService {
    partner::OperateExtendedService {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator(),
        service_type: service.wire().to_owned(),
        operate_type: operate_type(open),
        operate_time: at.seconds(),
    }
}

pub(super) fn partner_grant(grant: &PartnerGrant, name: &str, at: Timestamp) -> PartnerServerSignAuthorization {
    PartnerServerSignAuthorization {
        organization_id: grant.granting.to_string(),
        partner_organization_id: grant.partner.to_string(),
        partner_organization_name: name.to_owned(),
        operate_type: operate_type(true),
        operate_time: at.seconds(),
    }
}

pub(super) fn partner_grant_for_partner(
    who: &Behalf,
    grant: &PartnerGrant,
    name: &str,
    at: Timestamp,
) -> partner::PartnerServerSignAuthorization {
    partner::PartnerServerSignAuthorization {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator(),
        partner_organization_open_id: who.company(Some(&grant.partner)),
        partner_organization_name: name.to_owned(),
        operate_type: operate_type(true),
        operate_time: at.seconds(),
    }
}

macro_rules! about_a_person {
    ($($company:ident, $partner:ident: $message:ident),* $(,)?) => {$(
        /// The person is named by name alone: who is no employee has no id here.
        pub(super) fn $company(one: &AutoSign, at: Timestamp) -> $message {
            $message {
                user_id: String::new(),
                name: one.person.name.clone(),
                scene_key: one.scene.clone(),
                user_data: one.terms.user_data.clone(),
                operate_time: at.seconds(),
            }
        }

        pub(super) fn $partner(who: &Behalf, one: &AutoSign, at: Timestamp) -> partner::$message {
            partner::$message {
                application_id: who.application(),
                proxy_organization_open_id: who.customer(),
                proxy_operator_open_id: who.operator(),
                name: one.person.name.clone(),
                scene_key: one.scene.clone(),
                user_data: one.terms.user_data.clone(),
                operate_time: at.seconds(),
            }
        }
    )*};
}

about_a_person! {
    opened, opened_for_partner: OpenUserAutoSign,
    disabled, disabled_for_partner: DisableUserAutoSign,
    cancelled, cancelled_for_partner: CancelUserAutoSign,
}

pub(super) fn seal_set(one: &AutoSign, seal: Option<&PersonalSeal>, at: Timestamp) -> AutoSignSealImg {
    AutoSignSealImg {
        user_id: String::new(),
        name: one.person.name.clone(),
        scene_key: one.scene.clone(),
        user_data: one.terms.user_data.clone(),
        operate_time: at.seconds(),
        seal_id: seal.map(|seal| seal.id.to_string()).unwrap_or_default(),
        seal_img_base64: seal.filter(|_| one.terms.tells_picture).and_then(picture),
    }
}

pub(super) fn seal_set_for_partner(
    who: &Behalf,
    one: &AutoSign,
    seal: Option<&PersonalSeal>,
    at: Timestamp,
) -> partner::AutoSignSealImg {
    let company = seal_set(one, seal, at);
    partner::AutoSignSealImg {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator(),
        name: company.name,
        scene_key: company.scene_key,
        user_data: company.user_data,
        operate_time: company.operate_time,
        seal_id: company.seal_id,
        seal_img_base64: company.seal_img_base64,
    }
}

/// What the machine signs with, where the company asked for its picture (`api AutoSignConfig.SealImgCallback`).
fn picture(seal: &PersonalSeal) -> Option<String> {
    if let Some(picture) = &seal.picture {
        return Some(STANDARD.encode(&picture.bytes));
    }
    let mark = Mark::Signature { name: seal.person.name.clone() };
    mark_png(&mark, PICTURE.0, PICTURE.1, &Fonts::default()).ok().map(|png| STANDARD.encode(png))
}
