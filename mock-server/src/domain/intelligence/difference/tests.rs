use super::*;
use crate::documents::{plain_document, read_text};

fn reading(lines: &[&str]) -> Reading {
    let lines: Vec<String> = lines.iter().map(|one| (*one).to_owned()).collect();
    Reading::of_pdf(&read_text(&plain_document(1, &lines, &[]).unwrap()).unwrap())
}

fn compared(old: &[&str], new: &[&str]) -> Vec<Difference> {
    differences(&reading(old), &reading(new)).unwrap()
}

fn told(old: &[&str], new: &[&str]) -> Vec<(Change, String, String, i64)> {
    compared(old, new).into_iter().map(|one| (one.change, one.original, one.newer, one.form.code())).collect()
}

fn told_one(old: &str, new: &str) -> (Change, String, String, i64) {
    let all = told(&[old], &[new]);
    assert_eq!(all.len(), 1, "{all:?}");
    all.into_iter().next().unwrap()
}

#[test]
fn a_text_does_not_differ_from_itself_however_its_lines_break() {
    assert_eq!(told(&["合同总金额为人民币80万元。"], &["合同总金额为人", "民币 80万元。"]), []);
}

#[test]
fn what_is_added_changed_and_deleted_is_told_apart() {
    let old = ["第一条 甲方支付定金。", "第二条 总价80万元；工期6个月。", "第三条 保密。"];
    let new = ["第一条 甲方支付全部定金。", "第二条 总价95万元；工期6个月。"];
    let is = |change, old: &str, new: &str, form| (change, old.to_owned(), new.to_owned(), form);
    assert_eq!(
        told(&old, &new),
        [
            is(Change::Added, "", "全部", 0),
            is(Change::Changed, "80", "95", 0),
            is(Change::Deleted, "第三条 保密。", "", 0)
        ]
    );
}

#[test]
fn numbers_and_words_are_whole() {
    assert_eq!(told_one("价款 1,000.50 元", "价款 1,000.55 元").2, "1,000.55");
    assert_eq!(told_one("Payment within thirty days", "Payment within sixty days").1, "thirty");
}

/// ASSUMED: see [`Form`].
#[test]
fn the_kind_of_text_is_seen() {
    assert_eq!(told_one("甲方，乙方", "甲方、乙方").3, 1);
    assert_eq!(told_one("1. 付款", "2. 付款").3, 5);
    assert_eq!(told_one("第一条 付款", "第二条 付款").3, 5);
    assert_eq!(told_one("姓名：____。", "姓名：张三。").3, 7);
    assert_eq!(told_one("付款1次", "付款2次").3, 0);
}

#[test]
fn a_difference_knows_where_it_stands_in_the_newer_text() {
    let all = compared(&["总价80万元"], &["总价95万元"]);
    let [area] = all[0].areas[..] else { panic!("one line") };
    let expected = reading(&["总价95万元"]).find("95")[0].area.unwrap();
    assert_eq!((all[0].page, area), (1, expected));
    assert_eq!(compared(&["总价80万元"], &["总价"])[0].areas, [], "the newer text has nothing there");
}

#[test]
fn an_empty_text_is_compared_as_well() {
    assert_eq!(told(&["保密。"], &[]), [(Change::Deleted, "保密。".to_owned(), String::new(), 0)]);
    assert_eq!(told(&[], &[]), []);
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    /// Flowing text of this many sentences.
    fn text() -> impl Strategy<Value = Reading> {
        let sentence = "[甲乙丙丁0-9 ，]{0,12}[。；]";
        proptest::collection::vec(sentence, 0..6).prop_map(|sentences| Reading::flowing(&sentences))
    }

    proptest! {
        /// What both have in common and what is told make up either text: nothing is lost, nothing made up.
        #[test]
        fn differences_turn_one_text_into_the_other(old in text(), new in text()) {
            let all = differences(&old, &new).unwrap();
            let length = |reading: &Reading| words::words(reading).iter().map(|one| one.text.chars().count()).sum::<usize>();
            let told = |of: fn(&Difference) -> &str| {
                all.iter().map(|one| of(one).chars().filter(|one| !one.is_whitespace()).count()).sum::<usize>()
            };
            prop_assert_eq!(length(&old) - told(|one| &one.original), length(&new) - told(|one| &one.newer));
            for one in &all {
                let (nothing_old, nothing_new) = (one.original.is_empty(), one.newer.is_empty());
                prop_assert_eq!((one.change == Change::Added, one.change == Change::Deleted), (nothing_old, nothing_new));
            }
        }

        #[test]
        fn no_text_differs_from_itself(text in text()) {
            prop_assert_eq!(differences(&text, &text).unwrap(), []);
        }
    }
}
