//! A letter of authorization on paper (`api CreateOrganizationAuthFile`): which company, who acts for it from now on, and a place
//! for its seal. The vendor's wording is its own; this is ours.

use super::sheet::{Block, sheet};
use crate::documents::{Fonts, Unusable};
use crate::domain::onboarding::record::CompanyData;
use crate::domain::onboarding::registration::Named;

/// What a letter is for (`Type`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterKind {
    /// 0: proving who the company is.
    Verification,
    /// 1: another administrator.
    AdministratorChange,
    /// 2: closing the company.
    Closing,
}

/// What stands in a letter.
#[derive(Clone, Debug)]
pub struct Letter {
    /// What it is for.
    pub kind: LetterKind,
    /// The company.
    pub company: CompanyData,
    /// The number of its legal person's card.
    pub legal_card: String,
    /// Who acts for it from now on.
    pub admin: Named,
    /// Who did so far.
    pub former: Named,
}

/// The letter as a page.
///
/// # Errors
/// It cannot be drawn.
pub fn letter(letter: &Letter, fonts: &Fonts) -> Result<Vec<u8>, Unusable> {
    let (title, purpose) = match letter.kind {
        LetterKind::Verification => ("企业认证超级管理员授权书", "办理企业认证并担任超级管理员"),
        LetterKind::AdministratorChange => ("变更超级管理员授权书", "接任超级管理员"),
        LetterKind::Closing => ("企业注销授权书", "办理企业注销"),
    };
    let CompanyData { name, credit_code, legal_name, .. } = &letter.company;
    let mut lines = vec![
        format!("企业名称：{name}"),
        format!("统一社会信用代码：{credit_code}"),
        format!("法定代表人：{legal_name}"),
        format!("法定代表人证件号：{}", letter.legal_card),
    ];
    if letter.kind == LetterKind::AdministratorChange {
        lines.push(format!("原超级管理员：{}", described(&letter.former)));
    }
    lines.push(format!("被授权人：{}", described(&letter.admin)));
    lines.push(format!("兹授权上述被授权人{purpose}。"));
    lines.push("企业（盖章）：".to_owned());
    lines.push("日期：".to_owned());
    let blocks = lines.into_iter().enumerate();
    let blocks = blocks.map(|(place, line)| Block::line(132.0 + 44.0 * place as f64, line)).collect();
    sheet(title, 1, blocks, fonts)
}

fn described(person: &Named) -> String {
    let parts = [&person.name, &person.mobile, &person.card.number];
    parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join("，")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::{find_keyword, inspect};
    use crate::domain::samples::record;

    #[test]
    fn a_letter_names_the_company_and_who_acts_for_it() {
        let person = |name: &str| Named { name: name.into(), mobile: "13200000000".into(), ..Named::default() };
        for (kind, word) in [
            (LetterKind::Verification, "企业认证"),
            (LetterKind::AdministratorChange, "接任"),
            (LetterKind::Closing, "企业注销"),
        ] {
            let written = Letter {
                kind,
                company: record().company,
                legal_card: "110101199003070011".into(),
                admin: person("典子谦"),
                former: person("王小明"),
            };
            let pdf = letter(&written, &Fonts::builtin()).unwrap();
            assert_eq!(inspect(&pdf).unwrap().pages.len(), 1);
            let has = |word: &str| !find_keyword(&pdf, word).unwrap().is_empty();
            assert!(has(word) && has("示例企业") && has("典子谦") && has("ess-mock"), "{kind:?}");
            assert_eq!(has("王小明"), kind == LetterKind::AdministratorChange, "{kind:?}");
        }
    }
}
