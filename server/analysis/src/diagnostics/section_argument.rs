//! Values of section arguments: reported under the codes of values.

use super::{Finding, SectionSite};
use crate::catalog::{ArgumentKind, Part, ValueKind, ValueSpec};
use crate::meaning::Meaning;
use crate::value::{self, Context};

static DOMAIN_PATTERN: ValueSpec = ValueSpec { macros: true, ..ValueSpec::of(ValueKind::DomainPattern) };

static CIDR: ValueSpec = ValueSpec::of(ValueKind::Cidr);

static LISTENER: ValueSpec = ValueSpec::of(ValueKind::Composite(&[
    Part { name: "address", separator: " ", optional: false, value: ValueSpec::of(ValueKind::Cidr) },
    Part { name: "port", separator: ":", optional: false, value: ValueSpec::of(ValueKind::Port) },
]));

pub(crate) fn check(site: &SectionSite<'_>, findings: &mut Vec<Finding>) {
    let (Meaning::Section(section), Some(argument)) = (site.judged.meaning, site.tag.argument) else { return };
    let text = site.item.slice(argument);
    if !site.tag.attributes.is_empty() || super::value::has_template_marker(text) {
        return;
    }
    let spec = match section.argument {
        Some(ArgumentKind::DomainPattern) if !text.contains([',', ' ', '\t', '<']) => &DOMAIN_PATTERN,
        Some(ArgumentKind::CidrPort) => &LISTENER,
        Some(ArgumentKind::CidrOrName) if is_address_like(text) => &CIDR,
        _ => return,
    };
    let parsed = value::parse(spec, text, Context { cut_by_comment: false });
    for problem in parsed.problems {
        findings.push(super::value::finding(problem, argument.start));
    }
}

/// Whether a source's argument is meant as an address: digits and dots, or colons.
fn is_address_like(text: &str) -> bool {
    let is_v4 = text.starts_with(|first: char| first.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'/'));
    let is_v6 = text.contains(':') && text.bytes().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.' | b'/'));
    is_v4 || is_v6
}
