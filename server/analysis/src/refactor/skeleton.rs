//! The text of something that is named and not there yet.

use crate::catalog::ReferenceKind;

/// The lines that define a name of this kind, with a line break at their end; none for what is not
/// defined in a configuration. What only a person can know stands there as a documentation address.
#[must_use]
pub fn skeleton(kind: ReferenceKind, name: &str) -> Option<String> {
    let host = if name.contains('.') {
        name.to_owned()
    } else {
        format!("{name}.example.com")
    };
    let (tag, body) = match kind {
        ReferenceKind::VirtualMta | ReferenceKind::VirtualMtaOrPool => {
            ("virtual-mta", format!("smtp-source-host 192.0.2.1 {host}"))
        }
        ReferenceKind::Source => ("source", "always-allow-relaying yes".to_owned()),
        ReferenceKind::PatternList => (
            "pattern-list",
            "mail-from /@example\\.com$/ virtual-mta={default}".to_owned(),
        ),
        ReferenceKind::SmtpPatternList => (
            "smtp-pattern-list",
            "reply /^421 .*too many/ mode=backoff".to_owned(),
        ),
        ReferenceKind::AddressList => ("address-list", "address /^user@example\\.com$/".to_owned()),
        ReferenceKind::RewriteList => (
            "rewrite-list",
            "mail-from *@example.com *@bounces.example.com".to_owned(),
        ),
        ReferenceKind::Proxy => (
            "proxy",
            "server 192.0.2.1:5000\n    client 192.0.2.2 out1.example.com".to_owned(),
        ),
        ReferenceKind::SignalsFilter => (
            "signals-filter",
            "sender-or-from *.example.com enable-signals".to_owned(),
        ),
        ReferenceKind::SourceGroup => ("source-group", "max-smtp-in 100".to_owned()),
        ReferenceKind::Queue => ("domain", "max-smtp-out 20".to_owned()),
        ReferenceKind::DomainMacro => {
            return Some(format!("domain-macro {name} example.com\n"));
        }
        ReferenceKind::DomainKeyList => (
            "domain-key-list",
            "domain-key s1,example.com,/etc/pmta/s1.pem".to_owned(),
        ),
        ReferenceKind::SmtpUser
        | ReferenceKind::BounceCategory
        | ReferenceKind::File
        | ReferenceKind::Directory => return None,
    };
    let name = if name.contains([' ', '\t']) {
        format!("\"{name}\"")
    } else {
        name.to_owned()
    };
    Some(format!("<{tag} {name}>\n    {body}\n</{tag}>\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::test_support::findings;

    const KINDS: [ReferenceKind; 12] = [
        ReferenceKind::VirtualMta,
        ReferenceKind::VirtualMtaOrPool,
        ReferenceKind::Source,
        ReferenceKind::PatternList,
        ReferenceKind::SmtpPatternList,
        ReferenceKind::AddressList,
        ReferenceKind::RewriteList,
        ReferenceKind::Proxy,
        ReferenceKind::SignalsFilter,
        ReferenceKind::SourceGroup,
        ReferenceKind::Queue,
        ReferenceKind::DomainMacro,
    ];

    #[test]
    fn what_is_written_is_right() {
        for kind in KINDS {
            let text = skeleton(kind, "one").expect("a text");
            assert_eq!(findings(&text), "", "{text}");
        }
        assert_eq!(skeleton(ReferenceKind::File, "one"), None);
    }
}
