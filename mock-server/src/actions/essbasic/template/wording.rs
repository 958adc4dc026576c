//! A template in the words of `essbasic`.

use ess_schemas::essbasic::{Component, Recipient, TemplateInfo, UserFlowType};

use crate::domain::component::Component as Placed;
use crate::domain::ids::RecipientId;
use crate::domain::template::{Party, PartyKind, Template};
use crate::engine::call::Call;

/// How much of a template is shown.
pub(super) struct Shown {
    /// With parties and components (`ContentType`; which fields the list leaves out is ASSUMED).
    pub(super) in_full: bool,
    /// What signers fill in too, not the initiator's alone.
    pub(super) all_components: bool,
    /// With a link to look at it.
    pub(super) preview: bool,
    /// With a link to its document.
    pub(super) pdf: bool,
}

/// A template.
pub(super) fn template_info(call: &Call<'_>, template: &Template, shown: &Shown) -> TemplateInfo {
    let creator = template.creator.as_ref().and_then(|id| call.world.directory.employees.get(id.as_str()));
    let parties = || template.parties.iter().filter(|_| shown.in_full);
    let fills = template.fills.iter().filter(|_| shown.in_full).map(|one| component(one, &template.promoter));
    let signers = parties().filter(|_| shown.all_components);
    let signers_fills = signers.flat_map(|party| party.fills.iter().map(|one| component(one, &party.recipient)));
    let signs = parties().flat_map(|party| party.components.iter().map(|one| component(one, &party.recipient)));
    let link = |wanted: bool| if wanted { call.template_url(template) } else { String::new() };
    let claimed = template.claimed.as_ref();
    TemplateInfo {
        template_id: template.id.to_string(),
        template_name: template.name.clone(),
        description: template.description.clone(),
        components: fills.chain(signers_fills).collect(),
        recipients: parties().zip(1..).map(|(party, order)| recipient(party, order, template.unordered)).collect(),
        sign_components: signs.collect(),
        template_type: if template.signs_by_machine() { 1 } else { 3 },
        is_promoter: false,
        creator: creator.map(|one| one.name.clone()).unwrap_or_default(),
        created_on: template.created_at.seconds(),
        preview_url: link(shown.preview),
        pdf_url: link(shown.pdf),
        channel_template_id: claimed.map(|one| one.id.to_string()).unwrap_or_default(),
        channel_template_name: claimed.map(|one| one.name.clone()).unwrap_or_default(),
        channel_auto_save: i64::from(claimed.is_some_and(|one| one.pushed)),
        template_version: template.version_text(),
        available: if template.enabled { 1 } else { 2 },
        user_flow_type: template.flow_type_id().map(|id| UserFlowType {
            user_flow_type_id: Some(id),
            name: Some(template.kind.clone()),
            description: Some(String::new()),
        }),
    }
}

/// -1 where nobody waits for anybody (`ex DescribeTemplates`), else places from 1.
fn recipient(party: &Party, order: i64, unordered: bool) -> Recipient {
    Recipient {
        recipient_id: party.recipient.to_string(),
        recipient_type: match party.kind {
            PartyKind::Organization | PartyKind::AutoSign => "ENTERPRISE".to_owned(),
            PartyKind::Person => "INDIVIDUAL".to_owned(),
        },
        role_name: party.role.clone(),
        routing_order: if unordered { -1 } else { order },
        // 1 real name; 1 face, 2 password (`ex DescribeTemplates`).
        approver_verify_types: vec![1],
        approver_sign_types: vec![1, 2],
        ..Recipient::default()
    }
}

/// A component where it stands first; the fields that say how it was placed stay empty (`ex DescribeTemplates`).
fn component(component: &Placed, owner: &RecipientId) -> Component {
    let area = component.areas.first();
    let text = || Some(String::new());
    Component {
        component_id: Some(component.id.clone()),
        component_type: Some(component.kind.wire().to_owned()),
        component_name: Some(component.name.clone()),
        component_required: Some(component.required),
        component_recipient_id: Some(owner.to_string()),
        file_index: Some(0),
        generate_mode: text(),
        component_width: Some(area.map_or(0.0, |area| area.width)),
        component_height: Some(area.map_or(0.0, |area| area.height)),
        component_page: Some(area.map_or(0, |area| i64::try_from(area.page).unwrap_or(i64::MAX))),
        component_pos_x: Some(area.map_or(0.0, |area| area.x)),
        component_pos_y: Some(area.map_or(0.0, |area| area.y)),
        component_extra: Some(component.extra.clone()),
        component_value: Some(component.value.clone()),
        component_date_font_size: Some(0),
        document_id: text(),
        component_description: text(),
        offset_x: Some(0.0),
        offset_y: Some(0.0),
        channel_component_id: text(),
        keyword_order: text(),
        keyword_page: Some(0),
        relative_location: text(),
        keyword_indexes: Some(Vec::new()),
        placeholder: text(),
        ..Component::default()
    }
}
