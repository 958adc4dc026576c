//! What this server writes about a signed contract: the report a company orders, and the certificate behind a blockchain
//! link. Both say what happened, who signed when, and the digest of what was signed.

use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::sheet::{Block, sheet};
use crate::documents::{Fonts, Unusable};
use crate::domain::approver::Approver;
use crate::domain::flow::Flow;
use crate::domain::time::{Timestamp, beijing};

/// Signers on a page, and the room each takes.
const SIGNERS_ON_A_PAGE: usize = 9;
const SIGNER_HEIGHT: f64 = 74.0;

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// 签署报告
    Report,
    /// 区块链存证证书
    Certificate,
}

/// Evidence about one contract.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// What it is written as.
    pub paper: Paper,
    /// Its number.
    pub number: String,
    /// The contract, as it was.
    pub flow: Arc<Flow>,
    /// When it was ordered.
    pub ordered_at: Timestamp,
}

impl Evidence {
    /// What it is called.
    #[must_use]
    pub fn title(&self) -> &'static str {
        match self.paper {
            Paper::Report => "电子签署报告",
            Paper::Certificate => "区块链存证证书",
        }
    }

    /// The document.
    ///
    /// # Errors
    /// It cannot be drawn.
    pub fn pdf(&self, fonts: &Fonts) -> Result<Vec<u8>, Unusable> {
        let flow = &self.flow;
        let digest = flow.content().map(|content| hex::encode(Sha256::digest(&content.bytes))).unwrap_or_default();
        let facts = [
            format!("编号：{}", self.number),
            format!("出具时间：{}", clock(self.ordered_at)),
            format!("合同名称：{}", flow.name),
            format!("合同编号：{}", flow.id),
            format!("发起企业：{}", flow.initiator.organization_name),
            format!("发起时间：{}", clock(flow.created_at)),
            format!("原文 SHA-256：{digest}"),
        ];
        let mut blocks: Vec<_> =
            (0..).zip(facts).map(|(row, fact)| Block::line(130.0 + 24.0 * f64::from(row), fact)).collect();
        blocks.push(Block {
            bold: true, ..Block::line(310.0, format!("签署方（{}）见后页", flow.approvers.len()))
        });
        for (place, approver) in flow.approvers.iter().enumerate() {
            let (page, row) = (place / SIGNERS_ON_A_PAGE + 2, place % SIGNERS_ON_A_PAGE);
            let y = 60.0 + SIGNER_HEIGHT * row as f64;
            let block = Block::line(y, signer(place, approver));
            blocks.push(Block { page, height: SIGNER_HEIGHT - 8.0, ..block });
        }
        sheet(self.title(), 1 + flow.approvers.len().div_ceil(SIGNERS_ON_A_PAGE), blocks, fonts)
    }
}

fn signer(place: usize, approver: &Approver) -> String {
    let company = approver.organization.as_ref().map(|party| format!("{}，", party.name)).unwrap_or_default();
    let signed = approver.signature.as_ref().map_or_else(|| "未签署".to_owned(), |one| clock(one.at));
    format!(
        "{}. {company}{}\n手机号：{}\n签署时间：{signed}\n签署编号：{}",
        place + 1,
        approver.person.name,
        approver.person.mobile,
        approver.sign
    )
}

/// A moment by Beijing's clock.
fn clock(at: Timestamp) -> String {
    let at = beijing(at);
    format!("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", at.year(), at.month(), at.day(), at.hour(), at.minute(), at.second())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::{find_keyword, inspect};
    use crate::domain::samples::{at, flow_of_three};

    #[test]
    fn a_report_names_the_contract_and_everybody_who_signed() {
        let mut flow = flow_of_three(true);
        let slot = flow.approvers[1].recipient.clone();
        flow.sign(&slot, None, at(1)).unwrap();
        let evidence =
            Evidence { paper: Paper::Report, number: "report".into(), flow: Arc::new(flow), ordered_at: at(2) };
        let pdf = evidence.pdf(&Fonts::builtin()).unwrap();

        assert_eq!(inspect(&pdf).unwrap().pages.len(), 2);
        for (word, page) in
            [("电子签署报告", 1), ("采购合同", 1), ("ess-mock", 1), ("张三", 2), ("2023-11-15 06:13:21", 2)]
        {
            assert!(find_keyword(&pdf, word).unwrap().iter().any(|area| area.page == page), "{word}");
        }
        let certificate = Evidence { paper: Paper::Certificate, ..evidence };
        assert_eq!(find_keyword(&certificate.pdf(&Fonts::builtin()).unwrap(), "区块链存证证书").unwrap().len(), 1);
    }
}
