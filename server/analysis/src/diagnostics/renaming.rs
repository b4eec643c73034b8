//! The edits that rename a directive or a section where it stands.

use super::{DirectiveSite, Edit, SectionSite};
use crate::syntax::DirectiveForm;
use crate::text::TextRange;

/// The edits that give a directive another name. An XML element is renamed at both ends.
pub(super) fn directive(site: &DirectiveSite<'_>, name: &str) -> Vec<Edit> {
    let mut edits = vec![Edit {
        range: site.directive.name,
        text: name.to_owned(),
    }];
    if site.directive.form == DirectiveForm::Element {
        let behind = TextRange::new(site.directive.value.end, site.entry.range.end);
        let text = site.item.slice(behind);
        if let Some(at) = text.find("</") {
            let closing = text.get(at.saturating_add(2)..).unwrap_or_default();
            let is_name_end = |character: char| character == '>' || character.is_whitespace();
            let length = closing.find(is_name_end).unwrap_or(closing.len());
            let start = at.saturating_add(2);
            let range = TextRange::of(start, start.saturating_add(length)).shifted(behind.start);
            edits.push(Edit {
                range,
                text: name.to_owned(),
            });
        }
    }
    edits
}

/// The edits that give a section another name, in its opening and in its end tag.
pub(super) fn section(site: &SectionSite<'_>, name: &str) -> Vec<Edit> {
    let mut edits = vec![Edit {
        range: site.tag.name,
        text: name.to_owned(),
    }];
    if let Some((_, closing)) = site.closing()
        && !closing.is_empty()
    {
        edits.push(Edit {
            range: closing,
            text: name.to_owned(),
        });
    }
    edits
}
