//! A template in the words of `ess`.

use ess_schemas::ess::{Component, FileInfo, Recipient, TemplateInfo, UserFlowType};

use crate::domain::component::Component as Placed;
use crate::domain::directory::Directory;
use crate::domain::ids::RecipientId;
use crate::domain::template::{Party, PartyKind, Template};

/// What the vendor calls contracts nobody sorted into a kind (`ex DescribeFlowTemplates`).
const UNSORTED: &str = "未分类";

/// A template; without its parties and components where only the list is asked for (`api
/// DescribeFlowTemplates.ContentType`; which fields that leaves out is ASSUMED).
pub(super) fn template_info(
    template: &Template,
    directory: &Directory,
    in_full: bool,
    preview_url: String,
) -> TemplateInfo {
    let creator = template.creator.as_ref().and_then(|id| directory.employees.get(id.as_str()));
    let parties = || template.parties.iter().filter(|_| in_full);
    let fills = template.fills.iter().filter(|_| in_full).map(|one| component(one, &template.promoter));
    let signers_fills = parties().flat_map(|party| party.fills.iter().map(|one| component(one, &party.recipient)));
    let signs = parties().flat_map(|party| party.components.iter().map(|one| component(one, &party.recipient)));
    let file = template.content.as_ref().map(|content| FileInfo {
        file_id: template.file.to_string(),
        file_name: template.file_name.clone(),
        file_size: i64::try_from(content.bytes.len()).unwrap_or(i64::MAX),
        created_on: template.created_at.seconds(),
    });
    TemplateInfo {
        template_id: template.id.to_string(),
        template_name: template.name.clone(),
        recipients: parties().zip(1..).map(|(party, order)| recipient(party, order)).collect(),
        components: fills.chain(signers_fills).collect(),
        sign_components: signs.collect(),
        description: template.description.clone(),
        document_resource_ids: file.iter().map(|file| file.file_id.clone()).collect(),
        file_infos: file.into_iter().collect(),
        attachment_resource_ids: Vec::new(),
        sign_order: sign_order(template),
        // 1: released (`api TemplateInfo.Status`); a world has no drafts of templates.
        status: 1,
        creator: creator.map(|one| one.name.clone()).unwrap_or_default(),
        created_on: template.created_at.seconds(),
        promoter: promoter(template),
        template_type: if template.signs_by_machine() { 1 } else { 3 },
        available: if template.enabled { 1 } else { 2 },
        organization_id: template.organization.to_string(),
        creator_id: template.creator.as_ref().map(ToString::to_string).unwrap_or_default(),
        preview_url,
        user_flow_type: UserFlowType {
            user_flow_type_id: Some(String::new()),
            name: Some(if template.kind.is_empty() { UNSORTED.to_owned() } else { template.kind.clone() }),
            description: Some(String::new()),
        },
        template_version: template.version_text(),
        published: true,
        share_template_id: String::new(),
        template_seals: Vec::new(),
        seals: Some(Vec::new()),
    }
}

/// −1 for any order, else positions from 0 (`api TemplateInfo.SignOrder`).
fn sign_order(template: &Template) -> Vec<i64> {
    if template.unordered { vec![-1] } else { (0..).take(template.parties.len()).collect() }
}

fn recipient(party: &Party, order: i64) -> Recipient {
    Recipient {
        recipient_id: party.recipient.to_string(),
        recipient_type: match party.kind {
            PartyKind::Organization | PartyKind::AutoSign => "ENTERPRISE".to_owned(),
            PartyKind::Person => "INDIVIDUAL".to_owned(),
        },
        role_name: party.role.clone(),
        routing_order: order,
        // 1 real name, 2 mobile; 1 face, 2 password (`ex DescribeFlowTemplates`).
        approver_verify_types: vec![1],
        approver_sign_types: vec![1, 2],
        ..unasked()
    }
}

fn promoter(template: &Template) -> Recipient {
    Recipient {
        recipient_id: template.promoter.to_string(),
        recipient_type: "PROMOTER".to_owned(),
        role_name: "发起人".to_owned(),
        ..unasked()
    }
}

/// What a template says of everybody (`ex DescribeFlowTemplates`).
fn unasked() -> Recipient {
    Recipient { delivery_method: "EMAIL".to_owned(), ..Recipient::default() }
}

/// A component where it stands first; the fields that say how it was placed stay empty (`ex DescribeFlowTemplates`).
fn component(component: &Placed, owner: &RecipientId) -> Component {
    let area = component.areas.first();
    let text = || Some(String::new());
    Component {
        component_type: component.kind.wire().to_owned(),
        component_height: Some(area.map_or(0.0, |area| area.height)),
        component_width: Some(area.map_or(0.0, |area| area.width)),
        component_page: Some(area.map_or(0, |area| i64::try_from(area.page).unwrap_or(i64::MAX))),
        component_pos_x: Some(area.map_or(0.0, |area| area.x)),
        component_pos_y: Some(area.map_or(0.0, |area| area.y)),
        file_index: 0,
        generate_mode: text(),
        component_id: Some(component.id.clone()),
        component_name: Some(component.name.clone()),
        component_required: Some(component.required),
        component_recipient_id: Some(owner.to_string()),
        component_extra: Some(component.extra.clone()),
        is_form_type: Some(false),
        component_value: Some(component.value.clone()),
        offset_x: Some(0.0),
        offset_y: Some(0.0),
        keyword_order: text(),
        keyword_page: Some(0),
        relative_location: text(),
        keyword_indexes: Some(Vec::new()),
        lock_component_value: Some(false),
        forbid_move_and_delete: Some(false),
        component_date_font_size: Some(0),
        channel_component_id: text(),
        channel_component_source: Some(0),
    }
}
