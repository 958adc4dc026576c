//! What only a company that administers itself can notice: departments, companies it guides, its holding group, its seals, its
//! contracts' reviews, its callback addresses. (api of each action)

use serde_json::{Value, json};

use super::defect;
use super::edits::{count, each, remove, replace, reverse, set, shorten, truncate};
use crate::defect::{Actions, Carried, Defect, Trick};
use crate::proxy::asked::Asked;

pub(super) fn defects() -> Vec<Defect> {
    [departments(), guided(), group(), seals(), services(), machines(), reviews(), addresses()]
        .into_iter()
        .flatten()
        .collect()
}

/// The folders and files of cases about administration: nobody else is to notice what is done wrong here.
pub(super) const CASES: &[&str] = &[
    "bind_employee_user_id_with_client_open_id",
    "cancel_user_auto_sign_enable_url",
    "create_batch_admin_change_invitations",
    "create_batch_admin_change_invitations_url",
    "create_batch_contract_review_task",
    "create_batch_init_organization_url",
    "create_batch_organization_authorization_url",
    "create_batch_organization_registration_tasks",
    "create_contract_review_checklist_web_url",
    "create_contract_review_web_url",
    "create_employee_change_url",
    "create_employee_qualification_seal_qr_code",
    "create_extended_service_auth_infos",
    "create_integration_department",
    "create_integration_employees",
    "create_integration_sub_organization_active_record",
    "create_legal_seal_qr_code",
    "create_modify_admin_authorization_url",
    "create_organization_auth_file",
    "create_organization_auth_url",
    "create_organization_group_invitation_link",
    "create_organization_info_change_url",
    "create_partner_authorization_link",
    "create_partner_auto_sign_auth_url",
    "create_person_auth_certificate_image",
    "create_prepared_personal_esign",
    "create_risk_identification_task_feedback",
    "create_seal",
    "create_seal_policy",
    "create_single_sign_on_employees",
    "create_user_auto_sign_enable_url",
    "create_user_auto_sign_seal_url",
    "create_user_mobile_change_url",
    "create_user_name_change_url",
    "create_user_verify_url",
    "delete_extended_service_auth_infos",
    "delete_integration_department",
    "delete_integration_employees",
    "delete_organization_authorizations",
    "delete_seal_policies",
    "delete_single_sign_on_employees",
    "describe_batch_organization_registration_tasks",
    "describe_batch_organization_registration_urls",
    "describe_contract_review_checklist",
    "describe_contract_review_checklist_web_url",
    "describe_contract_review_checklists_web_url",
    "describe_contract_review_marked_risk_export_task",
    "describe_contract_review_task",
    "describe_contract_review_task_list_web_url",
    "describe_contract_review_web_url",
    "describe_enterprise_contract_review_checklists",
    "describe_extended_service_auth_detail",
    "describe_extended_service_auth_infos",
    "describe_integration_departments",
    "describe_integration_employees",
    "describe_organization_auth_status",
    "describe_organization_group_organizations",
    "describe_organization_seals",
    "describe_organization_verify_status",
    "describe_person_certificate",
    "describe_risk_identification_task_feedback",
    "describe_single_sign_on_employees",
    "describe_third_party_auth_code",
    "describe_user_auto_sign_status",
    "describe_user_verify_status",
    "disable_user_auto_sign",
    "export_contract_review_marked_risk",
    "export_contract_review_result",
    "identity/a_member_keeps_its_own_people",
    "identity/a_members_licence_ends",
    "identity/who_left_may_do_nothing",
    "identity/who_may_change_departments",
    "identity/who_may_change_templates",
    "identity/who_may_make_seals",
    "import_contract_review_checklist",
    "modify_application_callback_info",
    "modify_extended_service",
    "modify_integration_department",
    "modify_partner_authorization",
    "modify_partner_auto_sign_auth_url",
    "modify_single_sign_on_employees",
    "operate_seals",
    "renew_auto_sign_license",
    "unbind_employee_user_id_with_client_open_id",
    "update_integration_employees",
];

/// The tree of departments.
fn departments() -> Vec<Defect> {
    const MAKING: Actions = &["CreateIntegrationDepartment"];
    const CHANGING: Actions = &["ModifyIntegrationDepartment"];
    const DELETING: Actions = &["DeleteIntegrationDepartment"];
    const LOOKING: Actions = &["DescribeIntegrationDepartments"];
    vec![
        asked("companys_parent_wins", "a parent's id of the company's own wins over the vendor's", MAKING, |asked| {
            if asked.parameters["ParentDeptOpenId"].is_string() {
                remove(&mut asked.parameters, "ParentDeptId");
            }
        }),
        asked("parents_forgotten", "whatever is made stands below the company", MAKING, |asked| {
            remove(&mut asked.parameters, "ParentDeptId");
            remove(&mut asked.parameters, "ParentDeptOpenId");
        }),
        asked("own_ids_forgotten", "a department's own id is not kept", MAKING, |asked| {
            remove(&mut asked.parameters, "DeptOpenId");
        }),
        asked("long_names_of_departments_cut", "a name that is too long is cut off, not refused", MAKING, |asked| {
            shorten(&mut asked.parameters, "DeptName", 50);
        }),
        for_nothing("departments_stay", "a department is deleted, and is there all the same", DELETING),
        for_nothing("departments_unchanged", "a department is changed, and nothing happens", CHANGING),
        asked("orders_reset", "an order that a change does not name is set back", CHANGING, |asked| {
            if asked.parameters["OrderNo"].is_null() {
                asked.parameters["OrderNo"] = json!(1);
            }
        }),
        asked("departments_do_not_move", "a new parent is not taken", CHANGING, |asked| {
            remove(&mut asked.parameters, "ParentDeptId");
        }),
        asked("whole_tree_unseen", "what stands below a department is never shown", LOOKING, |asked| {
            replace(&mut asked.parameters, "QueryType", 1, 0);
        }),
        asked("whole_tree_always", "what stands below a department is always shown", LOOKING, |asked| {
            replace(&mut asked.parameters, "QueryType", 0, 1);
        }),
        answered(
            "roots_parent_named",
            "the company's own department has no word for having no parent",
            LOOKING,
            |_, answer| {
                replace(answer, "Departments.*.ParentDeptId", "0", "");
            },
        ),
        answered("tree_upside_down", "departments come with the lowest first", LOOKING, |_, answer| {
            reverse(answer, "Departments");
        }),
        answered(
            "unknown_departments_as_resources",
            "an unknown department is a resource that is not there",
            LOOKING,
            |_, answer| {
                replace(answer, "Error.Code", "InvalidParameter.DataNotFound", "ResourceNotFound");
            },
        ),
        answered("right_unnamed", "who lacks the right is not told which", DELETING, |_, answer| {
            replace(answer, "Error.Message", "未授权操作（编辑组织架构）", "未授权操作。");
        }),
        answered(
            "children_told_as_bad_value",
            "a department that others stand below is a bad value",
            DELETING,
            |_, answer| {
                replace(answer, "Error.Code", "OperationDenied", "FailedOperation");
            },
        ),
    ]
}

/// Companies that it guides until they are certified.
fn guided() -> Vec<Defect> {
    const STATUS: Actions = &["DescribeOrganizationAuthStatus"];
    const WAY: Actions = &["CreateOrganizationAuthUrl"];
    const BATCH: Actions = &["CreateBatchOrganizationRegistrationTasks"];
    const WIPING: Actions = &["DeleteOrganizationAuthorizations"];
    const PARTNER: Actions = &["CreatePartnerAuthorizationLink"];
    vec![
        answered(
            "guided_companies_unnamed",
            "a company that was guided is told without its id",
            STATUS,
            |_, answer| {
                remove(answer, "OrganizationId");
            },
        ),
        answered("strangers_verified", "a company that nobody guided is told as verified", STATUS, |_, answer| {
            replace(answer, "IsVerified", false, true);
        }),
        answered("way_of_a_week", "the way to be certified is said to live a week", WAY, |_, answer| {
            count(answer, "ExpiredTime", |at| at - 23 * DAY);
        }),
        asked("way_as_a_page_always", "the way to be certified never is a path of the mini program", WAY, |asked| {
            replace(&mut asked.parameters, "Endpoint", "APP", "PC");
        }),
        for_nothing("records_stay", "what was begun is wiped, and is there all the same", WIPING),
        for_nothing("batch_for_nothing", "companies are entered in a batch, and nothing happens", BATCH),
        answered(
            "batch_errors_without_place",
            "what is wrong in a batch is told without its place",
            BATCH,
            |_, answer| {
                for list in each(answer, "ErrorMessages").into_iter().filter_map(Value::as_array_mut) {
                    list.retain(|text| text != "");
                }
            },
        ),
        answered(
            "batch_turned_round",
            "tasks of a batch are told in another order than asked for",
            &["DescribeBatchOrganizationRegistrationTasks"],
            |_, answer| reverse(answer, "Details"),
        ),
        answered(
            "itself_unverified",
            "a company is told that it is not certified",
            &["DescribeOrganizationVerifyStatus"],
            |_, answer| {
                replace(answer, "VerifyStatus", 2, 1);
            },
        ),
        answered("partners_link_of_a_month", "a partner's link is said to live a month", PARTNER, |_, answer| {
            count(answer, "ExpireTime", |at| at + 23 * DAY);
        }),
    ]
}

const DAY: i64 = 86_400;

/// The holding group.
fn group() -> Vec<Defect> {
    const LOOKING: Actions = &["DescribeOrganizationGroupOrganizations"];
    const INVITING: Actions = &["CreateOrganizationGroupInvitationLink"];
    vec![
        for_nothing(
            "members_activated_for_nothing",
            "a member is activated, and is none",
            &["CreateIntegrationSubOrganizationActiveRecord"],
        ),
        answered("invitation_a_day_longer", "an invitation is said to live a day longer", INVITING, |_, answer| {
            count(answer, "ExpireTime", |at| at + DAY);
        }),
        answered("invitation_without_a_picture", "an invitation has no picture of its code", INVITING, |_, answer| {
            set(answer, "Link", "");
        }),
        answered("main_among_members", "a member is shown as the main company", LOOKING, |_, answer| {
            set(answer, "List.*.IsMainOrganization", true);
        }),
        answered("members_without_a_state", "members are shown as invited, joined or not", LOOKING, |_, answer| {
            replace(answer, "List.*.Status", 5, 1);
        }),
        asked("members_of_every_state", "the state that is asked for is not looked at", LOOKING, |asked| {
            remove(&mut asked.parameters, "Status");
        }),
        asked("members_of_every_id", "the id that is asked for is not looked at", LOOKING, |asked| {
            remove(&mut asked.parameters, "Id");
        }),
        answered("workbook_always", "a workbook is made that nobody asked for", LOOKING, |_, answer| {
            replace(answer, "ExportUrl", "", "https://example.com/members.xlsx");
        }),
        answered("pages_of_two_hundred", "the sentence about pages names two hundred", LOOKING, |_, answer| {
            replace(answer, "Error.Message", "分页大小应该大于0小于等于1000", "分页大小应该大于0小于等于200");
        }),
    ]
}

/// A company's seals, as it reads them.
fn seals() -> Vec<Defect> {
    const LOOKING: Actions = &["DescribeOrganizationSeals"];
    vec![
        asked("seals_of_every_kind", "the kind that is asked for is not looked at", LOOKING, |asked| {
            remove(&mut asked.parameters, "SealTypes");
        }),
        asked("seals_of_every_state", "seals that are not in use are listed unasked", LOOKING, |asked| {
            if asked.parameters["SealStatuses"].is_null() {
                asked.parameters["SealStatuses"] = json!(["ALL"]);
            }
        }),
        asked("seals_counted_one_by_one", "an offset counts seals, not pages", LOOKING, |asked| {
            count(&mut asked.parameters, "Offset", |page| i64::from(page > 1));
        }),
        answered("seals_without_pictures", "seals are listed without their pictures", LOOKING, |_, answer| {
            set(answer, "Seals.*.Url", "");
        }),
        answered("page_of_seals_short", "a page of seals lacks its last", LOOKING, |asked, answer| {
            if asked.parameters["Limit"].as_i64() == Some(2) {
                truncate(answer, "Seals", 1);
            }
        }),
        asked("members_seals_as_own", "who acts for a member sees seals of the main company", LOOKING, |asked| {
            remove(&mut asked.parameters, "Agent");
        }),
    ]
}

/// What a company switches, and who may use it.
fn services() -> Vec<Defect> {
    const LETTING: Actions = &["CreateExtendedServiceAuthInfos"];
    const DETAIL: Actions = &["DescribeExtendedServiceAuthDetail"];
    vec![
        for_nothing("services_given_for_nothing", "an employee is given a service, and may not use it", LETTING),
        for_nothing(
            "services_taken_for_nothing",
            "a service is taken from an employee, who may use it all the same",
            &["DeleteExtendedServiceAuthInfos"],
        ),
        for_nothing(
            "services_switched_for_nothing",
            "a service is switched, and nothing happens",
            &["ModifyExtendedService"],
        ),
        answered("partners_uncounted", "partners who may use a machine are not counted", DETAIL, |_, answer| {
            set(answer, "AuthInfoDetail.AuthOrganizationTotal", 0);
        }),
        answered("users_of_the_main_company", "everybody is told as the main company's", DETAIL, |_, answer| {
            set(answer, "AuthInfoDetail.HasAuthUserList.*.BelongTo", "MainOrg");
        }),
        answered(
            "grants_link_of_a_month",
            "the link to a partner's grant is said to live a month",
            &["CreatePartnerAutoSignAuthUrl"],
            |_, answer| count(answer, "ExpireTime", |at| at + 23 * DAY),
        ),
    ]
}

/// Machines that sign for persons.
fn machines() -> Vec<Defect> {
    const ASKING: Actions = &["CreateUserAutoSignEnableUrl"];
    const STATUS: Actions = &["DescribeUserAutoSignStatus"];
    vec![
        for_nothing(
            "taken_back_for_nothing",
            "a link is taken back, and opens all the same",
            &["CancelUserAutoSignEnableUrl"],
        ),
        for_nothing("machines_go_on", "a person's machine is ended, and signs all the same", &["DisableUserAutoSign"]),
        answered("machines_closed", "a machine that may sign is told as closed", STATUS, |_, answer| {
            replace(answer, "IsOpen", true, false);
        }),
        answered("licences_bound", "a licence is told that nobody bound", STATUS, |_, answer| {
            replace(answer, "LicenseType", 1, 0);
        }),
        answered(
            "mini_program_beside_a_page",
            "a link to a page comes with the mini program's ids",
            ASKING,
            |_, answer| {
                replace(answer, "AppId", "", "wx0000000000000000");
            },
        ),
        asked("enabling_links_short", "a link is never given in full", ASKING, |asked| {
            remove(&mut asked.parameters, "EndPoint");
        }),
        asked("own_data_untold", "what the company attached does not come back", ASKING, |asked| {
            remove(&mut asked.parameters, "UserData");
        }),
        asked("a_week_whatever_was_asked", "a link lives a week, whatever was asked for", ASKING, |asked| {
            remove(&mut asked.parameters, "ExpiredTime");
        }),
    ]
}

/// Contracts that are read by a machine, and what it looks for.
fn reviews() -> Vec<Defect> {
    const ASKING: Actions = &["CreateBatchContractReviewTask"];
    const LOOKING: Actions = &["DescribeContractReviewTask"];
    const IMPORTING: Actions = &["ImportContractReviewChecklist"];
    vec![
        answered("reviews_mixed_up", "the tasks of several files are told in another order", ASKING, |_, answer| {
            reverse(answer, "TaskIds");
        }),
        answered("reviews_never_end", "a review that is done is told as under way", LOOKING, |_, answer| {
            replace(answer, "Status", 4, 2);
        }),
        answered("risks_unrated", "risks are told without how grave they are", LOOKING, |_, answer| {
            set(answer, "Risks.*.RiskLevel", "");
        }),
        asked("checklists_made_anew", "a checklist that is changed is another one from then on", IMPORTING, |asked| {
            remove(&mut asked.parameters, "ChecklistID");
        }),
        for_nothing("checklists_for_nothing", "a checklist is made, and is not there", IMPORTING),
        answered(
            "checklists_always_on",
            "a checklist that was switched off is told as on",
            &["DescribeEnterpriseContractReviewChecklists"],
            |_, answer| set(answer, "Checklists.*.Enabled", true),
        ),
        answered(
            "points_without_ids",
            "points of a checklist have no ids",
            &["DescribeContractReviewChecklist"],
            |_, answer| {
                set(answer, "Categories.*.Points.*.Id", "");
            },
        ),
        asked(
            "exports_with_notes_always",
            "a review is never handed out as tables",
            &["ExportContractReviewResult"],
            |asked| {
                replace(&mut asked.parameters, "FileType", 2, 1);
            },
        ),
    ]
}

/// Where a company's callbacks go.
fn addresses() -> Vec<Defect> {
    const CHANGING: Actions = &["ModifyApplicationCallbackInfo"];
    vec![answered("unknown_addresses_removed", "an address that is not there is removed", CHANGING, |_, answer| {
        if answer["Error"]["Message"] == "当前配置不存在" {
            remove(answer, "Error");
        }
    })]
}

fn asked(name: &'static str, says: &'static str, actions: Actions, change: fn(&mut Asked)) -> Defect {
    defect(name, says, Trick::Asked(actions, Box::new(change)))
}

fn for_nothing(name: &'static str, says: &'static str, actions: Actions) -> Defect {
    defect(name, says, Trick::Carried(actions, Carried::ForNothing))
}

fn answered(name: &'static str, says: &'static str, actions: Actions, twist: fn(&Asked, &mut Value)) -> Defect {
    defect(name, says, Trick::Answered(actions, Box::new(twist)))
}
