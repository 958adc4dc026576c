use super::super::checklist::Category;
use super::super::general;
use super::*;
use crate::documents::{plain_document, read_text};

fn reading(lines: &[&str]) -> Reading {
    let lines: Vec<String> = lines.iter().map(|one| (*one).to_owned()).collect();
    Reading::of_pdf(&read_text(&plain_document(1, &lines, &[]).unwrap()).unwrap())
}

fn point(summary: &str) -> Point {
    Point { summary: summary.into(), ..general().categories[0].points[0].clone() }
}

fn list(points: Vec<Point>) -> Checklist {
    let categories = vec![Category { name: "要点".into(), points }];
    Checklist { organization: Some("own".into()), name: "采购".into(), categories, ..general() }
}

fn names(verdict: &Verdict) -> (Vec<&str>, Vec<&str>) {
    let risks = verdict.risks.iter().map(|one| one.name.as_str()).collect();
    (risks, verdict.passed.iter().map(|one| one.name.as_str()).collect())
}

fn strictly(reading: &Reading, points: Vec<Point>) -> Verdict {
    judge(reading, &[list(points)], &[], Policy::Strict)
}

#[test]
fn a_clause_a_contract_must_have_is_missed_and_another_is_not() {
    let optional = Point { indispensable: false, ..point("知识产权") };
    let verdict = strictly(&reading(&["第一条 付款"]), vec![point("验收、质检"), optional]);
    assert_eq!(names(&verdict), (vec!["验收、质检缺失"], vec![]));
    let risk = &verdict.risks[0];
    assert_eq!(risk.clause, []);
    assert_eq!(risk.presentation, ["条款缺失"]);
    assert_eq!(risk.basis, "【采购】{要点}, 企业审查要求。");
    assert_eq!(risk.advice, "建议补充「验收、质检」条款，以维护己方的利益。");
}

#[test]
fn a_clause_by_any_of_a_points_words_passes_and_is_cited_with_its_place() {
    let text = reading(&["第一条 付款", "第二条 验收期三日"]);
    let verdict = strictly(&text, vec![point("质检 验收")]);
    assert_eq!(names(&verdict), (vec![], vec!["质检 验收"]));
    let [excerpt] = &verdict.passed[0].excerpts[..] else { panic!("one line") };
    assert_eq!((excerpt.content.as_str(), excerpt.page), ("第二条 验收期三日", 1));
    let area = excerpt.area.unwrap();
    assert!(area.width > 50.0 && area.y > text.lines[0].whole().area.unwrap().y);
}

#[test]
fn a_clause_must_be_as_its_reference_where_that_is_asked_for() {
    let like = |reference: &str| Point { as_reference: true, reference: reference.into(), ..point("验收") };
    let text = reading(&["验收期为交货后", "三日"]);
    assert_eq!(names(&strictly(&text, vec![like("交货后三日")])).0, Vec::<&str>::new(), "ends of lines do not count");
    let verdict = strictly(&text, vec![like("交货后五日")]);
    assert_eq!(names(&verdict).0, ["验收与参考条款不一致"]);
    assert_eq!(verdict.risks[0].clause[0].content, "验收期为交货后");
    assert!(verdict.risks[0].advice.ends_with("；可参考：「交货后五日」。"), "{}", verdict.risks[0].advice);
    let held = |text| strictly(&text, vec![Point { as_reference: false, ..like("交货后五日") }]);
    assert_eq!(names(&held(text)).0, Vec::<&str>::new(), "a reference alone asks for nothing");
}

#[test]
fn a_clause_somebody_has_to_fill_in_is_a_risk() {
    for line in ["验收期：____日", "验收期【】日", "验收期待定"] {
        assert_eq!(names(&strictly(&reading(&[line]), vec![point("验收")])).0, ["验收未填写完整"], "{line}");
    }
}

#[test]
fn the_measure_decides_from_which_level_on_a_risk_is_told() {
    let points = [Level::Low, Level::Middle, Level::High].map(|level| Point { level, ..point(level.wire()) });
    let lists = [list(points.to_vec())];
    let told = |policy| judge(&reading(&["空"]), &lists, &[], policy);
    assert_eq!(names(&told(Policy::Strict)).0, ["一般风险缺失", "中风险缺失", "高风险缺失"]);
    assert_eq!(names(&told(Policy::Neutral)), (vec!["中风险缺失", "高风险缺失"], vec!["一般风险"]));
    assert_eq!(names(&told(Policy::Lenient)), (vec!["高风险缺失"], vec!["一般风险", "中风险"]));
}

#[test]
fn points_of_the_other_side_are_left_out() {
    let roles = |name: &str| vec![Role { name: name.into(), description: String::new() }];
    let told = |roles: &[Role]| {
        let verdict = judge(&reading(&["空"]), &[general()], roles, Policy::Strict);
        let names: Vec<String> = verdict.risks.into_iter().map(|one| one.name).collect();
        ["验收缺失", "逾期付款、滞纳金、延期付款缺失"].map(|name| names.iter().any(|one| one == name))
    };
    assert_eq!(told(&[]), [true, true]);
    assert_eq!(told(&roles("买方")), [true, false]);
    assert_eq!(told(&roles("乙方")), [false, true]);
    assert_eq!(told(&[roles("甲方"), roles("乙方")].concat()), [true, true]);
    assert_eq!(told(&roles("见证方")), [true, true]);
}

#[test]
fn what_a_company_settled_is_the_advice_as_it_stands() {
    let settled = Point { suggestion: "请联系法务".into(), ai_suggestion: "写三日".into(), ..point("验收") };
    let advice = |point| strictly(&reading(&["空"]), vec![point]).risks[0].advice.clone();
    assert_eq!(advice(settled.clone()), "请联系法务");
    let open = Point { suggestion: String::new(), ..settled };
    assert_eq!(advice(open), "建议补充「验收」条款，以维护己方的利益；写三日。");
}

#[test]
fn the_party_named_first_is_the_one_a_contract_is_looked_at_for() {
    let role = |lines: &[&str]| role_in(&reading(lines)).map(|role| role.name);
    assert_eq!(role(&["采购合同", "卖方：甲公司", "买方：乙公司"]).as_deref(), Some("卖方"));
    assert_eq!(role(&["被授权方：甲公司"]).as_deref(), Some("被授权方"));
    assert_eq!(role(&["说明"]), None);
}

#[test]
fn a_list_fits_by_its_points_that_have_a_clause() {
    let text = reading(&["验收与付款"]);
    assert_eq!(fit(&text, &list(vec![point("验收"), point("付款"), point("保密")])), 2);
}
