//! `["a", "b"]`: a list as other formats write it.

use super::quotes::unquote;
use super::reader::Reader;
use crate::catalog::{ValueKind, ValueSpec};
use crate::diagnostics::{Fix, Safety, bracket_list};
use crate::text::TextRange;

/// Reports a value that is a list in brackets and quotes; whether it is one.
pub(super) fn report(reader: &mut Reader<'_>, spec: &'static ValueSpec) -> bool {
    if matches!(
        spec.kind,
        ValueKind::String | ValueKind::Program | ValueKind::Word
    ) {
        return false;
    }
    let text = reader.text;
    let Some(inside) = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'))
    else {
        return false;
    };
    if !inside.trim_start().starts_with(['"', '\'']) {
        return false;
    }
    reader.report(&bracket_list::RULE, TextRange::of(0, text.len()), || {
        let items: Vec<_> = inside
            .split(',')
            .map(|item| item.trim().trim_matches('\''))
            .filter(|item| !item.is_empty())
            .map(|item| {
                let plain = unquote(item);
                let blank = plain.contains(|sign: char| sign.is_whitespace() || sign == '"');
                if blank { item.into() } else { plain }
            })
            .collect();
        let right = items.join(",");
        let whole = TextRange::of(0, text.len());
        let fix = Fix::replace("Join the items by commas", Safety::Unsafe, whole, &right);
        (
            format!("Lists have no brackets: write `{right}`."),
            vec![fix],
        )
    });
    true
}
