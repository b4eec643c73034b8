//! The page about the kinds of values.

use std::fmt::Write as _;

use pmta_analysis::catalog::KINDS;
use pmta_analysis::hover::page::quoted;
use pmta_analysis::hover::wording::sentence;

use super::text;

/// The page.
pub(crate) fn page() -> String {
    let mut page = String::from(
        "# Kinds of values\n\nWhat the values of [directives](directives/README.md) look like. \
         `pmta-ls explain KIND` prints the same.\n",
    );
    for kind in KINDS {
        let _ = writeln!(
            page,
            "\n## {}\n\n{}\n\n```text\n{}\n```\n",
            kind.name,
            text::paragraph(&sentence(kind.meaning)),
            kind.grammar.trim()
        );
        if let Some(unit) = kind.unit {
            let _ = writeln!(page, "- Unit: {}", text::paragraph(unit));
        }
        for (label, values) in [("Right", kind.valid), ("Wrong", kind.invalid)] {
            if !values.is_empty() {
                let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
                let _ = writeln!(page, "- {label}: {}", values.join(", "));
            }
        }
    }
    page
}
