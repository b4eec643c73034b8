//! The `include` lines of a file: what became of them in one root.

use std::collections::HashMap;

use super::value::has_template_marker;
use super::{FileSite, Finding};
use super::{
    include_loop, include_matches_nothing, include_missing, include_not_mapped, include_refused,
    include_twice,
};
use crate::text::TextRange;
use crate::workspace::{FileId, FileRange, Found, Include, Unread, Workspace};

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
            Found::NotMapped => findings.push(include_not_mapped::finding(line)),
            Found::Outside => findings.push(include_refused::outside(line)),
            Found::Remote => {}
            Found::Files(targets) => {
                let unread = targets.iter().filter_map(|target| {
                    let unread = target.file.as_ref().err()?;
                    Some((unread, site.workspace.shown_path(&target.path)))
                });
                for (unread, name) in unread {
                    findings.extend(match unread {
                        Unread::Loop(chain) => include_loop::finding(site, line, chain),
                        other => include_refused::finding(line, &name, other),
                    });
                }
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

/// The first line of this root by which one file includes another.
pub(super) fn line_between<'a>(
    site: &FileSite<'a>,
    from: FileId,
    to: FileId,
) -> Option<&'a Include> {
    let mut includes = site.root.includes.iter();
    includes.find(|include| include.from == from && include.files().any(|file| file == to))
}

#[cfg(test)]
pub(super) mod tests {
    use std::path::Path;

    use crate::diagnostics::test_support::shown;
    use crate::findings::findings;
    use crate::workspace::test_support::Disk;
    use crate::workspace::{PathMapping, Workspace};

    /// All findings of some files, file by file, each with its related places. The roots are those
    /// given, or the first file.
    pub(crate) fn reported(files: &[(&str, &str)], roots: &[&str]) -> String {
        let disk = Disk::of(files);
        let mut workspace = Workspace::new(None, Vec::new());
        add_roots(&mut workspace, &disk, files, roots);
        report(&workspace)
    }

    /// The same with mappings of paths.
    pub(crate) fn reported_with(
        files: &[(&str, &str)],
        base: &str,
        mappings: &[(&str, &str)],
    ) -> String {
        let disk = Disk::of(files);
        let mappings = mappings.iter().map(|(server, here)| PathMapping {
            server: (*server).to_owned(),
            here: here.into(),
        });
        let mut workspace = Workspace::new(Some(base.into()), mappings.collect());
        add_roots(&mut workspace, &disk, files, &[]);
        report(&workspace)
    }

    fn add_roots(workspace: &mut Workspace, disk: &Disk, files: &[(&str, &str)], roots: &[&str]) {
        let first = [files[0].0];
        for root in if roots.is_empty() { &first } else { roots } {
            workspace.add_root(Path::new(root), disk).unwrap();
        }
    }

    /// All findings in a workspace.
    pub(crate) fn report(workspace: &Workspace) -> String {
        use std::fmt::Write as _;
        let mut report = String::new();
        for file in workspace.files() {
            let text = |file| workspace.document(file).unwrap().rope().to_string();
            for finding in findings(workspace, file) {
                let line = shown(&text(file), std::slice::from_ref(&finding));
                let _ = write!(report, "{}:{line}", workspace.shown_name(file));
                for related in &finding.related {
                    let file = related.file.unwrap_or(file);
                    let text = text(file);
                    let before = &text[..related.range.start as usize];
                    let _ = writeln!(
                        report,
                        "    {}:{}: {}",
                        workspace.shown_name(file),
                        before.matches('\n').count() + 1,
                        related.message
                    );
                }
            }
        }
        report
    }
}
