//! The files that lines name, so that a person can open them.
//!
//! Whether a file is there is not known here: whoever may look at the disk asks for each candidate.

use crate::catalog::{ArgumentKind, ReferenceKind};
use crate::document::{Document, ItemRef};
use crate::meaning::{self, Location, Meaning};
use crate::syntax::{EntryKind, normalise};
use crate::text::TextRange;
use crate::value::unquote;
use crate::workspace::{FileId, Found, Workspace};

/// A path that a line names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it is written, without quotes, from the start of the file.
    pub range: TextRange,
    /// What it leads to.
    pub target: LinkTarget,
}

/// What a path leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// Files that were read for an `include` line: one, or those that a wildcard matches.
    Read(Vec<FileId>),
    /// A file that is there or not; the path as a person means it.
    Written(String),
}

/// All paths of files in a file, in order. An `include` line of which nothing was read leads nowhere.
#[must_use]
pub fn links(workspace: &Workspace, file: FileId) -> Vec<Link> {
    let Some(document) = workspace.document(file) else {
        return Vec::new();
    };
    let mut links = Vec::new();
    for item in document.items() {
        let start = TextRange::of(item.start, item.start).start;
        for (range, _) in &item.facts.rare().includes {
            links.extend(included(workspace, file, document, range.shifted(start)));
        }
        let files = item.facts.references.iter();
        for name in files.filter(|name| name.kind == ReferenceKind::File) {
            links.extend(written(document, name.range.shifted(start)));
        }
        links.extend(argument(document, &item).and_then(|range| written(document, range)));
    }
    links.sort_by_key(|link| link.range);
    links
}

fn included(
    workspace: &Workspace,
    file: FileId,
    document: &Document,
    range: TextRange,
) -> Option<Link> {
    let path = document.slice(range.as_usize());
    let mut targets: Vec<FileId> = workspace
        .includes_of(file, &path)
        .filter(|line| matches!(line.found, Found::Files(_)))
        .flat_map(|line| line.files().collect::<Vec<_>>())
        .collect();
    let mut seen = std::collections::HashSet::new();
    targets.retain(|target| seen.insert(*target));
    (!targets.is_empty()).then_some(Link {
        range,
        target: LinkTarget::Read(targets),
    })
}

fn written(document: &Document, range: TextRange) -> Option<Link> {
    let around = TextRange::new(range.start.saturating_sub(1), range.end.saturating_add(1));
    let around = document.slice(around.as_usize());
    let is_quoted = around.len() > 2 && around.starts_with('"') && around.ends_with('"');
    let path = if is_quoted {
        unquote(&around).into_owned()
    } else {
        document.slice(range.as_usize())
    };
    let is_file = !path.is_empty() && !path.starts_with('|') && !path.contains('$');
    is_file.then_some(Link {
        range,
        target: LinkTarget::Written(path),
    })
}

/// The file that a section is named after: `<acct-file …>`.
fn argument(document: &Document, item: &ItemRef<'_>) -> Option<TextRange> {
    let start = TextRange::of(item.start, item.start).start;
    let tag = document.slice(item.facts.first_tag?.shifted(start).as_usize());
    let section = crate::catalog::section(&normalise(&tag))?;
    if section.argument != Some(ArgumentKind::FileOrPipe) {
        return None;
    }
    let (_, text, view) = document.item_at(item.start)?;
    let judged = meaning::judge(&text, &view, Location::Unknown);
    let sections = view.entries.iter().zip(&judged);
    sections
        .filter(|(_, judged)| matches!(judged.meaning, Meaning::Section(found) if found.argument == section.argument))
        .find_map(|(entry, _)| match &entry.kind {
            EntryKind::Section(section) => section.open.name_range(&text),
            _ => None,
        })
        .map(|range| range.shifted(start))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::fixture::fixture;
    use crate::workspace::FileRange;

    fn check(text: &str, expected: &Expect) {
        let fixture = fixture(text);
        let found = links(&fixture.workspace, fixture.at.file);
        let shown = found.iter().map(|link| {
            let at = FileRange {
                file: fixture.at.file,
                range: link.range,
            };
            let target = match &link.target {
                LinkTarget::Written(path) => path.clone(),
                LinkTarget::Read(files) => {
                    let paths = files
                        .iter()
                        .filter_map(|file| fixture.workspace.path(*file));
                    let paths: Vec<String> = paths.map(|path| path.display().to_string()).collect();
                    format!("read: {}", paths.join(", "))
                }
            };
            format!("{} -> {target}\n", fixture.shown(at))
        });
        expected.assert_eq(&shown.collect::<String>());
    }

    #[test]
    fn includes_lead_to_what_was_read() {
        check(
            "$0include a.conf\ninclude \"parts/*.conf\"\ninclude none.conf\n#- /etc/pmta/a.conf\n#- /etc/pmta/parts/1.conf\n\n#- /etc/pmta/parts/2.conf\n\n",
            &expect![[r#"
                1:9 a.conf -> read: /etc/pmta/a.conf
                2:10 parts/*.conf -> read: /etc/pmta/parts/1.conf, /etc/pmta/parts/2.conf
            "#]],
        );
    }

    #[test]
    fn every_kind_of_file_is_a_candidate() {
        check(
            "$0domain-key mail,example.com,/etc/pmta/mail.pem\nsmtp-server-tls-certificate \"/etc/pmta/my cert.pem\" secret\nlog-file \"c:\\\\pmta\\\\log\"\n<acct-file /var/log/pmta/acct.csv>\n    move-to /var/log/old\n</acct-file>\n<acct-file \"|/bin/x\">\n</acct-file>\n<spool /var/spool/pmta>\n</spool>\n# domain-key a,b,c.pem\n<domain example.com>\n    file-destination /var/mail/$user\n</domain>\n",
            &expect![[r#"
                1:29 /etc/pmta/mail.pem -> /etc/pmta/mail.pem
                2:30 /etc/pmta/my cert.pem -> /etc/pmta/my cert.pem
                3:11 c:\\pmta\\log -> c:\pmta\log
                4:12 /var/log/pmta/acct.csv -> /var/log/pmta/acct.csv
            "#]],
        );
    }
}
