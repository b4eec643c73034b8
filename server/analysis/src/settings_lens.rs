//! Lines above sections that say what can be done with them.

use crate::document::Document;
use crate::inheritance::{DEFAULT_VIRTUAL_MTA, Queue};
use crate::outline::Line;
use crate::text::TextRange;
use crate::workspace::{FileId, Workspace};

/// A line above a section, which shows the effective settings of a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsLens {
    /// The argument of the section.
    pub range: TextRange,
    /// The queue: one for which the section is written.
    pub queue: Queue,
}

/// Most lines of this kind in a file. Editors ask for all of them after every change, and in a file
/// with more sections nobody reads them one by one.
const MOST: usize = 2_000;

/// The lines above the sections of a file that stand at the top level and are about queues: those of
/// VirtualMTAs, and of domains that are named. None in a file that would have too many.
#[must_use]
pub fn settings_lenses(workspace: &Workspace, file: FileId) -> Vec<SettingsLens> {
    let Some(document) = workspace.document(file) else {
        return Vec::new();
    };
    if workspace.roots_with(file).next().is_none() {
        return Vec::new();
    }
    let lenses: Vec<SettingsLens> = document
        .items()
        .filter_map(|item| lens(document, item.start, item.facts.outline.first()?))
        .take(MOST.saturating_add(1))
        .collect();
    if lenses.len() > MOST {
        return Vec::new();
    }
    lenses
}

fn lens(document: &Document, start: usize, line: &Line) -> Option<SettingsLens> {
    let Line::Open {
        place, argument, ..
    } = line
    else {
        return None;
    };
    let is_domain = match place.name() {
        "domain" => true,
        "virtual-mta" => false,
        _ => return None,
    };
    let range = argument.shifted(TextRange::of(start, start).start);
    let name = document.slice(range.as_usize());
    let queue = if is_domain {
        let domain = name.strip_prefix("[*.]").unwrap_or(&name);
        let is_one = !domain.is_empty() && !domain.contains('$') && !domain.starts_with('[');
        Queue {
            domain: is_one.then(|| domain.to_owned())?,
            virtual_mta: DEFAULT_VIRTUAL_MTA.to_owned(),
        }
    } else {
        Queue {
            domain: "*".to_owned(),
            virtual_mta: (!name.is_empty()).then_some(name)?,
        }
    };
    Some(SettingsLens { range, queue })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Fixture, fixture};

    #[test]
    fn queues_of_sections_at_the_top_level() {
        let text = "\
host-name a.example.com
<virtual-mta m>
    <domain inner.example.com>
    </domain>
</virtual-mta>
<domain *>
</domain>
<domain [*.]example.com>
</domain>
<domain yahoo.$tld>
</domain>
<source 192.0.2.1>
</source>$0
";
        let Fixture { workspace, at } = fixture(text);
        let lenses = settings_lenses(&workspace, at.file);
        let queues: Vec<String> = lenses.iter().map(|lens| lens.queue.to_string()).collect();
        assert_eq!(queues, ["*/m", "*/{default}", "example.com/{default}"]);
    }
}
