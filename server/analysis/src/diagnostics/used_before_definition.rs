//! `used-before-definition`: a name is used above the line that defines it.

use rustc_hash::FxHashMap;

use super::{Edit, FileSite, Finding, Fix, Group, Rule, Safety, Severity, deletion, wording};
use crate::catalog::ReferenceKind;
use crate::definition::construct;
use crate::names::NameSpace;
use crate::text::TextRange;
use crate::workspace::FileRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "used-before-definition",
    severity: Severity::Hint,
    group: Group::Order,
    summary: "a macro or pattern list is used above the line that defines it",
    documentation: r#"The guide defines a pattern list before the source that names it, and every configuration seen
defines a macro before it is used. Whether another order works is written nowhere, and some
configurations do without it.

```pmta
<domain $hotmail>
    max-smtp-out 10
</domain>
domain-macro hotmail hotmail.com,outlook.com
```

```pmta
domain-macro hotmail hotmail.com,outlook.com
<domain $hotmail>
    max-smtp-out 10
</domain>
```

VirtualMTAs, pools and proxies may be defined anywhere."#,
};

/// Kinds of names whose definition should come first.
const KINDS: [ReferenceKind; 2] = [ReferenceKind::DomainMacro, ReferenceKind::PatternList];

pub(super) fn check(site: &FileSite<'_>, findings: &mut Vec<Finding>) {
    if !site.is_resolved {
        return;
    }
    let firsts = first_definitions(site);
    let Some(last) = firsts.values().map(|(position, _)| position).max() else {
        return;
    };
    let own_start = site.root.reading_position(FileRange {
        file: site.file,
        range: TextRange::empty(0),
    });
    if own_start > *last {
        return;
    }
    let names = firsts.keys().map(|(space, name)| space.hash(name));
    let mut hashes: Vec<u32> = names.collect();
    hashes.sort_unstable();
    hashes.dedup();
    site.document.each_name_like(&hashes, &mut |written| {
        if written.is_definition || written.name.is_folklore {
            return;
        }
        let key = (written.space(), written.text.to_owned());
        let Some((defined, first)) = firsts.get(&key) else {
            return;
        };
        let at = FileRange {
            file: site.file,
            range: written.range,
        };
        if site.root.reading_position(at) < *defined {
            let what = written.name.kind.noun();
            let text = wording::shown(written.text);
            let message =
                format!("The {what} `{text}` is defined below; define it before it is used.");
            let finding = Finding::new(&RULE, written.range, message).with_fixes(moved(
                site,
                *first,
                written.item,
            ));
            findings.push(finding.with_related_in(*first, "The definition"));
        }
    });
}

/// The choice that moves a definition of the same file above the construct that uses it.
fn moved(site: &FileSite<'_>, definition: FileRange, user: u32) -> Option<Fix> {
    if definition.file != site.file {
        return None;
    }
    let all = construct(site.workspace, definition).range;
    let lines = deletion::whole_lines(site.document, all);
    let text = site.document.slice(lines.as_usize());
    let is_whole = text.ends_with('\n') && user < lines.start;
    is_whole.then(|| Fix {
        title: "Move the definition above".to_owned(),
        safety: Safety::Alternative,
        edits: vec![
            Edit {
                range: TextRange::empty(user),
                text,
            },
            Edit {
                range: lines,
                text: String::new(),
            },
        ],
    })
}

/// Where each of the names is defined first, with a key that sorts by order of reading.
fn first_definitions(
    site: &FileSite<'_>,
) -> FxHashMap<(NameSpace, String), (Vec<usize>, FileRange)> {
    let mut firsts: FxHashMap<(NameSpace, String), (Vec<usize>, FileRange)> = FxHashMap::default();
    for file in &site.root.files {
        let Some(document) = site.workspace.document(*file) else {
            continue;
        };
        let is_defining = |contents: &crate::facts::Contents| {
            KINDS.iter().any(|kind| contents.defines.contains(*kind))
        };
        document.each_name_where(is_defining, &mut |written| {
            let is_genuine = written.is_definition && !written.name.is_folklore;
            if !is_genuine || !KINDS.contains(&written.name.kind) {
                return;
            }
            let at = FileRange {
                file: *file,
                range: written.range,
            };
            let position = site.root.reading_position(at);
            let key = (written.space(), written.text.to_owned());
            let first = firsts.entry(key).or_insert_with(|| (position.clone(), at));
            if position < first.0 {
                *first = (position, at);
            }
        });
    }
    firsts
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::root_findings;

    #[test]
    fn what_is_defined_below_is_reported() {
        expect![[r#"
            1:10-11 hint used-before-definition: The domain macro `a` is defined below; define it before it is used.
              4:14 The definition
            9:18-25 hint used-before-definition: The pattern list `senders` is defined below; define it before it is used.
              11:15 The definition
        "#]].assert_eq(&root_findings(
            "\
<domain $a>
    max-smtp-out 1
</domain>
domain-macro a example.com
<domain mail.$a>
    max-smtp-out 1
</domain>
<source 192.0.2.1>
    pattern-list senders
</source>
<pattern-list senders>
    mail-from /a/ virtual-mta={default}
</pattern-list>
",
        ));
    }

    #[test]
    fn an_included_file_is_read_where_it_is_included() {
        let text = "\
include macros.conf
<domain $a>
    max-smtp-out 1
</domain>
#- /etc/pmta/macros.conf
domain-macro a example.com
";
        assert_eq!(root_findings(text), "");
        let text = "\
<domain $a>
    max-smtp-out 1
</domain>
include macros.conf
#- /etc/pmta/macros.conf
domain-macro a example.com
";
        expect![[r#"
            1:10-11 hint used-before-definition: The domain macro `a` is defined below; define it before it is used.
              macros.conf:1:14 The definition
        "#]].assert_eq(&root_findings(text));
    }
}
