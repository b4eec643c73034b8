//! An invented section with a line inside that is the argument of the genuine one:
//! `<accounting>` with `path PATH`.

use super::block::{Block, section};
use crate::catalog;
use crate::diagnostics::{Fix, SectionSite};

/// Names of the lines that tell what the argument is.
const PATHS: [&str; 4] = ["path", "filename", "file", "log-file"];

/// What the files of some invented sections hold, unless a line says it; the others hold deliveries and
/// bounces.
const BOUNCES: [&str; 2] = ["bounce-log", "log-bounce"];

/// The fix that moves the path into the tag and gives the section its genuine name.
pub(super) fn fix(site: &SectionSite<'_>, genuine: &'static catalog::Section) -> Option<Fix> {
    let mut block = Block::of(site)?;
    let mut paths = block.take_all(&PATHS);
    let path = paths.pop().filter(|_| paths.is_empty())?;
    let path = if path.contains([' ', '\t']) {
        format!("\"{path}\"")
    } else {
        path
    };
    let mut body = Vec::new();
    if !block.has("records") {
        let is_of_bounces = BOUNCES.contains(&site.name.as_ref());
        body.push(
            if is_of_bounces {
                "records b,rb"
            } else {
                "records d,b"
            }
            .to_owned(),
        );
    }
    body.extend(block.others());
    let name = genuine.name;
    let title = format!("Write `<{name} {path}>`");
    Some(block.replaced_by(title, &section(name, &path, &body)))
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

    #[test]
    fn what_the_file_holds_is_written_where_no_line_says_it() {
        let text = "log-bounce\n    file /var/log/pmta/bounces.csv # all\nrun-as-root no\n";
        expect![[r#"
            <acct-file /var/log/pmta/bounces.csv>
                records b,rb
                # all
            </acct-file>
            run-as-root no
        "#]]
        .assert_eq(&fixed(text, "folklore-section"));
    }
}
