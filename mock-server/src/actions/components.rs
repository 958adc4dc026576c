//! Components, which both services spell alike: one translation for the two generated types.

use ess_schemas::{ess, essbasic};

use crate::documents::{Keyword, Order, Placement, Relative};
use crate::domain::launch::NewComponent;

/// A component as a service has it.
pub(super) trait Placed {
    /// Whether its place is found by the document's text or form fields.
    fn searches(&self) -> bool;
}

macro_rules! spoken_alike {
    ($component:ty, $kind:expr, $file_index:expr) => {
        impl Placed for $component {
            fn searches(&self) -> bool {
                matches!(self.generate_mode.as_deref(), Some("FIELD" | "KEYWORD"))
            }
        }

        /// The files its value names are added by whoever can look them up.
        impl From<&$component> for NewComponent {
            fn from(component: &$component) -> Self {
                let text = |value: &Option<String>| value.clone().unwrap_or_default();
                Self {
                    required: component.component_required.unwrap_or(false),
                    placement: Some(Placement::from(component)),
                    ignores_missing_keyword: ignores_missing_keyword(component.component_extra.as_deref()),
                    files: Vec::new(),
                    kind: $kind(component),
                    file_index: $file_index(component),
                    id: text(&component.component_id),
                    name: text(&component.component_name),
                    value: text(&component.component_value),
                    extra: text(&component.component_extra),
                }
            }
        }

        /// Where it is meant to go (`components`, positioning).
        impl From<&$component> for Placement {
            fn from(component: &$component) -> Self {
                let size = |value: Option<f64>| value.filter(|size| *size != 0.0);
                let indexes = component.keyword_indexes.iter().flatten();
                match component.generate_mode.as_deref() {
                    Some("FIELD") => Self::Field { name: component.component_name.clone().unwrap_or_default() },
                    Some("KEYWORD") => Self::Keyword(Keyword {
                        page: component.keyword_page.filter(|page| *page != 0),
                        order: order(component.keyword_order.as_deref()),
                        indexes: indexes.filter_map(|one| usize::try_from(*one).ok()).collect(),
                        relative: relative(component.relative_location.as_deref()),
                        offset_x: component.offset_x.unwrap_or(0.0),
                        offset_y: component.offset_y.unwrap_or(0.0),
                        width: size(component.component_width),
                        height: size(component.component_height),
                        ..Keyword::new(component.component_id.clone().unwrap_or_default())
                    }),
                    _ => Self::Normal {
                        page: component.component_page.unwrap_or(0),
                        x: component.component_pos_x.unwrap_or(0.0),
                        y: component.component_pos_y.unwrap_or(0.0),
                        width: component.component_width.unwrap_or(0.0),
                        height: component.component_height.unwrap_or(0.0),
                    },
                }
            }
        }
    };
}

spoken_alike!(ess::Component, |one: &ess::Component| one.component_type.clone(), |one: &ess::Component| one.file_index);
spoken_alike!(
    essbasic::Component,
    |one: &essbasic::Component| one.component_type.clone().unwrap_or_default(),
    |one: &essbasic::Component| one.file_index.unwrap_or(0)
);

fn order(name: Option<&str>) -> Order {
    if name == Some("Reverse") { Order::Reverse } else { Order::Positive }
}

fn relative(name: Option<&str>) -> Relative {
    match name {
        Some("Below") => Relative::Below,
        Some("Right") => Relative::Right,
        Some("LowerRight") => Relative::LowerRight,
        Some("UpperRight") => Relative::UpperRight,
        _ => Relative::Middle,
    }
}

/// `IgnoreKeywordError` is 1 in `ComponentExtra` (`api Component`).
fn ignores_missing_keyword(extra: Option<&str>) -> bool {
    let extra: Option<serde_json::Value> = extra.and_then(|text| serde_json::from_str(text).ok());
    extra.is_some_and(|extra| extra.get("IgnoreKeywordError").is_some_and(|flag| flag == 1 || flag == "1"))
}
