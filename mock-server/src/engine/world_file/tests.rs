//! World files with contracts: they come about by the rules, and what cannot be is told with its place.

use super::*;
use crate::domain::flow::Flow;

const COMPANY: &str = r#"
alias: test
callback_key: ""
callback_token: ""
organizations:
  - id: company
    name: 测试有限公司
    edition: flagship
    auto_sign: true
    contracts: 20
    employees: [{ id: operator, name: 卫操作, mobile: "13900000099", roles: [operator] }]
    seals: [{ id: seal, name: 公章 }]
    files: [{ id: file, pages: 2, words: [签字处] }]
    templates:
      - id: template
        fills: [{ type: TEXT, id: price }]
        parties:
          - { kind: organization, role: 甲方, recipient: first-party }
          - { kind: person, role: 乙方, fills: [{ type: TEXT, id: address, required: true }] }
"#;

fn parse(more: &str) -> Result<WorldFile, String> {
    WorldFile::parse("test.yaml", &format!("{COMPANY}{more}")).map_err(|error| error.to_string())
}

fn world(more: &str) -> World {
    parse(more).expect("a good world file").build(1, NOON)
}

fn flow(world: &World, id: &str) -> Flow {
    world.flows.get(id).expect("the contract is there").as_ref().clone()
}

const PERSON: &str = r#"{ kind: person, name: 卫国安, mobile: "13100000001" }"#;

#[test]
fn contracts_are_launched_and_signed_before_the_world_begins_and_keep_their_ids() {
    let world = world(&format!(
        r#"
contracts:
  - id: signed
    document: paper
    file: file
    launched: 2d
    approvers:
      - {{ kind: person, name: 卫国安, mobile: "13100000001", recipient: slot, sign: task, components: [{{ type: SIGN_SIGNATURE, keyword: 签字处 }}] }}
    then: [{{ sign: 0 }}]
  - {{ id: cancelled, approvers: [{PERSON}], then: [{{ cancel: 写错了 }}] }}
  - {{ id: overdue, deadline: 30m, approvers: [{PERSON}] }}
  - {{ id: half, unordered: true, approvers: [{PERSON}, {{ kind: organization_auto_sign }}], then: [{{ sign: 1 }}] }}
"#
    ));

    let signed = flow(&world, "signed");
    assert_eq!((signed.status().code(), signed.document_id(), signed.page_count()), (4, "paper", 2));
    assert_eq!((signed.approvers[0].recipient.as_str(), signed.approvers[0].sign.as_str()), ("slot", "task"));
    assert_eq!(NOON.seconds() - signed.created_at.seconds(), 2 * 86_400);
    assert_eq!(signed.updated_at.seconds() - signed.created_at.seconds(), 60);
    assert_eq!(flow(&world, "cancelled").message, "写错了");
    assert_eq!(flow(&world, "half").status().code(), 2);
    assert_eq!(flow(&world, "overdue").status().code(), 1, "its timer runs when the world is entered");
    assert_eq!(world.timers.next_at(), Some(flow(&world, "overdue").deadline));
    let company = world.directory.organizations.get("company").unwrap();
    assert_eq!(company.quota.left, 17, "four launched, one given back");
    assert_eq!(world.callbacks.attempts_recorded(), 0, "nobody is told of what was before");
}

#[test]
fn a_contract_from_a_template_waits_to_be_filled_in_or_started() {
    let approvers = format!(r#"[{{ kind: organization, organization: 测试有限公司, user: operator }}, {PERSON}]"#);
    let world = world(&format!(
        r#"
contracts:
  - {{ id: draft, template: template, draft: true, approvers: {approvers} }}
  - {{ id: bare, empty: true, draft: true, approvers: {approvers} }}
  - {{ id: filling, template: template, approvers: {approvers} }}
  - {{ id: filled, template: template, approvers: {approvers}, then: [{{ fill: {{ approver: 1, values: {{ address: 某地 }} }} }}] }}
"#
    ));
    let status = |id: &str| flow(&world, id).status().code();
    assert_eq!((status("draft"), status("bare"), status("filling"), status("filled")), (7, 0, 8, 1));
    assert_eq!(flow(&world, "draft").approvers[0].recipient.as_str(), "first-party");
    assert!(flow(&world, "bare").document.is_none());
}

#[test]
fn groups_hold_their_contracts_in_order() {
    let world = world(&format!(
        r#"
groups:
  - id: group
    name: 两份合同
    contracts: [{{ id: one, approvers: [{PERSON}] }}, {{ id: two, approvers: [{PERSON}] }}]
"#
    ));
    let group = world.groups.get("group").unwrap();
    assert_eq!(group.flows.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["one", "two"]);
    assert_eq!(flow(&world, "two").group.unwrap().name, "两份合同");
}

#[test]
fn what_no_rule_allows_is_told_with_contract_and_step() {
    let cases = [
        ("contracts: [{ id: c, approvers: [] }]", "contracts: `c`: a rule refuses it: ApproversEmpty"),
        (
            r#"contracts: [{ id: c, approvers: [{ kind: person, name: 卫国安, mobile: "1" }] }]"#,
            "MobileInvalid { mobile: \"1\" }",
        ),
        (
            &format!("contracts: [{{ id: c, file: other, approvers: [{PERSON}] }}]"),
            "line 20 column 28: contracts: `c`: file: there is no `other`",
        ),
        (
            &format!("contracts: [{{ id: c, initiator: other, approvers: [{PERSON}] }}]"),
            "initiator: there is no `other`",
        ),
        (
            &format!("contracts: [{{ id: c, approvers: [{PERSON}], then: [{{ sign: 0 }}, {{ sign: 1 }}] }}]"),
            "contracts: `c`: then, 2: a rule refuses it: ApproverUnknown",
        ),
        (&format!("contracts: [{{ id: file, approvers: [{PERSON}] }}]"), "the id `file` stands twice"),
        ("groups: [{ id: g, contracts: [] }]", "groups: `g`: contracts: at least one is needed"),
        (&format!("contracts: [{{ id: c, launched: soon, approvers: [{PERSON}] }}]"), "`soon` is no span; expected"),
        (
            "contracts: [{ id: c, approvers: [{ kind: nobody }] }]",
            "line 20 column 42: unknown variant `nobody`, expected one of organization",
        ),
    ];
    for (text, expected) in cases {
        let error = parse(text).unwrap_err();
        assert!(error.starts_with("test.yaml: ") && error.contains(expected), "{text}\n{error}");
    }
}

#[test]
fn conversions_and_archives_have_ended_when_the_world_begins() {
    let more = r#"
conversions:
  - { id: converted, file: file, pdf: file }
  - { id: waiting, file: file, pdf: file, asked: 0s }
archive_tasks:
  - { id: archived, contracts: [{ id: old-contract, file: scan, business: B-1 }] }
"#;
    let company = COMPANY.replace("files: [", "files: [{ id: scan, purpose: archive }, ");
    let world = WorldFile::parse("test.yaml", &format!("{company}{more}")).unwrap().build(1, NOON);
    let progress = |id: &str| format!("{:?}", world.conversions.get(id).unwrap().progress(NOON));
    assert!(progress("converted").starts_with("Ended(Converted"), "{}", progress("converted"));
    assert_eq!(progress("waiting"), "Submitted");
    assert_eq!(format!("{:?}", world.archive_tasks.get("archived").unwrap().progress(NOON)), "Done");
    assert!(world.archived.get("old-contract").is_some());

    let error = parse("conversions: [{ id: c, file: other }]").unwrap_err();
    assert!(error.contains("conversions: `c`: file: there is no `other`"), "{error}");
    let error = parse("archive_tasks: [{ id: a, contracts: [{ file: file }] }]").unwrap_err();
    assert!(error.contains("a rule refuses it: ResourceUnknown"), "{error}");
}

#[test]
fn cancellations_of_many_contracts_have_run_when_the_world_begins() {
    let world = world(&format!(
        r#"
contracts: [{{ id: one, approvers: [{PERSON}] }}, {{ id: two, approvers: [{PERSON}] }}, {{ id: three, approvers: [{PERSON}] }}]
cancel_tasks:
  - {{ id: unconfirmed, contracts: [one], confirmed: false }}
  - {{ id: by-link, contracts: [one, nowhere] }}
  - {{ id: all }}
"#
    ));
    let outcome = |id: &str| world.cancel_tasks.get(id).unwrap().outcome.clone();
    assert!(outcome("unconfirmed").is_none());
    let by_link = outcome("by-link").unwrap();
    assert_eq!((by_link.cancelled.len(), by_link.failed.len()), (1, 1));
    assert_eq!(outcome("all").unwrap().cancelled, ["two".into(), "three".into()]);
    assert_eq!(flow(&world, "three").status().code(), 6);
}

#[test]
fn reports_are_about_contracts_everybody_signed() {
    let contracts = format!(
        "contracts: [{{ id: signed, approvers: [{PERSON}], then: [{{ sign: 0 }}] }}, {{ id: open, approvers: [{PERSON}] }}]\n"
    );
    let world = world(&format!("{contracts}evidence_reports: [{{ id: report, contract: signed, ordered: 2h }}]"));
    let report = world.evidence.get("report").unwrap();
    assert_eq!((report.flow.id.as_str(), NOON.seconds() - report.ordered_at.seconds()), ("signed", 7200));
    let error = parse(&format!("{contracts}evidence_reports: [{{ id: report, contract: open }}]")).unwrap_err();
    assert!(error.contains("evidence_reports: `report`: a rule refuses it: FlowStatusWrong"), "{error}");
}

#[test]
fn what_a_platform_offers_is_its_own_and_goes_to_its_customers() {
    let offered = |row: &str| {
        let customers = "customers: [{ open_id: customer, organization: company }]";
        let application = format!("applications: [{{ id: app, name: 应用, owner: company, {customers} }}]\n");
        parse(&format!("{application}library: [{row}]"))
    };
    let world = offered("{ template: template, application: app, granted: [customer] }").unwrap().build(1, NOON);
    assert!(world.directory.library.get("template").unwrap().is_offered_to(&"customer".into()));
    for (row, said) in [
        ("{ template: nobody, application: app }", "library: `nobody`: the application's company has no template"),
        ("{ template: template, application: nobody }", "library: `template`: there is no application `nobody`"),
        ("{ template: template, application: app, granted: [nobody] }", "has no customer `nobody`"),
    ] {
        let error = offered(row).unwrap_err();
        assert!(error.contains(said), "{error}");
    }
}

#[test]
fn companies_of_a_batch_have_ways_into_the_console_or_failed() {
    let registered = |companies: &str| {
        let customers = "customers: [{ open_id: customer, organization: company, verification: unverified, operators: \
                         [{ open_id: staff, employee: operator }] }]";
        let application = format!("applications: [{{ id: app, name: 应用, owner: company, {customers} }}]\n");
        parse(&format!("{application}registrations: [{{ id: batch, application: app, companies: [{companies}] }}]"))
    };
    let rows = "{ id: good, customer: customer }, { id: bad, customer: customer, failed: 认证失败 }";
    let world = registered(rows).unwrap().build(1, NOON);
    let batch = world.registration_batches.get("batch").unwrap();
    assert!(batch.is_ready(NOON));
    assert_eq!(batch.registrations, ["good".into(), "bad".into()]);
    let good = world.registrations.get("good").unwrap();
    assert_eq!((good.admin.name.as_str(), good.operator.as_str()), ("卫操作", "staff"));
    assert!(world.links.get(good.link.as_deref().unwrap()).is_some());
    assert_eq!(world.registrations.get("bad").unwrap().link, Err("认证失败".to_owned()));
    for (rows, said) in [
        ("", "registrations: `batch`: companies: at least one is needed"),
        ("{ id: one, customer: nobody }", "companies: `one`: customer: the application has no customer `nobody`"),
        ("{ id: batch, customer: customer }", "the id `batch` stands twice"),
    ] {
        let error = registered(rows).unwrap_err();
        assert!(error.contains(said), "{error}");
    }
}

#[test]
fn a_qr_code_needs_a_template_that_can_be_signed_by_scanning() {
    let company = COMPANY.replace("templates:", "templates:\n      - { id: one-person, parties: [{ kind: person }] }");
    let parse = |code: &str| WorldFile::parse("test.yaml", &format!("{company}qr_codes: [{code}]"));
    let world = parse("{ id: code, template: one-person, cancelled: true }").unwrap().build(1, NOON);
    assert!(world.qr_codes.get("code").unwrap().cancelled);
    let error = parse("{ id: code, template: template }").unwrap_err().to_string();
    assert!(error.contains("qr_codes: `code`: a rule refuses it: QrCodeTemplate"), "{error}");
}

#[test]
fn a_signed_file_that_was_downloaded_is_known_again_unless_it_was_altered() {
    use crate::documents::{Authenticity, authenticity};
    let world = world(&format!(
        r#"
contracts:
  - {{ id: signed, approvers: [{PERSON}], then: [{{ sign: 0 }}], downloads: [{{ id: copy }}, {{ id: forgery, altered: true }}] }}
  - {{ id: again, file: forgery, approvers: [{PERSON}] }}
"#
    ));
    let check = |id: &str| authenticity(&world.files.get(id).unwrap().content.bytes, &world.ids.sealing_key());
    assert!(matches!(check("copy"), Authenticity::Intact { .. }));
    assert_eq!(check("forgery"), Authenticity::Altered);
    assert_eq!(flow(&world, "again").page_count(), 2);
}

#[test]
fn rules_that_make_calls_fail_are_in_force_from_the_beginning_and_held_to_the_contract() {
    let rules = "faults:\n  - { id: later, action: CancelFlow, ttl: 30m, latency: 50ms..2s }\n";
    let mounted = world(rules).faults.get("later").cloned().expect("the rule is there");
    assert_eq!(mounted.expires_at, Some(NOON.plus(std::time::Duration::from_secs(1800))));

    for (rule, expected) in [
        (
            "{ action: CancelFlows, effect: drop }",
            "faults: rule 1: action: there is no action `CancelFlows`; nearest are CancelFlow",
        ),
        ("{ organization: nobody, effect: drop }", "faults: rule 1: organization: this world has no `nobody`"),
        ("{ effect: { error: { code: Nonsense } } }", "faults: rule 1: effect: not every action documents `Nonsense`"),
        ("{ effekt: drop }", "line 21"),
        ("{ latency: soon }", "50ms..2s"),
    ] {
        let error = parse(&format!("faults:\n  - {rule}\n")).expect_err(rule);
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn reviews_have_ended_when_the_world_begins_unless_they_were_asked_for_just_now() {
    let world = world(
        "contract_reviews:\n  - { id: done, file: file, found: [first-risk], role: 买方, policy: lenient }\n  - { id: running, file: file, asked: 1s, general: false }\nrisk_exports: [{ id: export, organization: company }]",
    );
    let review = |id: &str| world.intelligence.reviews.get(id).unwrap().clone();
    let report = review("done").report(NOON).cloned().unwrap();
    assert_eq!((report.risks[0].id.as_str(), report.roles[0].name.as_str()), ("first-risk", "买方"));
    assert!(report.risks.iter().all(|risk| risk.what.level.alias() == "HIGH"), "the lenient measure tells no others");
    assert!(review("running").report(NOON).is_err());
    assert_eq!(review("done").task.operator.as_str(), "operator");
    assert!(world.intelligence.risk_exports.get("export").is_some());
}

#[test]
fn what_cannot_be_reviewed_or_reviewed_by_is_told() {
    let company = |rows: &str| {
        let text = COMPANY.replace("    templates:\n", &format!("    checklists: [{rows}]\n    templates:\n"));
        WorldFile::parse("test.yaml", &text).map_err(|error| error.to_string())
    };
    let list = |points: &str| {
        company(&format!("{{ id: list, name: 采购, categories: [{{ name: 履行, points: [{points}] }}] }}"))
    };
    assert!(list("{ summary: 验收, level: high, reference: 三日 }").is_ok());
    let nameless = list("{ summary: \"\" }").unwrap_err();
    assert!(nameless.contains("checklists: `list`: a rule refuses it: ParameterMissing"), "{nameless}");
    for (row, told) in [
        ("{ id: one, file: nobody }", "contract_reviews: `one`: file: there is no `nobody`"),
        (
            "{ id: one, file: file, checklists: [nobody] }",
            "contract_reviews: `one`: a rule refuses it: ChecklistUnknown",
        ),
    ] {
        let error = parse(&format!("contract_reviews: [{row}]")).unwrap_err();
        assert!(error.contains(told), "{error}");
    }
    let error = parse("risk_exports: [{ id: export, organization: nobody }]").unwrap_err();
    assert!(error.contains("risk_exports: `export`: organization: there is no `nobody`"), "{error}");
}

#[test]
fn a_word_file_is_described_by_its_paragraphs() {
    let described = |row: &str| {
        let text = COMPANY.replace("{ id: file, pages: 2, words: [签字处] }", row);
        WorldFile::parse("test.yaml", &text).map_err(|error| error.to_string())
    };
    let world = described("{ id: file, name: 合同.docx, words: [甲方, 乙方] }").unwrap().build(1, NOON);
    let content = world.files.get("file").unwrap().content.clone();
    assert_eq!(content.reading().unwrap().text(), "甲方\n乙方");
    let error = described("{ id: file, name: 合同.docx, pages: 2 }").unwrap_err();
    assert!(error.contains("a Word file is described by words alone"), "{error}");
}

#[test]
fn departments_and_who_is_in_them_stand_in_the_file() {
    let text = COMPANY
        .replace("roles: [operator]", "roles: [operator], department: north")
        .replace(
            "    seals:",
            "    root_department: { open_id: root }\n    departments:\n      - { id: north, name: 华北, parent: sales }\n      \
             - { id: sales, name: 销售部, open_id: sales, order: 3 }\n    seals:",
        );
    let world = WorldFile::parse("test.yaml", &text).unwrap().build(1, NOON);
    let directory = &world.directory;
    let company = "company".into();
    let employee = directory.employees.get("operator").unwrap();
    assert_eq!(directory.department_of(employee).name, "华北");
    let root = directory.department_called(&company, "root").unwrap();
    assert_eq!((root.name.as_str(), root.is_root()), ("测试有限公司", true));
    assert_eq!(directory.departments_below(&root.id)[0].id.as_str(), "sales");

    let refused = |from: &str, to: &str| {
        let text = text.replace(from, to);
        WorldFile::parse("test.yaml", &text).map(|_| ()).unwrap_err().to_string()
    };
    let strange = refused("department: north", "department: south");
    assert!(
        strange.contains("employee `operator` is in department `south`; expected one of the departments"),
        "{strange}"
    );
    let strange = refused("parent: sales", "parent: east");
    assert!(strange.contains("department `north` stands below `east`; expected"), "{strange}");
    let round = refused("open_id: sales", "parent: north");
    assert!(round.contains("stands below itself"), "{round}");
}
