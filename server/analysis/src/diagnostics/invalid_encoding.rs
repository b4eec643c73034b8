//! `invalid-encoding`: bytes that are not UTF-8.

use super::{Finding, Group, Rule, Severity};
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "invalid-encoding",
    severity: Severity::Warning,
    group: Group::Structure,
    summary: "the file holds bytes that are not UTF-8",
    documentation: "PowerMTA reads its configuration as UTF-8. Bytes of another encoding, such as Latin-1 or GBK,
usually stand in comments and do no harm there; in a name or value they never match anything.

Save the file as UTF-8. Until then pmta-ls reads it, each such byte as one character, and never
writes it: `--fix` and `fmt` leave the file alone.",
};

/// The finding, on the first byte that is not UTF-8.
pub(crate) fn finding(range: TextRange) -> Finding {
    Finding::new(
        &RULE,
        range,
        "This file is not UTF-8: here is the first byte that does not fit. Save it as UTF-8.",
    )
}

#[cfg(test)]
mod tests {
    use crate::document::Document;

    #[test]
    fn it_is_reported_once_at_the_first_byte() {
        let document =
            Document::from_bytes(b"# \xc4\xe3\xba\xc3\nlog-file /var/log/pmta/log # \xc4\n");
        let codes: Vec<_> = document
            .findings()
            .iter()
            .map(|finding| (finding.rule.code, finding.range.start))
            .collect();
        assert_eq!(codes, [("invalid-encoding", 2)]);
    }
}
