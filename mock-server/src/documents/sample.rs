//! The contract of the demo.

/// A two-page service contract in Chinese, made for this project. Its last page has 甲方（盖章）, 乙方（签字） and 日期
/// to place components by. `examples/make_sample_pdfs.rs` draws it.
pub fn sample_contract() -> &'static [u8] {
    include_bytes!("../../assets/sample-contract.pdf")
}
