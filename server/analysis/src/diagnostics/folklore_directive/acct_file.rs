//! A line that names a log of deliveries or bounces, which is an `<acct-file>` section.

use crate::catalog::{FolkloreDirective, Place};
use crate::diagnostics::{DirectiveSite, Fix, Safety};
use crate::syntax::DirectiveForm;

/// What the files of some names hold; the others hold deliveries and bounces.
const RECORDS: [(&str, &str); 3] = [
    ("bounce-log", "b,rb"),
    ("failure-log", "t,tq"),
    ("log-bounce", "b,rb"),
];

/// The fix that writes the section, where it may stand.
pub(super) fn fix(site: &DirectiveSite<'_>, folklore: &FolkloreDirective) -> Option<Fix> {
    let path = site.value();
    let is_path = path.trim_matches('"').starts_with(['/', '|'])
        && (!path.contains([' ', '\t']) || path.starts_with('"'));
    let is_plain = site.directive.form == DirectiveForm::Plain;
    if site.judged.location.place() != Some(Place::GLOBAL) || !is_path || !is_plain {
        return None;
    }
    let records = RECORDS.iter().find(|(name, _)| *name == folklore.name);
    let records = records.map_or("d,b", |(_, records)| records);
    let item = site.item;
    let line_break = item.line_break();
    let indentation = item.indentation(site.entry.range.start);
    Some(Fix::replace(
        format!("Write `<acct-file {path}>`"),
        Safety::Unsafe,
        site.directive.name.cover(site.directive.value),
        format!(
            "<acct-file {path}>{line_break}{indentation}    records {records}{line_break}{indentation}</acct-file>"
        ),
    ))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn a_section_holds_the_records() {
        let fixed = fixed(
            "accounting-log /var/log/pmta/acct.csv # all\nrun-as-root no\n",
            "folklore-directive",
        );
        expect![[r#"
            <acct-file /var/log/pmta/acct.csv>
                records d,b
            </acct-file> # all
            run-as-root no
        "#]]
        .assert_eq(&fixed);
        assert_eq!(findings(&fixed), "");
    }
}
