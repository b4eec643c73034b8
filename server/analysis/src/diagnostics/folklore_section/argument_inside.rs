//! An invented section with a line inside that is the argument of the genuine one:
//! `<accounting>` with `path PATH`.

use crate::catalog;
use crate::diagnostics::{Edit, Fix, Safety, SectionSite, deletion};
use crate::meaning::catalog_name;
use crate::syntax::EntryKind;

/// Names of the lines that tell what the argument is.
const PATHS: [&str; 4] = ["path", "filename", "file", "log-file"];

/// The fix that moves the path into the tag and gives the tags their genuine name.
pub(super) fn fix(site: &SectionSite<'_>, section: &'static catalog::Section) -> Option<Fix> {
    let item = site.item;
    let (close, _) = site.closing()?;
    let mut lines = site.children().filter_map(|(_, entry)| match &entry.kind {
        EntryKind::Directive(line) if PATHS.contains(&catalog_name(item.text, line).as_ref()) => {
            Some((entry.range, item.slice(line.value)))
        }
        _ => None,
    });
    let (range, path) = lines.next().filter(|(_, path)| !path.is_empty())?;
    if lines.next().is_some() {
        return None;
    }
    let name = section.name;
    let edits = vec![
        Edit {
            range: site.tag.range,
            text: format!("<{name} {path}>"),
        },
        deletion::directive(item, range),
        Edit {
            range: close,
            text: format!("</{name}>"),
        },
    ];
    Some(Fix {
        title: format!("Write `<{name} {path}>`"),
        safety: Safety::Unsafe,
        edits: deletion::apart(edits),
    })
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::fixed;

    #[test]
    fn the_path_moves_into_the_tag() {
        let text = "<bounce-log pmta-bounces>\n    records b\n    filename /var/log/pmta/bounces.csv\n</bounce-log>\n";
        expect![[r#"
            <acct-file /var/log/pmta/bounces.csv>
                records b
            </acct-file>
        "#]]
        .assert_eq(&fixed(text, "folklore-section"));
    }
}
