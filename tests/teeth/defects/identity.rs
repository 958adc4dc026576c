//! Who may do what is not looked at.

use super::defect;
use super::edits::{remove, set};
use crate::defect::{Actions, Defect, Trick};
use crate::proxy::asked::Asked;

/// The operator of the suite's own company, and of another one.
const OPERATOR: &str = "operator";
const OTHERS_OPERATOR: &str = "other-operator";

pub(super) fn defects() -> Vec<Defect> {
    vec![
        forgiven(
            "unverified_operators",
            "an operator who never proved who they are is accepted",
            &["CancelFlow"],
            "OperationDenied.NoIdentityVerify",
            as_the_operator,
        ),
        forgiven(
            "unknown_operators",
            "an operator nobody knows is accepted",
            &["DescribeFlowBriefs"],
            "InvalidParameter.InvalidOperatorId",
            as_the_operator,
        ),
        forgiven(
            "no_permissions",
            "an operator needs no permission",
            &["CancelFlow"],
            "OperationDenied.Forbid",
            as_the_operator,
        ),
        forgiven(
            "foreign_contracts_shown",
            "contracts of other companies are shown",
            &["DescribeFlowBriefs"],
            "OperationDenied",
            as_the_other_company,
        ),
        forgiven(
            "foreign_contracts_cancelled",
            "contracts of other companies can be cancelled",
            &["CancelFlow"],
            "OperationDenied.Forbid",
            as_the_other_company,
        ),
        forgiven(
            "foreign_templates_used",
            "templates of other companies can be used",
            &["CreateDocument"],
            "ResourceNotFound.Template",
            as_the_other_company,
        ),
        forgiven(
            "members_for_everybody",
            "an operator needs no account in a member of the group",
            &["DescribeFlowInfo"],
            "OperationDenied.Forbid",
            |asked| {
                as_the_operator(asked);
            },
        ),
        forgiven(
            "no_members_needed",
            "a company nobody knows is taken for the own one",
            &["DescribeFlowTemplates"],
            "OperationDenied.SubOrgNotJoin",
            |asked| remove(&mut asked.parameters, "Agent"),
        ),
        forgiven(
            "inactive_companies",
            "a company that is not activated may act",
            &["DescribeFlowInfo"],
            "OperationDenied.OrganizationNotActivated",
            |asked| {
                as_the_operator(asked);
                asked.company = Some("own".to_owned());
            },
        ),
        defect(
            "members_ignored",
            "a call for a member of the group is one for the own company",
            Trick::Asked(&["*"], Box::new(|asked| remove(&mut asked.parameters, "Agent.ProxyOrganizationId"))),
        ),
        defect(
            "counterparty_blind",
            "the other company of a contract is not shown it",
            Trick::Answered(
                &["DescribeFlowInfo"],
                Box::new(|asked, answer| {
                    if asked.parameters["Operator"]["UserId"] == OTHERS_OPERATOR && answer["Error"].is_null() {
                        super::edits::refuse(answer, "FailedOperation", "无效的流程合同Id，检查后重试");
                    }
                }),
            ),
        ),
    ]
}

fn as_the_operator(asked: &mut Asked) {
    set(&mut asked.parameters, "Operator.UserId", OPERATOR);
    if asked.parameters["Agent"]["ProxyOrganizationId"] == "nobody" {
        remove(&mut asked.parameters, "Agent");
    }
}

fn as_the_other_company(asked: &mut Asked) {
    set(&mut asked.parameters, "Operator.UserId", OTHERS_OPERATOR);
    asked.company = Some("other".to_owned());
}

fn forgiven(
    name: &'static str,
    says: &'static str,
    actions: Actions,
    code: &'static str,
    mend: fn(&mut Asked),
) -> Defect {
    defect(name, says, Trick::Forgiven(actions, code, Box::new(mend)))
}
