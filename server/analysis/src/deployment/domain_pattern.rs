//! Sets of recipient domains, as the argument of `<domain>` writes them.

use std::net::IpAddr;

use super::Macros;
use crate::value::AddressRange;

/// How a set of domains is written; the narrower before the broader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// One domain, or a range of address literals: `[192.0.2/24]`.
    Exact,
    /// The domains below one: `*.example.com`.
    Subdomains,
    /// One domain and those below it: `[*.]example.com`.
    WithSubdomains,
    /// All: `*`.
    All,
}

/// How well a set of domains fits one that is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fit {
    /// How the set is written.
    pub(crate) form: Form,
    /// How much of the domain it spells out: labels, or bits of an address.
    pub(crate) length: u32,
    /// Whether a macro brought the domain into it.
    pub(crate) by_macro: bool,
}

/// How well the set fits the domain, which is in lower case; none: it is not in it.
pub(super) fn fit<'m>(
    pattern: &str,
    domain: &str,
    order: usize,
    macros: &impl Fn() -> &'m Macros,
) -> Option<Fit> {
    if pattern == "*" {
        return Some(Fit {
            form: Form::All,
            length: 0,
            by_macro: false,
        });
    }
    if let Some(own) = pattern.strip_prefix("[*.]") {
        let found = among(own, with_parents(domain), order, macros);
        return found.map(|found| Fit {
            form: Form::WithSubdomains,
            ..found
        });
    }
    if let Some(own) = pattern.strip_prefix("*.") {
        let found = among(own, with_parents(domain).skip(1), order, macros);
        return found.map(|found| Fit {
            form: Form::Subdomains,
            ..found
        });
    }
    if let Some(range) = inside_brackets(pattern) {
        let address = literal(domain)?;
        let range = AddressRange::read(strip_tag(range))?;
        return range.contains(address).then_some(Fit {
            form: Form::Exact,
            length: range.bits(),
            by_macro: false,
        });
    }
    among(pattern, std::iter::once(domain), order, macros)
}

/// Whether there may be a domain in both sets. What macros stand for is not looked at: they may stand
/// for anything.
pub(crate) fn may_overlap(one: &str, other: &str) -> bool {
    let is_open = |pattern: &str| pattern == "*" || pattern.contains('$');
    if is_open(one) || is_open(other) {
        return true;
    }
    match (inside_brackets(one), inside_brackets(other)) {
        (Some(one), Some(other)) => {
            let ranges =
                AddressRange::read(strip_tag(one)).zip(AddressRange::read(strip_tag(other)));
            return ranges.is_none_or(|(one, other)| one.overlaps(other));
        }
        (None, None) => {}
        _ => return false,
    }
    let (one_form, one) = form(one);
    let (other_form, other) = form(other);
    let (one, other) = (one.to_ascii_lowercase(), other.to_ascii_lowercase());
    if one == other {
        // `*.d` does not hold `d` itself.
        let forms = [one_form, other_form];
        return !(forms.contains(&Form::Exact) && forms.contains(&Form::Subdomains));
    }
    let lies_below = |inner: &str, outer: &str| {
        let above = inner.strip_suffix(outer);
        above.is_some_and(|above| above.ends_with('.'))
    };
    (one_form != Form::Exact && lies_below(&other, &one))
        || (other_form != Form::Exact && lies_below(&one, &other))
}

/// How a set without address or macro is written, and the domain in it.
fn form(pattern: &str) -> (Form, &str) {
    let domain = pattern.trim_end_matches('.');
    if let Some(domain) = domain.strip_prefix("[*.]") {
        (Form::WithSubdomains, domain)
    } else if let Some(domain) = domain.strip_prefix("*.") {
        (Form::Subdomains, domain)
    } else {
        (Form::Exact, domain)
    }
}

/// The first of the domains that the pattern names.
fn among<'a, 'm>(
    pattern: &str,
    mut domains: impl Iterator<Item = &'a str>,
    order: usize,
    macros: &impl Fn() -> &'m Macros,
) -> Option<Fit> {
    let by_macro = pattern.contains('$');
    let found = domains.find(|domain| {
        if by_macro {
            macros().expand_to(pattern, domain, order)
        } else {
            pattern.trim_end_matches('.').eq_ignore_ascii_case(domain)
        }
    })?;
    let labels = found.split('.').count();
    Some(Fit {
        form: Form::Exact,
        length: u32::try_from(labels).unwrap_or(u32::MAX),
        by_macro,
    })
}

/// The domain, then the domains above it.
fn with_parents(domain: &str) -> impl Iterator<Item = &str> {
    let dots = domain.match_indices('.');
    let parents = dots.filter_map(|(at, _)| domain.get(at.saturating_add(1)..));
    std::iter::once(domain).chain(parents)
}

/// The address that stands for a domain: `[192.0.2.1]`, `[IPv6:2001:db8::1]`.
fn literal(domain: &str) -> Option<IpAddr> {
    strip_tag(inside_brackets(domain)?).parse().ok()
}

fn inside_brackets(text: &str) -> Option<&str> {
    text.strip_prefix('[')?.strip_suffix(']')
}

fn strip_tag(address: &str) -> &str {
    match address.get(..5) {
        Some(tag) if tag.eq_ignore_ascii_case("ipv6:") => address.get(5..).unwrap_or_default(),
        _ => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(pattern: &str, domain: &str) -> Option<(Form, u32, bool)> {
        let macros = Macros::of([("tld com, co.uk".to_owned(), 0)].into_iter());
        let found = fit(pattern, domain, 9, &|| &macros)?;
        Some((found.form, found.length, found.by_macro))
    }

    #[test]
    fn sets_fit_the_domains_in_them() {
        use Form::{All, Exact, Subdomains, WithSubdomains};
        for (pattern, domain, expected) in [
            ("*", "example.com", Some((All, 0, false))),
            ("Example.com", "example.com", Some((Exact, 2, false))),
            ("example.com", "a.example.com", None),
            (
                "*.example.com",
                "a.b.example.com",
                Some((Subdomains, 2, false)),
            ),
            ("*.example.com", "example.com", None),
            ("*.example.com", "anexample.com", None),
            (
                "[*.]example.com",
                "example.com",
                Some((WithSubdomains, 2, false)),
            ),
            (
                "[*.]example.com",
                "a.example.com",
                Some((WithSubdomains, 2, false)),
            ),
            ("yahoo.$tld", "yahoo.co.uk", Some((Exact, 3, true))),
            ("*.yahoo.$tld", "a.yahoo.com", Some((Subdomains, 2, true))),
            ("[192.0.2/24]", "[192.0.2.9]", Some((Exact, 24, false))),
            ("[0/0]", "[IPv6:2001:db8::1]", Some((Exact, 0, false))),
            ("[192.0.2/24]", "192.0.2.9", None),
            ("[192.0.2/24]", "example.com", None),
            ("{bounce}", "{bounce}", Some((Exact, 1, false))),
        ] {
            assert_eq!(fits(pattern, domain), expected, "{pattern} {domain}");
        }
    }

    #[test]
    fn sets_that_may_share_a_domain() {
        for (one, other, expected) in [
            ("*", "example.com", true),
            ("$isp.com", "example.com", true),
            ("Example.com", "example.com", true),
            ("example.com", "example.org", false),
            ("*.example.com", "a.example.com", true),
            ("*.example.com", "example.com", false),
            ("*.example.com", "[*.]example.com", true),
            ("[*.]example.com", "example.com", true),
            ("[*.]example.com", "anexample.com", false),
            ("*.a.example.com", "*.example.com", true),
            ("*.a.example.com", "*.b.example.com", false),
            ("[10/8]", "[10.1/16]", true),
            ("[10.2/16]", "[10.1/16]", false),
            ("[0/0]", "example.com", false),
        ] {
            assert_eq!(may_overlap(one, other), expected, "{one} {other}");
            assert_eq!(may_overlap(other, one), expected, "{other} {one}");
        }
    }
}
