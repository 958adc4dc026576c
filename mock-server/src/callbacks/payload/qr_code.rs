//! Messages about scans of QR codes, for both kinds of receivers. ASSUMED: no source shows their fields.

use ess_schemas::Service;
use ess_schemas::callbacks::{CreateFlowByQrCode, MultiFlowSignQrCodeCost, partner};

use crate::callbacks::behalf::Behalf;
use crate::domain::ids::FlowId;
use crate::domain::qr_code::{QrCode, Scanner};

/// The code a launch without contracts left is refused with (`sdk`).
const NO_QUOTA: &str = "OperationDenied.NoQuota";

pub(super) fn cost(code: &QrCode, flow: &FlowId) -> MultiFlowSignQrCodeCost {
    MultiFlowSignQrCodeCost {
        qr_code_id: code.id.to_string(),
        flow_id: flow.to_string(),
        cost: 1,
        organization_id: code.initiator.organization.to_string(),
    }
}

pub(super) fn without_quota(code: &QrCode, scanner: &Scanner) -> CreateFlowByQrCode {
    CreateFlowByQrCode {
        qr_code_id: code.id.to_string(),
        template_id: code.template.id.to_string(),
        flow_name: code.flow_name.clone(),
        approver_name: scanner.name.clone(),
        approver_mobile: scanner.mobile.clone(),
        error_code: NO_QUOTA.to_owned(),
        error_message: ess_schemas::describe(Service::Ess, NO_QUOTA).unwrap_or_default().to_owned(),
    }
}

/// As the company's, led by the platform's ids.
pub(super) fn cost_for_partner(who: &Behalf, code: &QrCode, flow: &FlowId) -> partner::MultiFlowSignQrCodeCost {
    let company = cost(code, flow);
    partner::MultiFlowSignQrCodeCost {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator(),
        qr_code_id: company.qr_code_id,
        flow_id: company.flow_id,
        cost: company.cost,
    }
}

/// As the company's, led by the platform's ids.
pub(super) fn without_quota_for_partner(who: &Behalf, code: &QrCode, scanner: &Scanner) -> partner::CreateFlowByQrCode {
    let company = without_quota(code, scanner);
    partner::CreateFlowByQrCode {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator(),
        qr_code_id: company.qr_code_id,
        template_id: company.template_id,
        flow_name: company.flow_name,
        approver_name: company.approver_name,
        approver_mobile: company.approver_mobile,
        error_code: company.error_code,
        error_message: company.error_message,
    }
}
