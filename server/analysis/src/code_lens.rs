//! What stands above the names that are worth counting: how often they are used, and how many rules
//! route mail there.

use crate::catalog::{Place, ReferenceKind};
use crate::cursor::Cursor;
use crate::names::is_same_name_space;
use crate::occurrences::{occurrences, subject};
use crate::text::TextRange;
use crate::workspace::{FileId, FilePosition, FileRange, Workspace};

/// How often a name is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uses {
    /// Where it is used.
    pub references: Vec<FileRange>,
    /// How many of those are rules of pattern lists that send mail there; none if the name is none
    /// that mail is sent to.
    pub rules: Option<usize>,
}

impl Uses {
    /// In a few words.
    #[must_use]
    pub fn title(&self) -> String {
        let count = |count: usize, one: &str, many: &str| match count {
            1 => format!("1 {one}"),
            count => format!("{count} {many}"),
        };
        let references = count(self.references.len(), "reference", "references");
        match self.rules {
            Some(rules) => {
                let rules = count(rules, "rule routes here", "rules route here");
                format!("{references} · {rules}")
            }
            None => references,
        }
    }
}

/// The names of VirtualMTAs, pools and lists where a file defines them, in order of position, from
/// the start of the file.
#[must_use]
pub fn lenses(workspace: &Workspace, file: FileId) -> Vec<TextRange> {
    let Some(document) = workspace.document(file) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for item in document.items() {
        let start = TextRange::of(item.start, item.start).start;
        let definitions = item.facts.definitions.iter();
        let counted = definitions.filter(|definition| is_counted(definition.kind));
        found.extend(counted.map(|definition| definition.range.shifted(start)));
    }
    found
}

fn is_counted(kind: ReferenceKind) -> bool {
    match kind {
        ReferenceKind::VirtualMta
        | ReferenceKind::VirtualMtaOrPool
        | ReferenceKind::PatternList
        | ReferenceKind::SmtpPatternList
        | ReferenceKind::AddressList
        | ReferenceKind::RewriteList => true,
        ReferenceKind::Source
        | ReferenceKind::Proxy
        | ReferenceKind::SignalsFilter
        | ReferenceKind::SourceGroup
        | ReferenceKind::DomainMacro
        | ReferenceKind::DomainKeyList
        | ReferenceKind::SmtpUser
        | ReferenceKind::BounceCategory
        | ReferenceKind::Queue
        | ReferenceKind::File
        | ReferenceKind::Directory => false,
    }
}

/// How often the name at a position is used.
#[must_use]
pub fn uses(workspace: &Workspace, at: FilePosition) -> Option<Uses> {
    let subject = subject(workspace, at)?;
    let found = occurrences(workspace, at.file, subject.kind, &subject.text);
    let references = found.iter().filter(|it| !it.is_definition);
    let references: Vec<FileRange> = references.map(|it| it.name).collect();
    let is_target = matches!(
        subject.kind,
        kind if is_same_name_space(kind, ReferenceKind::VirtualMta)
    );
    let rules = is_target.then(|| {
        let rules = references.iter().filter(|at| is_in_rule(workspace, **at));
        rules.count()
    });
    Some(Uses { references, rules })
}

/// Whether a name stands in a rule of a pattern list.
fn is_in_rule(workspace: &Workspace, at: FileRange) -> bool {
    let cursor = workspace
        .document(at.file)
        .and_then(|document| Cursor::at(document, at.range.start as usize));
    let place = cursor.and_then(|cursor| cursor.judged()?.location.place());
    place.is_some() && place == Place::named("pattern-list")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::fixture;

    const TEXT: &str = "\
<virtual-mta a>
</virtual-mta>
<virtual-mta-pool p>
    virtual-mta a
</virtual-mta-pool>
<pattern-list l>
    mail-from /x/ virtual-mta=a
    mail-from /y/ virtual-mta=\"a\"
    mail-from /z/ virtual-mta=p
</pattern-list>
<source 0/0>
    pattern-list l
</source>
<domain *>
</domain>
# virtual-mta a
";

    #[test]
    fn virtual_mtas_pools_and_lists_are_counted() {
        let fixture = fixture(&format!("{TEXT}$0"));
        let found = lenses(&fixture.workspace, fixture.at.file);
        let shown = found.into_iter().map(|range| {
            let at = FilePosition {
                file: fixture.at.file,
                offset: range.start as usize,
            };
            let place = FileRange {
                file: at.file,
                range,
            };
            let uses = uses(&fixture.workspace, at).unwrap();
            format!("{}: {}", fixture.shown(place), uses.title())
        });
        assert_eq!(
            shown.collect::<Vec<_>>(),
            [
                "1:14 a: 3 references · 2 rules route here",
                "3:19 p: 1 reference · 1 rule routes here",
                "6:15 l: 1 reference",
            ]
        );
    }
}
