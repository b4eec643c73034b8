//! `placeholder-value`: a value is a placeholder that nobody filled in.

use super::{DirectiveSite, Finding, Group, Rule, Severity};
use crate::meaning::Meaning;
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "placeholder-value",
    severity: Severity::Hint,
    group: Group::Settings,
    summary: "a value is a placeholder that nobody filled in",
    documentation: "Examples hold words that stand for your own values.

```pmta
host-name mail.yourdomain.com
```",
};

/// Domains that nobody has who writes a configuration.
const DOMAINS: [&str; 6] = [
    "yourdomain",
    "your-domain",
    "mydomain",
    "yourcompany",
    "yourserver",
    "yourhost",
];
/// Words for a value that is to be filled in.
const WORDS: [&str; 10] = [
    "your_ip",
    "your-ip",
    "your_server_ip",
    "your_domain",
    "your_hostname",
    "your_password",
    "your_ip_address",
    "x.x.x.x",
    "xxx.xxx.xxx.xxx",
    "your.ip.address",
];

pub(crate) fn check(site: &DirectiveSite<'_>, findings: &mut Vec<Finding>) {
    if !matches!(site.judged.meaning, Meaning::Directive(_)) {
        return;
    }
    let value = site.value();
    let is_boundary =
        |sign: char| sign.is_whitespace() || matches!(sign, ',' | '@' | '"' | '/' | ':');
    let mut at: usize = 0;
    for word in value.split_inclusive(is_boundary) {
        let plain = word.trim_end_matches(is_boundary);
        if is_placeholder(plain) {
            let range = TextRange::of(at, at.saturating_add(plain.len()));
            let message = format!("`{plain}` stands for a value of your own.");
            let range = range.shifted(site.directive.value.start);
            findings.push(Finding::new(&RULE, range, message));
            return;
        }
        at = at.saturating_add(word.len());
    }
}

fn is_placeholder(word: &str) -> bool {
    let word = word.trim_matches(['<', '>', '[', ']', '{', '}']);
    let is_one_of =
        |words: &[&str], word: &str| words.iter().any(|it| it.eq_ignore_ascii_case(word));
    let label = word.rsplit('.').nth(1);
    is_one_of(&WORDS, word) || label.is_some_and(|label| is_one_of(&DOMAINS, label))
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::test_support::findings;
    use expect_test::expect;

    #[test]
    fn words_that_nobody_filled_in() {
        let text = "\
host-name mail.yourdomain.com
postmaster me@your-domain.net
smtp-source-host YOUR_IP mail.example.com
host-name yourdomain.example.com
smtp-listener 192.0.2.1:25
";
        expect![[r#"
            1:11-30 hint placeholder-value: `mail.yourdomain.com` stands for a value of your own.
            2:15-30 hint placeholder-value: `your-domain.net` stands for a value of your own.
            3:18-25 error invalid-value: `YOUR_IP` is not an address range such as `192.0.2.1` or `10/8` or a range such as `192.0.2.1-192.0.2.9`.
            3:18-25 hint placeholder-value: `YOUR_IP` stands for a value of your own.
        "#]].assert_eq(&findings(text));
    }
}
