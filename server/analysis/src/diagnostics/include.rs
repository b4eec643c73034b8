//! The `include` lines of a file: what became of them in one root.

use std::collections::HashMap;

use super::value::has_template_marker;
use super::{FileSite, Finding};
use super::{
    include_matches_nothing, include_missing, include_not_mapped, include_refused, include_twice,
};
use crate::text::TextRange;
use crate::workspace::{FileRange, Found, Include, Workspace};

/// An `include` line under examination.
#[derive(Clone, Copy, Debug)]
pub(super) struct IncludeLine<'a> {
    /// What was found for it.
    pub(super) include: &'a Include,
    /// The path in it, as the text is now.
    pub(super) range: TextRange,
}

impl IncludeLine<'_> {
    /// The path as it is written.
    pub(super) fn written(&self) -> &str {
        &self.include.path
    }

    /// Whether the path holds a wildcard.
    pub(super) fn is_wildcard(&self) -> bool {
        self.include.is_wildcard()
    }
}

/// Reports each line that does not bring in what it names.
pub(super) fn check(site: &FileSite<'_>, findings: &mut Vec<Finding>) {
    let lines = lines(site);
    for line in &lines {
        match &line.include.found {
            Found::Missing => findings.push(include_missing::finding(site, line)),
            Found::NothingMatches => findings.push(include_matches_nothing::finding(line)),
            Found::NotMapped => {
                let was_cut = site.workspace.has_more_folders();
                findings.push(include_not_mapped::finding(line, was_cut));
            }
            Found::Outside => findings.push(include_refused::outside(line)),
            Found::Remote => {}
            Found::Files(targets) => {
                let refused = targets.iter().filter_map(|target| {
                    let name = site.workspace.shown_path(&target.path);
                    include_refused::finding(line, &name, target.file.as_ref().err()?)
                });
                findings.extend(include_refused::in_one(refused.collect()));
            }
        }
    }
    include_twice::check(site, &lines, findings);
}

/// The lines of the file. What was found for one stays true while an edit moves it; a line that was
/// written since is left out until its files have been looked for.
pub(super) fn lines<'a>(site: &FileSite<'a>) -> Vec<IncludeLine<'a>> {
    let mut known: HashMap<&str, Vec<&Include>> = HashMap::new();
    let own = site.root.includes.iter();
    for include in own.filter(|include| include.from == site.file) {
        known.entry(&include.path).or_default().push(include);
    }
    if known.is_empty() {
        return Vec::new();
    }
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut lines = Vec::new();
    for (range, _) in site.document.includes() {
        let path = site.document.slice(range.as_usize());
        let Some((path, includes)) = known.get_key_value(path.as_str()) else {
            continue;
        };
        let index = seen.entry(path).or_default();
        let include = includes.get(*index).or(includes.last());
        *index = index.saturating_add(1);
        if let Some(include) = include.filter(|_| !has_template_marker(path)) {
            lines.push(IncludeLine { include, range });
        }
    }
    lines
}

/// A file and its line, as a message names it: ``line 3 of `config` ``.
pub(super) fn line_of(workspace: &Workspace, at: FileRange) -> String {
    let name = workspace.shown_name(at.file);
    match line_number(workspace, at) {
        Some(line) => format!("line {line} of `{name}`"),
        None => format!("`{name}`"),
    }
}

fn line_number(workspace: &Workspace, at: FileRange) -> Option<usize> {
    let rope = workspace.document(at.file)?.rope();
    let byte = (at.range.start as usize).min(rope.len_bytes());
    Some(rope.byte_to_line(byte).saturating_add(1))
}
