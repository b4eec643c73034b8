//! A section that means nothing to PowerMTA, or that is empty without what means nothing.

use super::block::{Block, section};
use crate::diagnostics::{Fix, SectionSite};

/// The fix that deletes the section and keeps its comments.
pub(super) fn fix(site: &SectionSite<'_>) -> Option<Fix> {
    let block = Block::of(site)?;
    let comments: Vec<String> = block.comments().into_iter().map(str::to_owned).collect();
    let title = format!("Delete `<{}>`", site.written_name());
    Some(if comments.is_empty() {
        block.deleted(title)
    } else {
        block.replaced_by(title, &comments)
    })
}

/// The fix that signs mail to the domains that a section names.
pub(super) fn signing(site: &SectionSite<'_>) -> Option<Fix> {
    let domain = site.argument();
    let block = Block::of(site)?;
    if domain.is_empty() || domain.contains([' ', '\t', ',']) {
        return None;
    }
    let others = block.others();
    let body: Vec<String> = std::iter::once("dkim-sign yes".to_owned())
        .chain(others)
        .collect();
    let title = format!("Write `dkim-sign yes` in `<domain {domain}>`");
    Some(block.replaced_by(title, &section("domain", domain, &body)))
}

/// Most daily limits that are written in a list.
const MOST_DAYS: usize = 30;

/// The fix that lists the daily limits of a new VirtualMTA.
pub(super) fn daily_limits(site: &SectionSite<'_>) -> Option<Fix> {
    let mut block = Block::of(site)?;
    let domain = block.take(&["domain"])?;
    let start: u64 = block.take(&["warmup-start"])?.parse().ok()?;
    let step: u64 = block.take(&["warmup-daily-increment"])?.parse().ok()?;
    let most: u64 = block.take(&["warmup-max"])?.parse().ok()?;
    if domain.contains([' ', '\t', ',']) || start == 0 || step == 0 {
        return None;
    }
    let days = std::iter::successors(Some(start), |limit| Some(limit.saturating_add(step)));
    let days = days.take_while(|limit| *limit <= most).take(MOST_DAYS);
    let days: Vec<String> = days.map(|limit| format!("{limit}/day")).collect();
    let line = format!("max-cold-virtual-mta-msg {}", days.join(","));
    let others = block.others();
    let body: Vec<String> = std::iter::once(line).chain(others).collect();
    let title = "Write `max-cold-virtual-mta-msg` with a limit for each day".to_owned();
    (!days.is_empty()).then(|| block.replaced_by(title, &section("domain", &domain, &body)))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn what_means_nothing_goes_and_its_comments_stay() {
        expect![[r#"
            run-as-root no
            # ours
        "#]].assert_eq(&fixed(
            "run-as-root no\n<statistics graphite>\n    host graphite.example.com # ours\n</statistics>\n",
            "folklore-section",
        ));
        assert_eq!(
            fixed(
                "<statistics graphite>\n    port 2003\n</statistics>\nrun-as-root no\n",
                "folklore-section"
            ),
            "run-as-root no\n"
        );
    }

    #[test]
    fn a_policy_of_signing() {
        expect![[r#"
            <domain *>
                dkim-sign yes
                # all
            </domain>
        "#]]
        .assert_eq(&fixed(
            "dkim-sign-policy * {\n    sign-control *\n    # all\n}\n",
            "folklore-section",
        ));
    }

    #[test]
    fn daily_limits_become_a_list() {
        let text = "<policy ramp-orders>\n    domain example.com\n    warmup-start 50\n    warmup-daily-increment 50\n    warmup-max 220\n</policy>\n";
        let fixed = fixed(text, "folklore-section");
        expect![[r#"
            <domain example.com>
                max-cold-virtual-mta-msg 50/day,100/day,150/day,200/day
            </domain>
        "#]]
        .assert_eq(&fixed);
        assert_eq!(findings(&fixed), "");
    }
}
