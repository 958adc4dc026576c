//! How each stage of the way looks, as a page and as JSON.

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

use super::Action;
use crate::domain::employee::Employee;
use crate::domain::link::{Link, Way};
use crate::domain::onboarding::record::{CompanyData, Transfer};
use crate::pages::embed::Visitor;
use crate::pages::manner::{Refresh, render};
use crate::pages::words::Language;

/// How far a company and its employee are.
pub(super) enum Stage {
    /// The platform may not act yet.
    Grant { company: CompanyData },
    /// Nothing is handed in.
    HandIn { company: CompanyData, operator: Arc<Employee> },
    /// It may be proved in these ways.
    Choose { company: CompanyData, ways: Vec<Way> },
    /// The legal person is to do something.
    LegalPerson { company: CompanyData },
    /// The vendor's people look at the letter, once the money that belongs to it has come.
    Waiting { company: CompanyData, transfer: Option<Transfer> },
    /// They turned it down.
    LetterAgain { company: CompanyData, with_transfer: bool },
    /// The company is proved, the employee not.
    Prove { company: CompanyData, operator: Arc<Employee> },
    /// The console is open.
    Open { company: CompanyData },
}

impl Stage {
    fn name(&self) -> &'static str {
        match self {
            Self::Grant { .. } => "grant",
            Self::HandIn { .. } => "submit",
            Self::Choose { .. } => "choose",
            Self::LegalPerson { .. } => "legal_person",
            Self::Waiting { .. } => "waiting",
            Self::LetterAgain { .. } => "letter_again",
            Self::Prove { .. } => "prove",
            Self::Open { .. } => "open",
        }
    }

    fn company(&self) -> &CompanyData {
        match self {
            Self::Grant { company }
            | Self::HandIn { company, .. }
            | Self::Choose { company, .. }
            | Self::LegalPerson { company }
            | Self::Waiting { company, .. }
            | Self::LetterAgain { company, .. }
            | Self::Prove { company, .. }
            | Self::Open { company } => company,
        }
    }

    fn sentence(&self, language: Language) -> &'static str {
        match self {
            Self::Grant { .. } => {
                language.pick("授权平台企业为本企业办理电子签业务。", "Let the platform act for this company.")
            }
            Self::HandIn { .. } => {
                language.pick("请填写企业与超级管理员信息。", "Hand in the company's data and its administrator's.")
            }
            Self::Choose { .. } => language.pick("请选择认证方式。", "Choose how to prove who the company is."),
            Self::LegalPerson { .. } => language.pick("等待法定代表人确认。", "The legal person is to confirm it."),
            Self::Waiting { transfer: Some(Transfer::Pending | Transfer::Failed), .. } => language
                .pick("授权书已提交，请完成对公打款。", "The letter is in. Transfer the money that goes with it."),
            Self::Waiting { .. } => {
                language.pick("授权书审核中。", "The letter is being looked at; the control API decides.")
            }
            Self::LetterAgain { .. } => {
                language.pick("授权书未通过审核，请重新上传。", "The letter was turned down. Upload another one.")
            }
            Self::Prove { .. } => language.pick("请完成个人实名认证。", "Prove who you are."),
            Self::Open { .. } => language.pick("认证已完成，欢迎进入控制台。", "All is proved. This is the console."),
        }
    }

    /// What to fill in: name, label, what is known.
    fn fields(&self, language: Language) -> Vec<Field> {
        let field = |name, chinese, english, value: &str| Field {
            name,
            label: language.pick(chinese, english),
            value: value.to_owned(),
        };
        let person = |one: &Employee| {
            [
                field("name", "姓名", "Name", &one.name),
                field("mobile", "手机号", "Mobile number", &one.mobile),
                field("id_card", "身份证号（可不填）", "Identity card (may be left empty)", &one.card.number),
            ]
        };
        match self {
            Self::HandIn { company, operator } => {
                let company = [
                    field("company", "企业名称", "Company", &company.name),
                    field("credit_code", "统一社会信用代码", "Credit code", &company.credit_code),
                    field("legal_name", "法定代表人", "Legal person", &company.legal_name),
                    field("address", "企业地址（可不填）", "Address (may be left empty)", &company.address),
                ];
                company.into_iter().chain(person(operator)).collect()
            }
            Self::Prove { operator, .. } => person(operator).into_iter().collect(),
            Self::Grant { .. }
            | Self::Choose { .. }
            | Self::LegalPerson { .. }
            | Self::Waiting { .. }
            | Self::LetterAgain { .. }
            | Self::Open { .. } => Vec::new(),
        }
    }
}

/// Something to fill in.
struct Field {
    name: &'static str,
    label: &'static str,
    value: String,
}

/// A button.
struct Button {
    word: &'static str,
    label: &'static str,
}

fn button(action: Action, language: Language) -> Button {
    let label = match action {
        Action::Grant => language.pick("同意授权", "Allow it"),
        Action::Submit => language.pick("下一步", "Go on"),
        Action::LegalPersonAuthorizes => language.pick("由法定代表人授权", "The legal person authorizes me"),
        Action::LegalPerson => language.pick("我是法定代表人", "I am the legal person"),
        Action::Letter => language.pick("上传授权书", "Upload a letter of authorization"),
        Action::LetterAndTransfer => language.pick("上传授权书并对公打款", "Upload a letter and transfer money"),
        Action::Agree => language.pick("法定代表人同意", "The legal person agrees"),
        Action::Transfer => language.pick("已完成打款", "The money is transferred"),
        Action::Prove => language.pick("人脸核验", "Show my face"),
    };
    Button { word: action.word(), label }
}

/// The stage as the visitor wants it.
pub(super) fn answer(visitor: &Visitor<'_>, link: &Link, stage: &Stage) -> Response {
    let language = visitor.place.language;
    let (fields, offers) = (stage.fields(language), stage.offers());
    if visitor.manner.json {
        let known: serde_json::Map<_, _> =
            fields.iter().map(|field| (field.name.to_owned(), json!(field.value))).collect();
        let action = |action: &Action| {
            let mut body = known.clone();
            body.insert("action".to_owned(), json!(action.word()));
            json!({ "action": action.word(), "method": "POST", "href": visitor.place.href(), "body": body })
        };
        let actions: Vec<_> = offers.iter().map(action).collect();
        let company = &stage.company().name;
        return Json(json!({ "step": stage.name(), "company": company, "actions": actions })).into_response();
    }
    render(&ConsoleView {
        language,
        root: visitor.place.root,
        switch: visitor.place.switch(),
        refresh: None,
        company: &stage.company().name,
        sentence: stage.sentence(language),
        fields,
        buttons: offers.into_iter().map(|action| button(action, language)).collect(),
        form: visitor.place.href(),
        onward: link.jump_url.as_deref().filter(|_| matches!(stage, Stage::Open { .. })),
    })
}

/// The page, ready to be filled in.
#[derive(Template)]
#[template(path = "console.html")]
struct ConsoleView<'a> {
    language: Language,
    root: &'static str,
    switch: Option<String>,
    refresh: Option<Refresh>,
    company: &'a str,
    sentence: &'static str,
    fields: Vec<Field>,
    buttons: Vec<Button>,
    form: String,
    onward: Option<&'a str>,
}
