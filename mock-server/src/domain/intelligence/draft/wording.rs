//! A contract, written from what somebody wants. The form is ASSUMED.

use super::{Demand, Text, Tongue};
use crate::documents::Reading;

/// What stands for what nobody said.
const BLANK: &str = "____________";

/// A file the contract goes by: its name and what it says.
pub(super) type Source<'a> = (&'a str, &'a Reading);

/// Writes the contract: the parties, the sum, a clause for each that is wanted, the clauses of the template it is to be like (its
/// lines that begin with `第…条`), what is always said, where to sign, and the rules it has to keep as annexes.
#[must_use]
pub fn write(demand: &Demand, template: Option<&Reading>, rules: &[Source<'_>], tongue: Tongue) -> Text {
    let of_template = template.into_iter().flat_map(|reading| &reading.lines).filter_map(|line| clause_in(&line.text));
    let mut clauses: Vec<String> = match (tongue, &demand.sum) {
        (Tongue::Chinese, Some(sum)) => vec![format!("合同金额为{sum}。")],
        (Tongue::English, Some(sum)) => vec![format!("The contract amount is {sum}.")],
        (_, None) => Vec::new(),
    };
    clauses.extend(demand.clauses.iter().cloned());
    clauses.extend(of_template.map(ToOwned::to_owned));
    clauses.extend(usual(tongue).map(ToOwned::to_owned));
    let party = |place: usize| demand.parties.get(place).map_or(BLANK, String::as_str);
    let mut paragraphs = match tongue {
        Tongue::Chinese => vec![format!("甲方：{}", party(0)), format!("乙方：{}", party(1))],
        Tongue::English => vec![format!("Party A: {}", party(0)), format!("Party B: {}", party(1))],
    };
    for (place, clause) in (1..).zip(clauses) {
        paragraphs.push(match tongue {
            Tongue::Chinese => format!("第{place}条 {clause}"),
            Tongue::English => format!("Article {place} {clause}"),
        });
    }
    paragraphs.extend(signatures(tongue).map(ToOwned::to_owned));
    for (place, (name, reading)) in (1..).zip(rules) {
        paragraphs.push(match tongue {
            Tongue::Chinese => format!("附件{place} {name}"),
            Tongue::English => format!("Annex {place} {name}"),
        });
        paragraphs.extend(reading.lines.iter().map(|line| line.text.clone()));
    }
    Text { name: demand.name.clone().unwrap_or_else(|| name(tongue).to_owned()), paragraphs }
}

/// What is called nothing in particular.
fn name(tongue: Tongue) -> &'static str {
    match tongue {
        Tongue::Chinese => "合同",
        Tongue::English => "Agreement",
    }
}

/// What every contract says.
fn usual(tongue: Tongue) -> [&'static str; 2] {
    match tongue {
        Tongue::Chinese => [
            "因本合同引起的争议，双方应协商解决；协商不成的，任何一方可向有管辖权的人民法院起诉。",
            "本合同自双方签署之日起生效。",
        ],
        Tongue::English => [
            "Disputes arising from this contract shall be settled by negotiation, failing which either party may bring them \
             before a competent court.",
            "This contract takes effect when both parties have signed it.",
        ],
    }
}

fn signatures(tongue: Tongue) -> [&'static str; 3] {
    match tongue {
        Tongue::Chinese => ["甲方（盖章）：", "乙方（盖章）：", "签订日期："],
        Tongue::English => ["Party A (seal):", "Party B (seal):", "Date:"],
    }
}

/// What a clause of a template says, without its number.
fn clause_in(line: &str) -> Option<&str> {
    let (number, rest) = line.trim().strip_prefix('第')?.split_once('条')?;
    let numbers = number.trim().chars().all(|one| one.is_ascii_digit() || "一二三四五六七八九十百零".contains(one));
    Some(rest.trim_start_matches([' ', '：', ':', '、', '\u{3000}'])).filter(|rest| numbers && !rest.is_empty())
}
