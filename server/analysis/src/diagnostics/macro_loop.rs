//! `macro-loop`: a domain macro holds itself.

use std::collections::HashMap;

use super::{FileSite, Finding, Group, Rule, Severity, wording};
use crate::catalog::ReferenceKind;
use crate::text::TextRange;
use crate::workspace::FileRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "macro-loop",
    severity: Severity::Error,
    group: Group::References,
    summary: "a domain macro holds itself",
    documentation: r#"A macro may hold other macros, but none that holds it in turn. PowerMTA does not start with such a
loop.

```pmta
domain-macro big $small,yahoo.com
domain-macro small $big,example.com
```

```pmta
domain-macro big $small,yahoo.com
domain-macro small example.com
```"#,
};

/// A macro and those that it holds.
#[derive(Debug, Default)]
struct Macro {
    defined: Option<FileRange>,
    holds: Vec<(String, FileRange)>,
}

pub(super) fn check(site: &FileSite<'_>, findings: &mut Vec<Finding>) {
    if !site.is_resolved || !site.document.defines(ReferenceKind::DomainMacro) {
        return;
    }
    let macros = macros(site);
    let names = macros
        .iter()
        .filter_map(|(name, own)| Some((name, own.defined?)));
    let mut names: Vec<(&String, FileRange)> = names.collect();
    names.sort_by_cached_key(|(_, defined)| site.root.reading_position(*defined));
    let mut told: Vec<String> = Vec::new();
    for (name, defined) in names {
        let Some(chain) = chain(&macros, name).filter(|_| !told.contains(name)) else {
            continue;
        };
        // A loop is reported at the macro that is read first.
        told.extend(chain.iter().map(|(name, _)| name.clone()));
        if defined.file != site.file {
            continue;
        }
        let written: Vec<&str> = chain.iter().map(|(name, _)| name.as_str()).collect();
        let message = format!(
            "The macro `{}` holds itself: {}.",
            wording::shown(name),
            std::iter::once(name.as_str())
                .chain(written)
                .map(|name| format!("`{}`", wording::shown(name)))
                .collect::<Vec<_>>()
                .join(" holds ")
        );
        let mut finding = Finding::new(&RULE, defined.range, message);
        for (name, at) in &chain {
            finding =
                finding.with_related_in(*at, format!("`{}` is held here", wording::shown(name)));
        }
        findings.push(finding);
    }
}

/// The macros of the root.
fn macros(site: &FileSite<'_>) -> HashMap<String, Macro> {
    let mut macros: HashMap<String, Macro> = HashMap::new();
    for file in &site.root.files {
        let Some(document) = site.workspace.document(*file) else {
            continue;
        };
        let kind = ReferenceKind::DomainMacro;
        let mut held: Vec<(u32, String, FileRange)> = Vec::new();
        let mut defined: Vec<(u32, String)> = Vec::new();
        document.each_name_where(|contents| contents.defines.contains(kind), &mut |written| {
            if written.name.kind != kind {
                return;
            }
            let at = FileRange {
                file: *file,
                range: written.range,
            };
            if written.is_definition {
                let own = macros.entry(written.text.to_owned()).or_default();
                own.defined = own.defined.or(Some(at));
                defined.push((written.range.start, written.text.to_owned()));
            } else {
                held.push((written.item, written.text.to_owned(), at));
            }
        });
        // A macro's list follows its name in the same item.
        for (item, name, at) in held {
            let before = defined.partition_point(|(start, _)| *start < at.range.start);
            let holder = before.checked_sub(1).and_then(|index| defined.get(index));
            let is_list = |start: u32| {
                let between = TextRange::new(start, at.range.start);
                is_one_list(&document.slice(between.as_usize()))
            };
            let holder = holder.filter(|(start, _)| *start >= item && is_list(*start));
            if let Some((_, holder)) = holder
                && let Some(holder) = macros.get_mut(holder)
            {
                holder.holds.push((name, at));
            }
        }
    }
    macros
}

/// Whether a text that begins with a macro's name ends inside its list: a line that does not go on ends
/// it.
fn is_one_list(text: &str) -> bool {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.pop();
    let mut lines = lines.iter().enumerate();
    lines.all(|(index, line)| {
        let code = line.split('#').next().unwrap_or_default().trim();
        let is_name_alone = index == 0 && !code.contains([' ', '\t']);
        is_name_alone || code.is_empty() || code.ends_with([',', '\\'])
    })
}

/// The way from a macro back to itself, if there is one: the macros held, and where.
fn chain(macros: &HashMap<String, Macro>, start: &str) -> Option<Vec<(String, FileRange)>> {
    let mut seen: Vec<&str> = Vec::new();
    let mut ways: Vec<Vec<(String, FileRange)>> = vec![Vec::new()];
    while let Some(way) = ways.pop() {
        let last = way.last().map_or(start, |(name, _)| name.as_str());
        for (held, at) in macros
            .get(last)
            .map(|it| it.holds.as_slice())
            .unwrap_or_default()
        {
            let mut longer = way.clone();
            longer.push((held.clone(), *at));
            if held == start {
                return Some(longer);
            }
            if let Some((known, _)) = macros.get_key_value(held)
                && !seen.contains(&known.as_str())
            {
                seen.push(known);
                ways.push(longer);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::root_findings;

    #[test]
    fn loops_are_told_with_their_chain() {
        expect![[r#"
            1:14-15 error macro-loop: The macro `a` holds itself: `a` holds `b` holds `c` holds `a`.
              1:17 `b` is held here
              2:23 `c` is held here
              3:17 `a` is held here
            1:17-18 hint used-before-definition: The domain macro `b` is defined below; define it before it is used.
              2:14 The definition
            2:23-24 hint used-before-definition: The domain macro `c` is defined below; define it before it is used.
              3:14 The definition
            4:14-15 error macro-loop: The macro `d` holds itself: `d` holds `d`.
              4:20 `d` is held here
            5:29-30 hint used-before-definition: The domain macro `f` is defined below; define it before it is used.
              6:14 The definition
        "#]].assert_eq(&root_findings(
            "\
domain-macro a $b,example.com
domain-macro b yahoo.$c
domain-macro c $a
domain-macro d $a,$d
domain-macro e example.org,$f
domain-macro f example.net
<domain $a>
    max-smtp-out 1
</domain>
<domain $e>
    max-smtp-out 1
</domain>
",
        ));
    }
}
