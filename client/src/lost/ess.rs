//! Where the changes of `ess` show. What a second call does is read from the actions' texts; where they are silent it is ASSUMED to be the
//! worst that fits.

use super::Again::{Same, Spare, Twice};
use super::{Row, look, row, told};

pub(super) const ROWS: &[Row] = &[
    // Launching. There is no list of contracts: one whose FlowId was lost is found by what its callbacks carry, or by what was charged.
    row(
        Twice,
        &[told("FlowStatusChange", "UserData"), look("DescribeBillUsageDetail", "StartTime", "Details.FlowName")],
        &["CreateFlowByFiles", "CreateReleaseFlow"],
    ),
    row(
        Twice,
        &[
            told("FlowStatusChange", "FlowGroupMessage"),
            look("DescribeBillUsageDetail", "StartTime", "Details.FlowName"),
        ],
        &["CreateFlowGroupByFiles", "CreateFlowGroupByTemplates"],
    ),
    // A draft is not charged and nobody hears of it.
    row(Spare, &[], &["CreateFlow"]),
    row(
        Same,
        &[
            look("DescribeFlowInfo", "FlowIds", "FlowDetailInfos.FlowApproverInfos.SignId"),
            told("DocumentFill", "FlowId"),
        ],
        &["CreateDocument"],
    ),
    row(
        Same,
        &[look("DescribeFlowBriefs", "FlowIds", "FlowBriefs.FlowStatus"), told("FlowStatusChange", "FlowId")],
        &["StartFlow", "CancelFlow", "ArchiveDynamicFlow"],
    ),
    // A contract under way.
    row(
        Same,
        &[look("DescribeFlowBriefs", "FlowIds", "FlowBriefs.FlowStatus")],
        &["CreateFlowSignReview", "CreateFlowGroupSignReview"],
    ),
    row(Same, &[look("DescribeFlowBriefs", "FlowIds", "FlowBriefs.Deadline")], &["ModifyFlowDeadline"]),
    row(
        Same,
        &[
            look("DescribeFlowInfo", "FlowIds", "FlowDetailInfos.FlowApproverInfos.ForwardRecords"),
            told("ForwardFLow", "FlowId"),
        ],
        &["CreateFlowForwards"],
    ),
    row(
        Same,
        &[look("DescribeFlowInfo", "FlowIds", "FlowDetailInfos.FlowApproverInfos.ApproveName")],
        &["CreateFlowApprovers"],
    ),
    row(
        Twice,
        &[look("DescribeFlowInfo", "FlowIds", "FlowDetailInfos.FlowApproverInfos")],
        &["CreateDynamicFlowApprover"],
    ),
    row(Same, &[look("DescribeFlowInfo", "FlowIds", "FlowDetailInfos.FlowRemarks")], &["OperateFlowRemarks"]),
    row(Same, &[told("CancelOrganizationFlows", "SuccessFlowIds")], &["CancelOrganizationFlows"]),
    // Every notice is one of three a signer may get for a contract.
    row(Twice, &[], &["CreateFlowReminds", "CreateFlowGroupReminds"]),
    row(Twice, &[look("DescribeBillUsageDetail", "QuotaType", "Details.FlowId")], &["CreateFlowEvidenceReport"]),
    // Links and pages: an older one stays good until it expires.
    row(
        Spare,
        &[],
        &[
            "CreateBatchAdminChangeInvitationsUrl",
            "CreateBatchCancelFlowUrl",
            "CreateBatchInitOrganizationUrl",
            "CreateBatchOrganizationAuthorizationUrl",
            "CreateBatchQuickSignUrl",
            "CreateBatchSignUrl",
            "CreateContractDiffTaskWebUrl",
            "CreateContractReviewChecklistWebUrl",
            "CreateContractReviewWebUrl",
            "CreateEmbedWebUrl",
            "CreateEmployeeChangeUrl",
            "CreateEmployeeQualificationSealQrCode",
            "CreateFlowBlockchainEvidenceUrl",
            "CreateFlowSignUrl",
            "CreateInformationExtractionWebUrl",
            "CreateLegalSealQrCode",
            "CreateMiniAppPrepareFlow",
            "CreateModifyAdminAuthorizationUrl",
            "CreateOrganizationAuthFile",
            "CreateOrganizationAuthUrl",
            "CreateOrganizationBatchSignUrl",
            "CreateOrganizationGroupInvitationLink",
            "CreateOrganizationInfoChangeUrl",
            "CreatePartnerAuthorizationLink",
            "CreatePartnerAutoSignAuthUrl",
            "CreatePrepareFlow",
            "CreatePrepareFlowGroup",
            "CreateSchemeUrl",
            "CreateUserAutoSignEnableUrl",
            "CreateUserAutoSignSealUrl",
            "CreateUserMobileChangeUrl",
            "CreateUserNameChangeUrl",
            "CreateUserVerifyUrl",
            "ModifyPartnerAutoSignAuthUrl",
        ],
    ),
    // Contracts can be signed by way of a code, so one nobody knows of must not hang about.
    row(Twice, &[], &["CreateMultiFlowSignQRCode"]),
    row(Same, &[], &["CancelMultiFlowSignQRCode"]),
    // Files and computations.
    row(
        Spare,
        &[],
        &[
            "CreateArchiveFlowTask",
            "CreateConvertTaskApi",
            "CreateDigitalDataSign",
            "CreateDraftContractByPromptsTask",
            "CreateFileConvertTask",
            "CreateFileCounterSign",
            "ExportContractComparisonTask",
            "ExportContractReviewMarkedRisk",
            "ExportContractReviewResult",
            "UploadFiles",
        ],
    ),
    // These are charged. (callback samples: BillingUse after a comparison and a review)
    row(Twice, &[told("ContractDiffTaskCreate", "UserData")], &["CreateContractComparisonTask"]),
    row(Twice, &[told("AIContractReview", "UserData")], &["CreateBatchContractReviewTask"]),
    row(Twice, &[told("AIInformationExtraction", "UserData")], &["CreateBatchInformationExtractionTask"]),
    row(
        Same,
        &[look("DescribeLMInformationExtractionTaskFieldFeedback", "TaskId", "SubTaskFeedbackList")],
        &["CreateLMInformationExtractionTaskFieldFeedback"],
    ),
    row(
        Same,
        &[look("DescribeRiskIdentificationTaskFeedback", "TaskId", "FeedbackList")],
        &["CreateRiskIdentificationTaskFeedback"],
    ),
    row(
        Twice,
        &[look("DescribeEnterpriseContractReviewChecklists", "Filters", "Checklists")],
        &["ImportContractReviewChecklist"],
    ),
    // Seals and certificates.
    row(
        Twice,
        &[look("DescribeOrganizationSeals", "SealTypes", "Seals.SealName"), told("OperateSeal", "SealName")],
        &["CreateSeal"],
    ),
    row(
        Same,
        &[look("DescribeOrganizationSeals", "SealId", "Seals.AuthorizedUsers")],
        &["CreateSealPolicy", "DeleteSealPolicies"],
    ),
    row(
        Same,
        &[look("DescribeOrganizationSeals", "SealId", "Seals.SealStatus"), told("OperateSeal", "SealId")],
        &["OperateSeals"],
    ),
    row(Twice, &[look("DescribeUserAutoSignStatus", "UserInfo", "SealId")], &["CreatePreparedPersonalEsign"]),
    row(Spare, &[look("DescribePersonCertificate", "UserInfo", "Cert")], &["CreatePersonAuthCertificateImage"]),
    // Signing by itself.
    row(
        Same,
        &[look("DescribeUserAutoSignStatus", "UserInfo", "IsOpen")],
        &["CancelUserAutoSignEnableUrl", "DisableUserAutoSign"],
    ),
    row(Twice, &[look("DescribeUserAutoSignStatus", "UserInfo", "LicenseTo")], &["RenewAutoSignLicense"]),
    // Templates. A copy is a second template each time.
    row(
        Twice,
        &[look("DescribeFlowTemplates", "Filters", "Templates.Available"), told("TemplateAdd", "TemplateName")],
        &["OperateTemplate"],
    ),
    // People, departments, roles.
    row(
        Same,
        &[look("DescribeIntegrationEmployees", "Filters", "Employees.OpenId")],
        &["BindEmployeeUserIdWithClientOpenId", "UnbindEmployeeUserIdWithClientOpenId"],
    ),
    // Whoever is called twice is reminded, three times a day at most.
    row(
        Twice,
        &[look("DescribeIntegrationEmployees", "Filters", "Employees.UserId")],
        &["CreateIntegrationEmployees", "UpdateIntegrationEmployees"],
    ),
    row(
        Same,
        &[look("DescribeIntegrationEmployees", "Filters", "Employees.QuiteJob"), told("QuiteJob", "UserId")],
        &["DeleteIntegrationEmployees"],
    ),
    row(
        Same,
        &[look("DescribeIntegrationEmployees", "Filters", "Employees.Roles")],
        &["CreateIntegrationUserRoles", "DeleteIntegrationRoleUsers"],
    ),
    row(
        Twice,
        &[look("DescribeIntegrationDepartments", "DeptOpenId", "Departments.DeptName")],
        &["CreateIntegrationDepartment"],
    ),
    row(
        Same,
        &[look("DescribeIntegrationDepartments", "DeptId", "Departments.DeptName")],
        &["DeleteIntegrationDepartment", "ModifyIntegrationDepartment"],
    ),
    row(Twice, &[look("DescribeIntegrationRoles", "Filters", "IntegrateRoles.RoleName")], &["CreateIntegrationRole"]),
    row(Same, &[look("DescribeIntegrationRoles", "Filters", "IntegrateRoles.RoleName")], &["ModifyIntegrationRole"]),
    row(
        Same,
        &[look("DescribeSingleSignOnEmployees", "OpenIds", "Employees.OpenId")],
        &["CreateSingleSignOnEmployees", "DeleteSingleSignOnEmployees", "ModifySingleSignOnEmployees"],
    ),
    // The organization, its group and its settings.
    row(
        Same,
        &[look("DescribeExtendedServiceAuthDetail", "ExtendServiceType", "AuthInfoDetail.HasAuthUserList")],
        &["CreateExtendedServiceAuthInfos", "DeleteExtendedServiceAuthInfos"],
    ),
    row(
        Same,
        &[look("DescribeExtendedServiceAuthInfos", "ExtendServiceType", "AuthInfoList")],
        &["ModifyExtendedService"],
    ),
    row(
        Same,
        &[look("DescribeOrganizationGroupOrganizations", "Id", "List.Status")],
        &["CreateIntegrationSubOrganizationActiveRecord"],
    ),
    row(
        Twice,
        &[look("DescribeOrganizationAuthStatus", "OrganizationName", "AuthStatus")],
        &["CreateBatchOrganizationRegistrationTasks"],
    ),
    row(
        Same,
        &[look("DescribeOrganizationAuthStatus", "AuthorizationInfoId", "AuthRecords")],
        &["DeleteOrganizationAuthorizations"],
    ),
    row(Twice, &[], &["CreateBatchAdminChangeInvitations"]),
    row(Same, &[], &["CreateWebThemeConfig", "ModifyApplicationCallbackInfo", "ModifyPartnerAuthorization"]),
];
