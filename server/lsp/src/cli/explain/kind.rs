//! Kinds of values, explained.

use pmta_analysis::catalog::KindText;
use pmta_analysis::hover::wording::sentence;
use pmta_analysis::pages;

use super::page::Page;

/// Writes about a kind of value.
pub(crate) fn describe(kind: &KindText, page: &mut Page) {
    page.heading(&format!("{} (kind of value)", kind.name));
    page.paragraph(&sentence(kind.meaning));
    page.gap();
    page.field("Form", kind.grammar);
    page.field("Unit", kind.unit.unwrap_or_default());
    page.field("Right", &quoted(kind.valid));
    page.field("Wrong", &quoted(kind.invalid));
    page.field("Page", &pages::kind(kind.name));
}

fn quoted(values: &[&str]) -> String {
    values
        .iter()
        .map(|value| format!("`{value}`"))
        .collect::<Vec<_>>()
        .join(", ")
}
