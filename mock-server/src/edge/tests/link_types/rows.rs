//! The rows.

use serde_json::{Value, json};

use super::{Row, play};
use crate::edge::tests::links::{person, slots};

const SIGN: &[(&str, u16, &str)] = &[("action=sign", 200, "您已签署")];
const SIGN_ALL: &[(&str, u16, &str)] = &[("action=sign", 200, "您已全部签署")];
const LAUNCH: &[(&str, u16, &str)] = &[("action=launch", 200, "已发起")];

/// `EndPoint` HTTP, HTTP_SHORT_URL and APP; `PathType` 0 (home), 1 (a contract, a group), 2 (list) and 3 (cover).
#[tokio::test]
async fn links_into_the_mini_program() {
    const CHOSEN: &str = "&flow=in-turn&as=person-slot";
    const FIRST_OF_TWO: &[(&str, i64, &[i64])] = &[("in-turn", 2, &[3, 2])];
    const TOLD: &[&str] = &["sign sign in-turn 2 [3, 2] by 0"];
    let scheme = |request, chosen, acts, stands, told| Row {
        action: "CreateSchemeUrl",
        request,
        link: "/SchemeUrl",
        chosen,
        acts,
        stands,
        told,
    };
    for end_point in ["HTTP", "HTTP_SHORT_URL"] {
        for kind in [0, 2] {
            let request = json!({"EndPoint": end_point, "PathType": kind});
            scheme(request, CHOSEN, SIGN, FIRST_OF_TWO, TOLD).play().await;
        }
    }
    for end_point in ["HTTP", "HTTP_SHORT_URL", "APP"] {
        let to = |kind: u8, more: Value| {
            let mut request = more;
            request["EndPoint"] = json!(end_point);
            request["PathType"] = json!(kind);
            request
        };
        play([
            scheme(
                to(1, json!({"FlowId": "in-turn", "Name": "周小签", "Mobile": "13800000001"})),
                "",
                SIGN,
                FIRST_OF_TWO,
                TOLD,
            ),
            scheme(
                to(1, json!({"FlowId": "in-turn"})),
                "&as=person-slot",
                &[("action=reject&message=no", 200, "您已拒签")],
                &[("in-turn", 3, &[4, 9])],
                &["sign reject in-turn 3 [4, 9] by 0"],
            ),
            scheme(
                to(1, json!({"FlowGroupId": "group", "Name": "周小签", "Mobile": "13800000001"})),
                "",
                SIGN_ALL,
                &[("first-of-group", 4, &[3]), ("second-of-group", 4, &[3])],
                &[
                    "sign sign first-of-group 4 [3] by 0",
                    "sign finish first-of-group 4 [3] by 0",
                    "sign sign second-of-group 4 [3] by 0",
                    "sign finish second-of-group 4 [3] by 0",
                    "FlowGroupStatusChange 入职合同组ALL",
                ],
            ),
            scheme(
                to(3, json!({"FlowId": "open-first", "RecipientId": "open-slot-1"})),
                "",
                &[("action=claim&name=Wu&mobile=13900000001", 200, "请您签署"), ("action=sign", 200, "您已签署")],
                &[("open-first", 4, &[3])],
                &[
                    "ReceiveFlow open-first by 0",
                    "sign sign open-first 4 [3] by 0",
                    "sign finish open-first 4 [3] by 0",
                ],
            ),
        ])
        .await;
    }
}

/// A person, a company's employee, a look, filling in, refusing.
#[tokio::test]
async fn h5_links_of_one_contract() {
    let row = |request, acts, stands, told| Row {
        action: "CreateFlowSignUrl",
        request,
        link: "/FlowApproverUrlInfos/0/SignUrl",
        chosen: "",
        acts,
        stands,
        told,
    };
    let employee = json!({"ApproverType": 0, "OrganizationName": "北辰样品有限公司", "ApproverName": "沈知远",
        "ApproverMobile": "13100000002"});
    let untouched: &[(&str, i64, &[i64])] = &[("in-turn", 1, &[2, 1])];
    let no_signing: &[(&str, u16, &str)] = &[("action=sign", 403, "合同预览")];
    play([
        row(
            json!({"FlowId": "in-turn", "FlowApproverInfos": [person()]}),
            SIGN,
            &[("in-turn", 2, &[3, 2])],
            &["sign sign in-turn 2 [3, 2] by 0"],
        ),
        row(
            json!({"FlowId": "third", "FlowApproverInfos": [employee]}),
            SIGN,
            &[("third", 4, &[3])],
            &["sign sign third 4 [3] by 0", "sign finish third 4 [3] by 0"],
        ),
        row(json!({"FlowId": "in-turn", "UrlType": 1}), no_signing, untouched, &[]),
        row(json!({"FlowId": "in-turn", "UrlType": 1, "FlowApproverInfos": [person()]}), no_signing, untouched, &[]),
        row(
            json!({"FlowId": "to-fill", "FlowApproverInfos": [person()]}),
            &[("action=fill&field.0=A", 200, "请您签署"), ("action=sign", 200, "您已签署")],
            &[("to-fill", 4, &[3])],
            &["fill fill to-fill 1 [2] by 0", "sign sign to-fill 4 [3] by 0", "sign finish to-fill 4 [3] by 0"],
        ),
        row(
            json!({"FlowId": "to-fill", "FlowApproverInfos": [person()]}),
            &[("action=reject&message=no", 200, "您已拒")],
            &[("to-fill", 10, &[4])],
            &["sign reject to-fill 3 [4] by 0"],
        ),
        row(
            json!({"FlowId": "in-turn", "FlowApproverInfos": [person()]}),
            &[("action=reject&message=no", 200, "您已拒签")],
            &[("in-turn", 3, &[4, 9])],
            &["sign reject in-turn 3 [4, 9] by 0"],
        ),
    ])
    .await;
}

/// On H5, in the mini program, in the console: of somebody named, of a group, of whoever picks it up.
#[tokio::test]
async fn links_of_several_contracts() {
    const BOTH_SIGNED: &[(&str, i64, &[i64])] = &[("first", 4, &[3]), ("second", 4, &[3])];
    const BOTH_TOLD: &[&str] = &[
        "sign sign first 4 [3] by 0",
        "sign finish first 4 [3] by 0",
        "sign sign second 4 [3] by 0",
        "sign finish second 4 [3] by 0",
    ];
    let quick = |request, acts, stands, told| Row {
        action: "CreateBatchQuickSignUrl",
        request,
        link: "/FlowApproverUrlInfo/SignUrl",
        chosen: "",
        acts,
        stands,
        told,
    };
    let elsewhere =
        |action, request, acts, stands, told| Row { action, request, link: "/SignUrl", chosen: "", acts, stands, told };
    const MINI: &str = "CreateBatchSignUrl";
    const CONSOLE: &str = "CreateOrganizationBatchSignUrl";
    play([
        quick(json!({"FlowApproverInfo": person(), "FlowIds": ["first", "second"]}), SIGN_ALL, BOTH_SIGNED, BOTH_TOLD),
        quick(
            json!({"FlowApproverInfo": person(), "FlowIds": ["first", "in-turn"], "CanBatchReject": true}),
            &[("action=reject&message=no", 200, "您已拒签")],
            &[("first", 3, &[4]), ("in-turn", 3, &[4, 9])],
            &["sign reject first 3 [4] by 0", "sign reject in-turn 3 [4, 9] by 0"],
        ),
        quick(
            json!({"FlowApproverInfo": {"ApproverType": 1}, "FlowIds": ["open-first", "open-second"],
                "FlowBatchUrlInfo": slots(&[("open-first", "open-slot-1"), ("open-second", "open-slot-2")])}),
            &[("action=claim&name=Wu&mobile=13900000001", 200, "全部签署"), ("action=sign", 200, "您已全部签署")],
            &[("open-first", 4, &[3]), ("open-second", 4, &[3])],
            &[
                "ReceiveFlow open-first by 0",
                "ReceiveFlow open-second by 0",
                "sign sign open-first 4 [3] by 0",
                "sign finish open-first 4 [3] by 0",
                "sign sign open-second 4 [3] by 0",
                "sign finish open-second 4 [3] by 0",
            ],
        ),
        elsewhere(
            MINI,
            json!({"Name": "周小签", "Mobile": "13800000001", "FlowIds": ["first", "second"]}),
            SIGN_ALL,
            BOTH_SIGNED,
            BOTH_TOLD,
        ),
        elsewhere(
            CONSOLE,
            json!({"UserId": "colleague", "FlowIds": ["third", "fourth"]}),
            SIGN_ALL,
            &[("third", 4, &[3]), ("fourth", 4, &[3])],
            &[
                "sign sign third 4 [3] by 0",
                "sign finish third 4 [3] by 0",
                "sign sign fourth 4 [3] by 0",
                "sign finish fourth 4 [3] by 0",
            ],
        ),
        elsewhere(
            CONSOLE,
            json!({"UserId": "colleague", "FlowIds": ["candidates"]}),
            &[
                ("action=claim&name=%E6%B2%88%E7%9F%A5%E8%BF%9C&mobile=13100000002", 200, "全部签署"),
                ("action=sign", 200, "您已全部签署"),
            ],
            &[("candidates", 4, &[3])],
            &["ReceiveFlow candidates by 0", "sign sign candidates 4 [3] by 0", "sign finish candidates 4 [3] by 0"],
        ),
        elsewhere(
            CONSOLE,
            json!({"FlowIds": ["theirs"], "RecipientIds": ["their-slot"]}),
            SIGN_ALL,
            &[("theirs", 4, &[3])],
            &["sign sign theirs 4 [3] by 0", "sign finish theirs 4 [3] by 0"],
        ),
    ])
    .await;
}

/// Contracts on a page of the console are for looking; those behind a link to withdraw them are withdrawn together.
#[tokio::test]
async fn embedded_looks_and_withdrawals() {
    let look = |kind: &str| Row {
        action: "CreateEmbedWebUrl",
        request: json!({"EmbedType": kind, "BusinessId": "in-turn"}),
        link: "/WebUrl",
        chosen: "",
        acts: &[("action=sign", 403, "合同预览")],
        stands: &[("in-turn", 1, &[2, 1])],
        told: &[],
    };
    let withdraw = Row {
        action: "CreateBatchCancelFlowUrl",
        request: json!({"FlowIds": ["first", "in-turn"]}),
        link: "/BatchCancelFlowUrl",
        chosen: "",
        acts: &[("action=confirm&message=no", 200, "撤销已完成")],
        stands: &[("first", 6, &[6]), ("in-turn", 6, &[6, 6])],
        told: &[
            "sign cancel first 6 [6]",
            "BillingUse first",
            "FlowCost first",
            "sign cancel in-turn 6 [6, 6]",
            "BillingUse in-turn",
            "FlowCost in-turn",
            "CancelFlows END",
        ],
    };
    play([look("PREVIEW_FLOW"), look("PREVIEW_FLOW_DETAIL"), withdraw]).await;
}

/// Nothing exists, and nobody is told, before somebody launches it on the page.
#[tokio::test]
async fn prepared_contracts() {
    const TOLD: &[&str] = &["BillingUse 备好的合同", "FlowCost 备好的合同", "sign start 备好的合同 1 [2]"];
    const STANDS: &[(&str, i64, &[i64])] = &[("备好的合同", 1, &[2])];
    let signature = json!({"ComponentType": "SIGN_SIGNATURE", "FileIndex": 0, "ComponentPage": 1,
        "ComponentPosX": 100, "ComponentPosY": 100, "ComponentWidth": 100, "ComponentHeight": 50});
    let mut signer = person();
    signer["SignComponents"] = json!([signature]);
    let row =
        |action, link, request, stands, told| Row { action, request, link, chosen: "", acts: LAUNCH, stands, told };
    let one = json!({"FlowName": "备好的合同", "ResourceType": 2, "ResourceId": "$FILE", "Approvers": [person()]});
    let member = |name: &str| json!({"FlowName": name, "FileIds": ["$FILE"], "Approvers": [signer]});
    play([
        row("CreatePrepareFlow", "/Url", one.clone(), STANDS, TOLD),
        row("CreateMiniAppPrepareFlow", "/ShortUrl", one, STANDS, TOLD),
        row(
            "CreatePrepareFlowGroup",
            "/PrepareUrl",
            json!({"FlowGroupName": "备好的组", "ResourceType": 2,
                "FlowGroupInfos": [member("备好的合同"), member("备好的附件")]}),
            &[("备好的合同", 1, &[2]), ("备好的附件", 1, &[2])],
            &[
                "BillingUse 备好的合同",
                "FlowCost 备好的合同",
                "sign start 备好的合同 1 [2]",
                "BillingUse 备好的附件",
                "FlowCost 备好的附件",
                "sign start 备好的附件 1 [2]",
            ],
        ),
    ])
    .await;
}
