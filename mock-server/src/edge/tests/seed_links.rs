//! The seeds' examples of links, played in a world that fits: what the page answers is answered, with links of the same shape.

use std::path::Path;

use ess_schemas::Service;
use serde_json::{Value, json};

use super::stage::Stage;
use crate::engine::world_file::WorldFile;

const WORLD: &str = include_str!("../../../../fixtures/worlds/seed-links.yaml");

/// The world, its contracts launched by this company.
fn stage(initiator: &str) -> Stage {
    let world = WORLD.replace("initiator: *caller", &format!("initiator: *{initiator}"));
    Stage::of(WorldFile::parse("fixtures/worlds/seed-links.yaml", &world).unwrap())
}

pub(super) fn examples(action: &str) -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/examples/ess").join(action);
    let mut found: Vec<(String, Value)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            (path.file_stem().unwrap().to_str().unwrap().to_owned(), serde_json::from_str(&text).unwrap())
        })
        .collect();
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    assert!(!found.is_empty(), "{action} has examples");
    found
}

/// Sends an example's request, as the company whose key its world has.
async fn answer(action: &str, name: &str, example: &Value) -> Value {
    let initiator = match name {
        "group_company_for_member" => "member",
        "refused_flow_of_another_organization" => "other",
        _ => "caller",
    };
    let mut request = example["request"].clone();
    if request.get("FlowGroupId").is_some() {
        // Its mask became the id that a contract of another example has.
        request["FlowGroupId"] = json!("group");
    }
    stage(initiator).send(Service::Ess, action, request.to_string()).await
}

/// The path of a link, and the names of its parameters: host and values differ.
fn shape(url: &str) -> (String, Vec<String>) {
    let url = reqwest::Url::parse(url).unwrap();
    let page = url.path().rsplit('/').next().unwrap_or_default();
    let page = if url.query().is_none() { "short" } else { page };
    (page.to_owned(), url.query_pairs().map(|(name, _)| name.into_owned()).collect())
}

#[tokio::test]
async fn every_batch_example_is_answered_as_its_page_shows() {
    for (name, example) in examples("CreateBatchQuickSignUrl") {
        let answer = answer("CreateBatchQuickSignUrl", &name, &example).await;
        let shown = &example["response"]["Response"];
        assert_eq!(answer["Error"], shown["Error"], "{name}");
        let (ours, theirs) = (&answer["FlowApproverUrlInfo"], &shown["FlowApproverUrlInfo"]);
        for field in ["ApproverName", "ApproverMobile", "ApproverType"] {
            assert_eq!(ours[field], theirs[field], "{name}: {field}");
        }
        let Some(sign_url) = ours["SignUrl"].as_str() else { continue };
        assert_eq!(shape(sign_url), shape(theirs["SignUrl"].as_str().unwrap()), "{name}");
        let (long, example) = (shape(ours["LongUrl"].as_str().unwrap()), shape(theirs["LongUrl"].as_str().unwrap()));
        // A younger example of open slots shows two parameters more.
        let known = |names: &[String]| names.iter().filter(|one| example.1.contains(one)).cloned().collect::<Vec<_>>();
        assert_eq!((&long.0, known(&long.1)), (&example.0, example.1.clone()), "{name}");
    }
}

#[tokio::test]
async fn every_scenario_of_one_contracts_link_is_answered_with_links() {
    for (name, example) in examples("CreateFlowSignUrl") {
        let answer = answer("CreateFlowSignUrl", &name, &example).await;
        let infos = answer["FlowApproverUrlInfos"].as_array().unwrap_or_else(|| panic!("{name}: {answer}"));
        let wanted = example["request"]["FlowApproverInfos"].as_array().unwrap();
        assert_eq!(infos.len(), wanted.len().max(1), "{name}");
        for (info, wanted) in infos.iter().zip(wanted) {
            for field in ["ApproverName", "ApproverMobile", "ApproverType"] {
                assert_eq!(info[field], wanted[field], "{name}: {field}");
            }
        }
        if name == "initiator_preview" {
            assert!(infos[0]["LongUrl"].as_str().unwrap().contains("&PreviewType=2"), "{answer}");
        }
    }
}
