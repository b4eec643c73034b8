//! Hints behind macros where they are used: how many items they stand for.

use super::{InlayHint, InlayOptions, inlay_hints};
use crate::catalog::ReferenceKind;
use crate::names;
use crate::text::TextRange;
use crate::workspace::{FileId, Workspace};

/// Most uses that get a hint at a time: more than fit on a screen.
const MOST_USES: usize = 200;

/// The hints of a range, in order: behind each macro that is defined once and has items enough to be
/// worth counting.
#[must_use]
pub fn macro_use_hints(workspace: &Workspace, file: FileId, range: TextRange) -> Vec<InlayHint> {
    let Some(document) = workspace.document(file) else {
        return Vec::new();
    };
    let mut uses: Vec<(String, u32)> = Vec::new();
    for item in document.items() {
        let whole = TextRange::of(item.start, item.end);
        if whole.start > range.end || uses.len() > MOST_USES {
            break;
        }
        if whole.end < range.start {
            continue;
        }
        let references = item.facts.references.iter();
        let macros = references.filter(|name| name.kind == ReferenceKind::DomainMacro);
        let placed = macros.map(|name| name.range.shifted(whole.start));
        let inside = placed.filter(|name| range.touches(name.end));
        uses.extend(inside.map(|name| (document.slice(name.as_usize()), name.end)));
    }
    uses.truncate(MOST_USES);
    let mut wanted: Vec<&str> = uses.iter().map(|(name, _)| name.as_str()).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let sizes = sizes(workspace, file, &wanted);
    let hints = uses.iter().filter_map(|(name, at)| {
        let index = wanted.binary_search(&name.as_str()).ok()?;
        let label = sizes.get(index)?.clone()?;
        Some(InlayHint {
            at: *at,
            label,
            tooltip: "The number of items in the macro's list.",
        })
    });
    hints.collect()
}

/// What is said of the size of each macro; none of one that is small, or not defined just once.
fn sizes(workspace: &Workspace, file: FileId, wanted: &[&str]) -> Vec<Option<String>> {
    let found = names::definitions(workspace, file, ReferenceKind::DomainMacro, wanted);
    let size = |index: usize| {
        let mut definitions = found.iter().filter(|it| it.index == index);
        let (one, None) = (definitions.next()?, definitions.next()) else {
            return None;
        };
        let options = InlayOptions {
            durations: false,
            rates: false,
            macro_sizes: true,
            inherited: false,
        };
        let document = workspace.document(one.name.file)?;
        let hints = inlay_hints(document, one.name.range, options);
        Some(hints.into_iter().next()?.label)
    };
    (0..wanted.len()).map(size).collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::fixture::{Fixture, fixture};

    #[test]
    fn macros_show_their_size_where_they_are_used() {
        let text = "\
domain-macro few a.com, b.com
domain-macro many a.com, b.com, c.com, $few
domain-macro twice a.com, b.com, c.com, d.com
domain-macro twice a.com, b.com, c.com, d.com
include more.conf
<domain $many>
</domain>
<domain $few> # few, and $many in a comment
</domain>
<domain $twice>
</domain>
<domain $unknown>
</domain>
<domain a.$far>
</domain>$0
#- /etc/pmta/more.conf
domain-macro far com, net, org, info, example
";
        let Fixture { workspace, at } = fixture(text);
        let rope = workspace.document(at.file).unwrap().rope();
        let mut shown = rope.to_string();
        let all = TextRange::of(0, shown.len());
        for hint in macro_use_hints(&workspace, at.file, all).iter().rev() {
            shown.insert_str(hint.at as usize, &format!("[{}]", hint.label));
        }
        let uses = shown.lines().filter(|line| line.contains('['));
        expect![[r#"
            <domain $many[4 items]>
            <domain a.$far[5 items]>"#]]
        .assert_eq(&uses.collect::<Vec<_>>().join("\n"));
        let none = macro_use_hints(&workspace, at.file, TextRange::of(0, 20));
        assert!(none.is_empty());
    }
}
