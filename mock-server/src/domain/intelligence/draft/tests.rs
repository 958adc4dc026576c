use super::*;
use crate::documents::Reading;

const WANTED: &str = "我公司（深圳市星辰示例有限公司）需要与北京云端样品有限公司签订一份软件开发服务合同。\n\n主要需求：\n\
    1. 项目总金额为人民币80万元，分三期支付。\n2. 开发周期为6个月。\n3. 源代码归甲方所有。\n";

#[test]
fn what_somebody_wants_is_read_from_their_words() {
    let demand = Demand::read(WANTED);
    assert_eq!(demand.name.as_deref(), Some("软件开发服务合同"));
    assert_eq!(demand.parties, ["深圳市星辰示例有限公司", "北京云端样品有限公司"]);
    assert_eq!(demand.sum.as_deref(), Some("人民币80万元"));
    assert_eq!(demand.clauses, ["项目总金额为人民币80万元，分三期支付。", "开发周期为6个月。", "源代码归甲方所有。"]);
}

#[test]
fn labels_go_before_other_names_and_sentences_are_clauses_without_numbers() {
    let demand = Demand::read("甲方：张三，乙方：示例有限公司。起草租赁合同；租期一年。");
    assert_eq!(demand.parties, ["张三", "示例有限公司"]);
    assert_eq!(demand.clauses, ["甲方：张三，乙方：示例有限公司。", "起草租赁合同；", "租期一年。"]);
    let english =
        Demand::read("Draft a Software Service Agreement between Alpha Tech Ltd. and Beta Data Inc. for USD 8,000.");
    assert_eq!(english.name.as_deref(), Some("Software Service Agreement"));
    assert_eq!(english.parties, ["Alpha Tech Ltd.", "Beta Data Inc."]);
    assert_eq!(english.sum.as_deref(), Some("USD 8,000"));
}

#[test]
fn a_contract_says_all_that_is_wanted_in_either_language() {
    let template = Reading::flowing(&["第一条 保密义务".to_owned(), "其他".to_owned()]);
    let rules = Reading::flowing(&["不得转包。".to_owned()]);
    let chinese = write(&Demand::read(WANTED), Some(&template), &[("规定.docx", &rules)], Tongue::Chinese);
    insta::assert_snapshot!("chinese", format!("{}\n{}", chinese.name, chinese.paragraphs.join("\n")));
    let english = write(&Demand::default(), None, &[], Tongue::English);
    insta::assert_snapshot!("english", format!("{}\n{}", english.name, english.paragraphs.join("\n")));
}

/// `ex DescribeDraftContractByPromptsTask`
#[test]
fn what_is_against_the_law_is_not_drafted() {
    assert_eq!(forbidden(WANTED), Ok(()));
    let message = forbidden("起草一份毒品买卖合同").unwrap_err().message;
    assert_eq!(message, "需求校验未通过: 该需求涉及“毒品”，内容违法违规，无法用于生成任何合同。");
}
