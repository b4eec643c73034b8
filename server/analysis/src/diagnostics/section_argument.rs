//! Values of section arguments: reported under the codes of values.

use super::{Finding, SectionSite};
use crate::catalog::{ArgumentKind, Part, ValueKind, ValueSpec};
use crate::meaning::Meaning;
use crate::value::{self, Context};

static DOMAIN_PATTERN: ValueSpec = ValueSpec {
    macros: true,
    ..ValueSpec::of(ValueKind::DomainPattern)
};

static CIDR: ValueSpec = ValueSpec::of(ValueKind::Cidr);

static LISTENER: ValueSpec = ValueSpec::of(ValueKind::Composite(&[
    Part {
        name: "address",
        separator: " ",
        optional: false,
        value: ValueSpec::of(ValueKind::Cidr),
    },
    Part {
        name: "port",
        separator: ":",
        optional: false,
        value: ValueSpec::of(ValueKind::Port),
    },
]));

pub(crate) fn check(site: &SectionSite<'_>, findings: &mut Vec<Finding>) {
    let (Meaning::Section(section), Some(argument)) = (site.judged.meaning, site.tag.argument)
    else {
        return;
    };
    let text = site.item.slice(argument);
    if !site.tag.attributes.is_empty() || super::value::has_template_marker(text) {
        return;
    }
    let spec = match section.argument {
        Some(ArgumentKind::DomainPattern) if !text.contains([',', ' ', '\t', '<']) => {
            &DOMAIN_PATTERN
        }
        Some(ArgumentKind::CidrPort) => &LISTENER,
        Some(ArgumentKind::CidrOrName) if value::is_address_like(text) => &CIDR,
        _ => return,
    };
    let parsed = value::parse(
        spec,
        text,
        Context {
            cut_by_comment: false,
        },
    );
    for problem in parsed.problems {
        findings.push(super::value::finding(problem, argument.start));
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::test_support::findings;
    use expect_test::expect;

    #[test]
    fn wrong_arguments() {
        let text = r#"<domain *example.com>
</domain>
<domain .example.com>
</domain>
<source 10.0.0.300>
</source>
<source 10/40>
</source>
<smtp-listener 192.0.2.1>
</smtp-listener>
<smtp-listener 192.0.2.1:99999>
</smtp-listener>
"#;
        expect![[r#"
            1:9-10 error invalid-value: A `*` stands for all of a name or is followed by a dot: `*.example.com` for the subdomains, `[*.]example.com` for the domain too.
            3:9-10 error invalid-value: A domain does not begin with a dot: write `*.example.com` for its subdomains, `[*.]example.com` for the domain too.
            5:16-19 error invalid-value: `300` is no part of an address: the numbers go from 0 to 255, without leading zeros.
            7:12-14 error invalid-value: The length of a range is a number of bits from 0 to 32, as in `/24`.
            9:25-25 error missing-value: No port here: a port from 0 to 65535 is needed.
            11:26-31 error value-out-of-range: `99999` is too large: the last port is 65535.
        "#]].assert_eq(&findings(text));
    }

    #[test]
    fn right_arguments() {
        let text = r#"<domain [*.]example.com>
</domain>
<domain yahoo.$tld>
</domain>
<domain {bounce}>
</domain>
<domain [127.0.0.1]>
</domain>
<source {auth}>
</source>
<source mail.example.com>
</source>
<source 10/8>
</source>
<source ::1>
</source>
<smtp-listener 0/0:25>
</smtp-listener>
<smtp-listener ::1:2525>
</smtp-listener>
<domain {{ domain }}>
</domain>
"#;
        expect![[""]].assert_eq(&findings(text));
    }
}
