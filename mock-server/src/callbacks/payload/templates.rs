//! Messages about templates, for both kinds of receivers (`callback docs`; `callback samples` show `TemplateAdd`, without
//! the fields that are empty).

use ess_schemas::callbacks::{TemplateAdd, TemplateAvailable, TemplateDelete, TemplateUpdate, partner};

use crate::callbacks::behalf::Behalf;
use crate::domain::ids::UserId;
use crate::domain::template::Template;
use crate::domain::time::Timestamp;

/// `TemplateStatus`.
fn status(template: &Template) -> String {
    if template.enabled { "ENABLE".to_owned() } else { "DISABLE".to_owned() }
}

/// Left out when there is none (`callback samples`).
fn user_data(template: &Template) -> Option<String> {
    Some(template.user_data.clone()).filter(|data| !data.is_empty())
}

pub(super) fn added(template: &Template, operator: &UserId) -> TemplateAdd {
    TemplateAdd {
        organization_id: template.organization.to_string(),
        operator_user_id: operator.to_string(),
        template_id: template.id.to_string(),
        template_name: template.name.clone(),
        create_time: template.created_at.seconds(),
        share_template_id: None,
        user_data: user_data(template),
        user_flow_type_id: None,
    }
}

pub(super) fn updated(template: &Template, operator: &UserId, at: Timestamp) -> TemplateUpdate {
    TemplateUpdate {
        organization_id: template.organization.to_string(),
        operator_user_id: operator.to_string(),
        template_id: template.id.to_string(),
        template_name: template.name.clone(),
        update_time: at.seconds(),
        share_template_id: None,
        user_data: user_data(template),
        user_flow_type_id: None,
    }
}

pub(super) fn deleted(template: &Template, operator: &UserId, at: Timestamp) -> TemplateDelete {
    TemplateDelete {
        organization_id: template.organization.to_string(),
        operator_user_id: operator.to_string(),
        template_id: template.id.to_string(),
        template_name: template.name.clone(),
        delete_time: at.seconds(),
        share_template_id: None,
        user_data: user_data(template),
    }
}

pub(super) fn switched(template: &Template, operator: &UserId, at: Timestamp) -> TemplateAvailable {
    TemplateAvailable {
        organization_id: template.organization.to_string(),
        operator_user_id: operator.to_string(),
        template_id: template.id.to_string(),
        template_name: template.name.clone(),
        operate_on: at.seconds(),
        template_status: status(template),
        share_template_id: None,
    }
}

/// As the company's, led by the platform's ids.
pub(super) fn added_for_partner(who: &Behalf, template: &Template) -> partner::TemplateAdd {
    partner::TemplateAdd {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator(),
        template_id: template.id.to_string(),
        template_name: template.name.clone(),
        create_time: template.created_at.seconds(),
        user_data: user_data(template),
        user_flow_type_id: None,
    }
}

/// As the company's, led by the platform's ids.
pub(super) fn updated_for_partner(who: &Behalf, template: &Template, at: Timestamp) -> partner::TemplateUpdate {
    partner::TemplateUpdate {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator(),
        template_id: template.id.to_string(),
        template_name: template.name.clone(),
        update_time: at.seconds(),
        user_data: user_data(template),
        user_flow_type_id: None,
    }
}

/// As the company's, led by the platform's ids.
pub(super) fn deleted_for_partner(who: &Behalf, template: &Template, at: Timestamp) -> partner::TemplateDelete {
    partner::TemplateDelete {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator(),
        template_id: template.id.to_string(),
        template_name: template.name.clone(),
        delete_time: at.seconds(),
        user_data: user_data(template),
    }
}

/// As the company's, led by the platform's ids.
pub(super) fn switched_for_partner(who: &Behalf, template: &Template, at: Timestamp) -> partner::TemplateAvailable {
    partner::TemplateAvailable {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator(),
        template_id: template.id.to_string(),
        template_name: template.name.clone(),
        operate_on: at.seconds(),
        template_status: status(template),
    }
}
