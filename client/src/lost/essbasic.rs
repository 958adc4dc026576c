//! Where the changes of `essbasic` show. What a second call does is read from the actions' texts; where they are silent it is ASSUMED to be
//! the worst that fits.

use super::Again::{Same, Spare, Twice};
use super::{Row, look, row, told};

pub(super) const ROWS: &[Row] = &[
    // Launching. There is no list of contracts: one whose FlowId was lost is found by what its callbacks carry, or by what was charged.
    row(
        Twice,
        &[
            told("FlowStatusChange", "CustomerData"),
            look("ChannelDescribeBillUsageDetail", "StartTime", "Details.FlowName"),
        ],
        &[
            "ChannelCreateFlowByFiles",
            "ChannelCreateFlowGroupByFiles",
            "ChannelCreateFlowGroupByTemplates",
            "ChannelCreateReleaseFlow",
            "CreateFlowsByTemplates",
        ],
    ),
    // A contract under way.
    row(
        Same,
        &[look("DescribeFlowDetailInfo", "FlowIds", "FlowInfo.FlowStatus"), told("FlowStatusChange", "FlowId")],
        &["ArchiveDynamicFlow", "ChannelBatchCancelFlows", "ChannelCancelFlow"],
    ),
    row(
        Same,
        &[look("DescribeFlowDetailInfo", "FlowIds", "FlowInfo.FlowStatus")],
        &["ChannelCreateFlowSignReview", "CreateFlowGroupSignReview"],
    ),
    row(Same, &[look("DescribeFlowDetailInfo", "FlowIds", "FlowInfo.DeadLine")], &["ModifyFlowDeadline"]),
    row(
        Same,
        &[
            look("DescribeFlowDetailInfo", "FlowIds", "FlowInfo.FlowApproverInfos.ProxyOperatorOpenId"),
            told("ForwardFLow", "FlowId"),
        ],
        &["CreateFlowForwards"],
    ),
    row(
        Same,
        &[look("DescribeFlowDetailInfo", "FlowIds", "FlowInfo.FlowApproverInfos.ApproveName")],
        &["ChannelCreateBoundFlows", "ChannelCreateFlowApprovers"],
    ),
    row(
        Twice,
        &[look("DescribeFlowDetailInfo", "FlowIds", "FlowInfo.FlowApproverInfos")],
        &["ChannelCreateDynamicFlowApprover"],
    ),
    row(Same, &[told("CancelFlows", "SuccessFlowIds")], &["CancelOrganizationFlows"]),
    // Every notice is one of three a signer may get for a contract.
    row(Twice, &[], &["ChannelCreateFlowReminds"]),
    row(
        Twice,
        &[look("ChannelDescribeBillUsageDetail", "QuotaType", "Details.FlowId")],
        &["CreateChannelFlowEvidenceReport"],
    ),
    // Links and pages: an older one stays good until it expires.
    row(
        Spare,
        &[],
        &[
            "ChannelCreateBatchCancelFlowUrl",
            "ChannelCreateBatchQuickSignUrl",
            "ChannelCreateBatchSignUrl",
            "ChannelCreateEmbedWebUrl",
            "ChannelCreateFlowSignUrl",
            "ChannelCreateOrganizationBatchSignUrl",
            "ChannelCreateOrganizationModifyQrCode",
            "ChannelCreatePrepareFlow",
            "ChannelCreatePrepareFlowGroup",
            "ChannelCreateUserAutoSignEnableUrl",
            "ChannelCreateUserAutoSignSealUrl",
            "CreateBatchAdminChangeInvitationsUrl",
            "CreateBatchInitOrganizationUrl",
            "CreateBatchOrganizationAuthorizationUrl",
            "CreateChannelOrganizationInfoChangeUrl",
            "CreateCloseOrganizationUrl",
            "CreateConsoleLoginUrl",
            "CreateEmployeeChangeUrl",
            "CreateEmployeeQualificationSealQrCode",
            "CreateFlowBlockchainEvidenceUrl",
            "CreateLegalSealQrCode",
            "CreateModifyAdminAuthorizationUrl",
            "CreateOrganizationAuthFile",
            "CreatePartnerAutoSignAuthUrl",
            "CreateSignUrls",
            "GetDownloadFlowUrl",
            "ModifyExtendedService",
            "ModifyPartnerAutoSignAuthUrl",
            "PrepareFlows",
        ],
    ),
    // Contracts can be signed by way of a code, so one nobody knows of must not hang about.
    row(Twice, &[], &["ChannelCreateMultiFlowSignQRCode"]),
    row(Same, &[], &["ChannelCancelMultiFlowSignQRCode"]),
    // Files and computations.
    row(Spare, &[], &["CreateFileConvertTask", "UploadFiles"]),
    // Seals and certificates.
    row(
        Twice,
        &[look("ChannelDescribeOrganizationSeals", "SealTypes", "Seals.SealName"), told("OperateSeal", "SealName")],
        &["CreateSealByImage"],
    ),
    row(
        Same,
        &[look("ChannelDescribeOrganizationSeals", "SealId", "Seals.AuthorizedUsers")],
        &["ChannelCreateSealPolicy", "ChannelDeleteSealPolicies"],
    ),
    row(
        Same,
        &[look("ChannelDescribeOrganizationSeals", "SealId", "Seals.SealStatus"), told("OperateSeal", "SealId")],
        &["ChannelUpdateSealStatus"],
    ),
    row(
        Twice,
        &[look("ChannelDescribeUserAutoSignStatus", "UserInfo", "SealId")],
        &["ChannelCreatePreparedPersonalEsign"],
    ),
    row(Spare, &[], &["CreatePersonAuthCertificateImage"]),
    // Signing by itself.
    row(
        Same,
        &[look("ChannelDescribeUserAutoSignStatus", "UserInfo", "IsOpen")],
        &["ChannelCancelUserAutoSignEnableUrl", "ChannelDisableUserAutoSign"],
    ),
    row(Twice, &[look("ChannelDescribeUserAutoSignStatus", "UserInfo", "LicenseTo")], &["ChannelRenewAutoSignLicense"]),
    // Templates. A copy is a second template each time.
    row(
        Twice,
        &[look("DescribeTemplates", "TemplateId", "Templates.Available"), told("TemplateAdd", "TemplateName")],
        &["OperateTemplate"],
    ),
    row(
        Same,
        &[look("DescribeTemplates", "ChannelTemplateId", "Templates.ChannelTemplateId")],
        &["OperateChannelTemplate"],
    ),
    // People and roles.
    row(Same, &[look("ChannelDescribeEmployees", "Filters", "Employees.OpenId")], &["SyncProxyOrganizationOperators"]),
    row(
        Same,
        &[look("ChannelDescribeEmployees", "Filters", "Employees.Roles")],
        &["ChannelCreateUserRoles", "ChannelDeleteRoleUsers"],
    ),
    row(Twice, &[look("ChannelDescribeRoles", "Filters", "ChannelRoles.RoleName")], &["ChannelCreateRole"]),
    row(
        Same,
        &[look("ChannelDescribeRoles", "Filters", "ChannelRoles.RoleName")],
        &["ChannelDeleteRole", "ChannelModifyRole"],
    ),
    // Customers of the platform.
    row(
        Same,
        &[look("DescribeChannelOrganizations", "OrganizationOpenId", "ChannelOrganizationInfos.OrganizationName")],
        &["ModifyOrganizationBusinessInfo", "SyncProxyOrganization"],
    ),
    row(
        Twice,
        &[look("DescribeChannelOrganizations", "OrganizationOpenId", "ChannelOrganizationInfos.LicenseExpireTime")],
        &["CreateChannelSubOrganizationActive"],
    ),
    row(
        Twice,
        &[look("DescribeChannelOrganizations", "AuthorizationStatusList", "ChannelOrganizationInfos.OrganizationName")],
        &["CreateBatchOrganizationRegistrationTasks"],
    ),
    row(
        Same,
        &[look("DescribeChannelOrganizations", "OrganizationOpenId", "ChannelOrganizationInfos.AuthorizationStatus")],
        &["DeleteOrganizationAuthorizations"],
    ),
    row(Twice, &[], &["CreateBatchAdminChangeInvitations"]),
    row(Same, &[], &["ChannelCreateWebThemeConfig"]),
];
