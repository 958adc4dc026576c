//! The agreement that releases a contract, on paper: which contract, why, on which terms, and where the parties sign.

use super::sheet::{Block, sheet};
use crate::documents::{Fonts, Unusable};
use crate::domain::flow::Flow;
use crate::domain::release::{Label, place_of};

/// Why and on which terms a contract is released (`api RelieveInfo`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// Why.
    pub reason: String,
    /// What stays in force.
    pub remains: String,
    /// How money is settled.
    pub expenses: String,
    /// What else is settled.
    pub other_settlement: String,
    /// What else is agreed.
    pub other_deals: String,
}

/// The agreement about `original`: its text on the first page, then pages on which the parties sign.
///
/// # Errors
/// It cannot be drawn.
pub fn agreement(original: &Flow, terms: &Terms, parties: &[Label], fonts: &Fonts) -> Result<Vec<u8>, Unusable> {
    let or_none = |text: &str| if text.is_empty() { "无".to_owned() } else { text.to_owned() };
    let mut blocks = vec![
        Block { height: 36.0, ..Block::line(124.0, format!("原合同名称：{}", original.name)) },
        Block::line(162.0, format!("原合同编号：{}", original.id)),
    ];
    let sections = [
        ("一、解除理由", &terms.reason),
        ("二、原合同中继续有效的条款", &terms.remains),
        ("三、费用结算", &terms.expenses),
        ("四、其他结算事项", &terms.other_settlement),
        ("五、其他约定", &terms.other_deals),
    ];
    for (place, (heading, text)) in sections.into_iter().enumerate() {
        blocks.extend(Block::paragraph(196.0 + 110.0 * place as f64, 82.0, heading, or_none(text)));
    }
    let mut pages = 1;
    for (place, party) in parties.iter().enumerate() {
        let area = place_of(place);
        pages = pages.max(area.page);
        let text = format!("{}：{}", party.role, party.name);
        let label = Block {
            page: area.page,
            x: area.x,
            y: area.y - 36.0,
            width: 220.0,
            height: 32.0,
            ..Block::line(0.0, text)
        };
        blocks.push(label);
    }
    sheet("解除协议", pages, blocks, fonts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::{find_keyword, inspect};
    use crate::domain::release::labels;
    use crate::domain::samples::flow_of_three;

    #[test]
    fn the_agreement_names_the_contract_the_reason_and_the_parties() {
        let original = flow_of_three(false);
        let terms = Terms { reason: "业务调整，不再合作。".into(), ..Terms::default() };
        let pdf = agreement(&original, &terms, &labels(&original, &[]), &Fonts::builtin()).unwrap();

        assert_eq!(inspect(&pdf).unwrap().pages.len(), 2);
        for (word, page) in
            [("解除协议", 1), ("采购合同", 1), ("业务调整", 1), ("甲方", 2), ("丙方", 2), ("ess-mock", 1)]
        {
            let found = find_keyword(&pdf, word).unwrap();
            assert!(found.iter().any(|area| area.page == page), "{word}: {found:?}");
        }
        assert_eq!(pdf, agreement(&original, &terms, &labels(&original, &[]), &Fonts::builtin()).unwrap());
    }
}
