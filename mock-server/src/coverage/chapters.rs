//! The stateful actions by chapter, as the documents show them. A test holds the tables in README.md and PLATFORMS.md, in both
//! languages, to what is written here; `UPDATE_TABLES=1 cargo test -p ess-mock-server chapters` writes them anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use ess_schemas::Service;

use crate::actions;

/// A language of the documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// Chinese.
    Chinese,
}

/// A chapter's folder, and what it is called in English and in Chinese.
const NAMES: &[(&str, &str, &str)] = &[
    ("onboarding", "onboarding", "企业认证与入驻"),
    ("organization", "enterprise data, groups", "企业信息与集团"),
    ("staff", "people, roles", "员工与角色"),
    ("department", "departments", "部门"),
    ("verification", "verification of persons", "个人认证"),
    ("seal", "seals", "印章"),
    ("service", "services, auto-sign", "扩展服务与自动签"),
    ("template", "templates", "模板"),
    ("file", "files", "文件"),
    ("flow", "launch, contracts", "发起与合同"),
    ("prepare", "pages for launching", "发起页面"),
    ("qr_code", "QR codes", "一码多签"),
    ("link", "links", "签署链接"),
    ("embed", "embedded pages", "嵌入页面"),
    ("approver", "signers on the way", "签署途中"),
    ("review", "reviews", "审批"),
    ("cancel", "withdrawing many", "批量撤销"),
    ("evidence", "evidence", "存证"),
    ("digital", "signed data", "数据签名"),
    ("intelligence", "contract intelligence", "智能合同"),
    ("billing", "bills", "账单"),
    ("callback", "callback addresses", "回调配置"),
    ("console", "pages, envelopes", "页面主题与加密请求"),
];

/// The stateful actions of a service as a Markdown table, a row per chapter.
#[must_use]
pub fn table(service: Service, language: Language) -> String {
    let chapters = chapters(service);
    let (mut table, comma) = match language {
        Language::English => ("| chapter | stateful actions |\n|---|---|\n".to_owned(), ", "),
        Language::Chinese => ("| 章节 | 有状态的接口 |\n|---|---|\n".to_owned(), "、"),
    };
    for (folder, english, chinese) in NAMES {
        let Some(actions) = chapters.get(folder) else { continue };
        let name = match language {
            Language::English => english,
            Language::Chinese => chinese,
        };
        let actions: Vec<String> = actions.iter().map(|action| format!("`{action}`")).collect();
        _ = writeln!(table, "| {name} | {} |", actions.join(comma));
    }
    table
}

fn chapters(service: Service) -> BTreeMap<&'static str, Vec<&'static str>> {
    let mut chapters: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for handler in actions::handlers().filter(|one| one.contract.service == service) {
        chapters.entry(handler.chapter).or_default().push(handler.contract.name);
    }
    chapters
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn every_chapter_has_a_name() {
        for service in Service::ALL {
            for folder in chapters(service).keys() {
                assert!(NAMES.iter().any(|(named, ..)| named == folder), "{folder} of {service:?}");
            }
        }
    }

    #[test]
    fn the_documents_show_every_stateful_action() {
        let shown = [
            ("README.md", Service::Ess, Language::English),
            ("README.zh-CN.md", Service::Ess, Language::Chinese),
            ("mock-server/PLATFORMS.md", Service::Essbasic, Language::English),
            ("mock-server/PLATFORMS.zh-CN.md", Service::Essbasic, Language::Chinese),
        ];
        for (document, service, language) in shown {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(document);
            let text = std::fs::read_to_string(&path).unwrap();
            let (head, rest) =
                text.split_once("<!-- chapters -->\n").unwrap_or_else(|| panic!("{document} has no mark"));
            let (there, tail) = rest.split_once("<!-- /chapters -->").unwrap();
            let table = table(service, language);
            if std::env::var_os("UPDATE_TABLES").is_some() {
                let whole = format!("{head}<!-- chapters -->\n{table}<!-- /chapters -->{tail}");
                std::fs::write(path, whole).unwrap();
            } else {
                assert_eq!(there, table, "{document}: UPDATE_TABLES=1 writes the table anew");
            }
        }
    }
}
