//! The page a contract is shown with: a text with variables (`api CreateFlow.CustomShowMap`). It is not drawn here; a variable
//! that does not exist is refused, as the code for it says (`sdk`).

use crate::domain::refusal::Refusal;

/// The variables that speak of the contract as a whole.
const WHOLE: [&str; 3] = ["合同名称", "发起方企业", "发起方姓名"];

/// Refuses a variable that is neither one of the whole contract's nor of one of its `signers`, counted from 1.
pub(super) fn check(template: &str, signers: usize) -> Result<(), Refusal> {
    let mut rest = template;
    while let Some((_, after)) = rest.split_once('{') {
        let variable = after.split_once('}').map(|(variable, _)| variable);
        if !variable.is_some_and(|variable| WHOLE.contains(&variable) || is_a_signers(variable, signers)) {
            return Err(Refusal::CustomShowMapInvalid { detail: variable.unwrap_or(after).to_owned() });
        }
        rest = after;
    }
    Ok(())
}

/// `签署方1企业`, `签署方2姓名`.
fn is_a_signers(variable: &str, signers: usize) -> bool {
    let number = variable.strip_prefix("签署方").and_then(|rest| {
        let number = rest.strip_suffix("企业").or_else(|| rest.strip_suffix("姓名"))?;
        number.parse::<usize>().ok()
    });
    number.is_some_and(|number| (1..=signers).contains(&number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_of_the_contract_and_of_its_signers_pass() {
        assert_eq!(check("{合同名称}，{发起方企业}{发起方姓名}，{签署方1企业}{签署方2姓名}", 2), Ok(()));
        assert_eq!(check("没有变量", 0), Ok(()));
    }

    #[test]
    fn unknown_variables_missing_signers_and_open_braces_are_refused() {
        for (template, detail) in [
            ("{金额}", "金额"),
            ("{签署方3姓名}", "签署方3姓名"),
            ("{签署方0姓名}", "签署方0姓名"),
            ("{合同名称", "合同名称"),
        ] {
            assert_eq!(check(template, 2), Err(Refusal::CustomShowMapInvalid { detail: detail.into() }), "{template}");
        }
    }
}
