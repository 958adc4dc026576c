//! The demo's contract.

use super::super::{find_keyword, inspect, sample_contract, seal_png};
use super::*;

#[test]
fn it_has_two_pages_and_a_place_for_every_signature() {
    let found = |keyword| find_keyword(sample_contract(), keyword).unwrap();

    assert_eq!(inspect(sample_contract()).unwrap().pages.len(), 2);
    for keyword in ["甲方（盖章）", "乙方（签字）"] {
        assert_eq!(found(keyword).len(), 1, "{keyword}");
        assert_eq!(found(keyword)[0].page, 2);
    }
    assert_eq!(found("^日期：^").len(), 2);
}

#[test]
fn a_picture_of_a_seal_is_a_png_of_its_size() {
    let png = seal_png("示例科技（深圳）有限公司", None, 240, &Fonts::builtin()).unwrap();

    assert!(png.starts_with(b"\x89PNG\r\n\x1A\n"));
    assert_eq!(png[16..24], [0, 0, 0, 240, 0, 0, 0, 240]);
}
