//! What a form asks for: the components a signer fills in, and who somebody is that picks a slot up.

use std::collections::BTreeMap;

use super::visit::Visit;
use super::wish::{ANSWER, FIELD, Identity};
use super::words::Language;
use crate::domain::approver::Person;
use crate::domain::component::{Component, ComponentKind};
use crate::domain::employee::Card;
use crate::domain::intention::{Intention, Manner, NOD, Prompt};
use crate::domain::life::filling::Fill;
use crate::domain::link::Terms;

/// One thing asked for.
pub(super) struct Input {
    pub(super) name: String,
    pub(super) label: String,
    /// What kind of value is expected, in words.
    pub(super) hint: &'static str,
    pub(super) value: String,
    pub(super) look: Look,
    pub(super) required: bool,
    /// Whether it cannot be changed.
    pub(super) fixed: bool,
}

/// How a browser asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Line,
    Lines,
    Date,
    YesNo,
}

/// What a signer fills in.
pub(super) fn of_components(language: Language, components: &[Component]) -> Vec<Input> {
    let input = |(number, one): (usize, &Component)| Input {
        name: format!("{FIELD}{number}"),
        label: one.label().to_owned(),
        hint: hint(language, one.kind),
        value: if one.kind == ComponentKind::Date { day_for_browsers(&one.value) } else { one.value.clone() },
        look: look(one.kind),
        required: one.required,
        fixed: false,
    };
    components.iter().enumerate().map(input).collect()
}

/// Whom the task is handed on to.
pub(super) fn of_colleague(language: Language) -> Vec<Input> {
    let line = |name: &str, label: &str| Input {
        name: name.to_owned(),
        label: label.to_owned(),
        hint: "",
        value: String::new(),
        look: Look::Line,
        required: true,
        fixed: false,
    };
    vec![
        line("name", language.pick("同事姓名", "The colleague's name")),
        line("mobile", language.pick("同事手机号", "Their mobile number")),
    ]
}

/// What a signer answers before the camera; here it is written. A nod is given with the signature.
pub(super) fn of_intention(language: Language, intention: Option<&Intention>) -> Vec<Input> {
    let input = |manner: Manner, number: usize, prompt: &Prompt| Input {
        name: format!("{ANSWER}{number}"),
        label: prompt.text.clone(),
        hint: match manner {
            Manner::Speaking => language.pick("请输入您的回答", "Type what you say"),
            Manner::Nodding => language.pick("点头确认", "You nod"),
        },
        value: match manner {
            Manner::Speaking => String::new(),
            Manner::Nodding => NOD.to_owned(),
        },
        look: Look::Line,
        required: true,
        fixed: manner == Manner::Nodding,
    };
    let prompts = intention.into_iter().flat_map(|one| one.prompts.iter().enumerate().map(|two| (one.manner, two)));
    prompts.map(|(manner, (number, prompt))| input(manner, number, prompt)).collect()
}

fn look(kind: ComponentKind) -> Look {
    let long = [ComponentKind::MultiLineText, ComponentKind::DynamicTable, ComponentKind::Combination];
    if long.contains(&kind) {
        Look::Lines
    } else if kind == ComponentKind::Date {
        Look::Date
    } else if kind == ComponentKind::CheckBox {
        Look::YesNo
    } else {
        Look::Line
    }
}

fn hint(language: Language, kind: ComponentKind) -> &'static str {
    if kind == ComponentKind::DynamicTable {
        language.pick("表格的 JSON", "The table as JSON")
    } else if kind == ComponentKind::FillImage {
        language.pick("已上传图片的 FileId", "The FileId of an uploaded picture")
    } else if kind == ComponentKind::Attachment {
        language.pick("已上传文件的 FileId，以逗号分隔，最多 6 个", "FileIds of up to six uploads, with commas")
    } else {
        ""
    }
}

/// What was filled in, by components: forms name them by number, and browsers write days their own way.
pub(super) fn fills(components: &[Component], fields: BTreeMap<String, String>) -> Vec<Fill> {
    let fill = |(name, value): (String, String)| {
        let number = name.strip_prefix(FIELD).and_then(|number| number.parse::<usize>().ok());
        let meant = match number {
            Some(number) => components.get(number),
            None => components.iter().find(|one| one.id == name || one.name == name),
        };
        let value = match meant {
            Some(one) if one.kind == ComponentKind::Date => day_for_contracts(&value).unwrap_or(value),
            _ => value.replace("\r\n", "\n"),
        };
        let component =
            meant.filter(|_| number.is_some()).map(|one| if one.id.is_empty() { &one.name } else { &one.id });
        Fill { component: component.cloned().unwrap_or(name), value }
    };
    fields.into_iter().map(fill).collect()
}

/// `2024年02月09日` as a browser's date field has it.
fn day_for_browsers(text: &str) -> String {
    let parts = text.strip_suffix('日').and_then(|text| text.split_once('年'));
    let parts = parts.and_then(|(year, rest)| rest.split_once('月').map(|(month, day)| (year, month, day)));
    parts.map(|(year, month, day)| format!("{year}-{month:0>2}-{day:0>2}")).unwrap_or_default()
}

/// `2024-02-09` as a contract has it (`components`, values).
fn day_for_contracts(text: &str) -> Option<String> {
    let day: jiff::civil::Date = text.parse().ok()?;
    Some(day.strftime("%Y年%m月%d日").to_string())
}

/// Who picks these slots up. What the link settles stands there already.
pub(super) fn of_claim<'a>(language: Language, terms: &Terms, slots: impl Iterator<Item = &'a Visit>) -> Vec<Input> {
    let preset = &terms.preset;
    let line = |name: &str, label: &str, value: Option<&String>, required: bool| Input {
        name: name.to_owned(),
        label: label.to_owned(),
        hint: "",
        value: value.cloned().unwrap_or_default(),
        look: Look::Line,
        required,
        fixed: value.is_some(),
    };
    let mut companies = slots.filter_map(Visit::you).filter(|one| one.kind.is_organization()).peekable();
    let of_company = companies.peek().is_some();
    let own = companies.find_map(|one| one.organization.as_ref()).map(|party| &party.name);
    let card = preset.card.as_ref().map(|card| &card.number);
    let mut inputs = vec![
        line("name", language.pick("姓名", "Name"), preset.name.as_ref(), true),
        line("mobile", language.pick("手机号", "Mobile number"), preset.mobile.as_ref(), true),
    ];
    if of_company {
        let company = preset.organization.as_ref().or(own);
        inputs.push(line("organization", language.pick("企业名称", "Company"), company, true));
    } else {
        inputs.push(line("id_card", language.pick("身份证号", "Identity card"), card, card.is_some()));
    }
    inputs
}

impl Identity {
    /// The person; their card is of the kind the link asks for.
    pub(super) fn person(&self, terms: &Terms) -> Person {
        let kind = terms.preset.card.as_ref().map(|card| card.kind).unwrap_or_default();
        let card = Card { kind, number: self.id_card.clone() };
        Person { name: self.name.clone(), mobile: self.mobile.clone(), card, ..Person::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::flow_to_fill;

    fn component(kind: ComponentKind, id: &str, name: &str) -> Component {
        Component { kind, id: id.into(), name: name.into(), ..flow_to_fill(true).approvers[0].fills[0].clone() }
    }

    #[test]
    fn days_are_written_as_browsers_and_as_contracts_do() {
        assert_eq!(day_for_contracts("2024-02-09").as_deref(), Some("2024年02月09日"));
        assert_eq!(day_for_contracts("2023-02-29"), None);
        assert_eq!(day_for_browsers("2024年2月9日"), "2024-02-09");
        assert_eq!(day_for_browsers(""), "");
    }

    #[test]
    fn forms_name_components_by_number_and_scripts_by_name() {
        let components = [component(ComponentKind::Date, "day", "日期"), component(ComponentKind::Text, "", "地址")];
        let fields = |pairs: &[(&str, &str)]| pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        let fill = |component: &str, value: &str| Fill { component: component.into(), value: value.into() };
        assert_eq!(
            fills(&components, fields(&[("field.0", "2024-02-09"), ("field.1", "深圳")])),
            [fill("day", "2024年02月09日"), fill("地址", "深圳")]
        );
        assert_eq!(fills(&components, fields(&[("日期", "2024-02-09")])), [fill("日期", "2024年02月09日")]);
        assert_eq!(fills(&components, fields(&[("field.9", "x")])), [fill("field.9", "x")], "said to be unknown later");
    }

    #[test]
    fn each_kind_of_component_is_asked_for_in_its_way() {
        let looks: Vec<Look> =
            [ComponentKind::Text, ComponentKind::MultiLineText, ComponentKind::Date, ComponentKind::CheckBox]
                .into_iter()
                .flat_map(|kind| of_components(Language::Chinese, &[component(kind, "", "x")]))
                .map(|input| input.look)
                .collect();
        assert_eq!(looks, [Look::Line, Look::Lines, Look::Date, Look::YesNo]);
    }
}
