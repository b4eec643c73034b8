//! Host names, domains and sets of domains.
//!
//! Only what cannot be a name is reported: names hold letters of any script, digits, `-`, `_` and
//! `$macro`; placeholders such as `YOUR_HOST` or `{host}` are no matter of their kind.

use super::address;
use super::reader::{Reader, Token};
use super::report::quote;
use crate::catalog::ValueSpec;
use crate::diagnostics::{Fix, Safety, invalid_value};

pub(super) fn check_host_name(reader: &mut Reader<'_>, spec: &'static ValueSpec, token: Token) {
    if is_v6(reader.slice(token.inner)) {
        return;
    }
    name(reader, spec, token, 0);
}

pub(super) fn check_domain_name(reader: &mut Reader<'_>, spec: &'static ValueSpec, token: Token) {
    name(reader, spec, token, 0);
}

pub(super) fn check_macro_item(reader: &mut Reader<'_>, spec: &'static ValueSpec, token: Token) {
    let text = reader.slice(token.inner);
    // `.co.uk` is a part of a domain.
    let start = usize::from(text.len() > 1 && text.starts_with('.'));
    name(reader, spec, token, start);
}

pub(super) fn check_domain_pattern(
    reader: &mut Reader<'_>,
    spec: &'static ValueSpec,
    token: Token,
) {
    let text = reader.slice(token.inner);
    if text == "*" {
        return;
    }
    for lead in ["*.", "[*.]"] {
        if text.starts_with(lead) && text.len() > lead.len() {
            return name(reader, spec, token, lead.len());
        }
    }
    if let Some(range) = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'))
    {
        let inner = token.part(1, range.len().saturating_add(1));
        return address::check_cidr(
            reader,
            spec,
            Token {
                inner,
                outer: inner,
            },
        );
    }
    if let Some(domain) = text.strip_prefix('*')
        && !domain.trim_start_matches('.').is_empty()
    {
        let star = token.part(0, 1);
        let domain = domain.trim_start_matches('.');
        return reader.report(&invalid_value::RULE, star, || {
            let fixes = ["*.", "[*.]"].map(|lead| {
                let right = format!("{lead}{domain}");
                Fix::replace(format!("Write `{right}`"), Safety::Alternative, star, lead)
            });
            let message = format!(
                "A `*` stands for all of a name or is followed by a dot: `*.{domain}` for the \
                 subdomains, `[*.]{domain}` for the domain too."
            );
            (message, fixes.into())
        });
    }
    if let Some(domain) = text.strip_prefix('.')
        && !domain.is_empty()
    {
        let dot = token.part(0, 1);
        return reader.report(&invalid_value::RULE, dot, || {
            let fixes = ["*.", "[*.]"].map(|lead| {
                let right = format!("{lead}{domain}");
                Fix::replace(format!("Write `{right}`"), Safety::Alternative, dot, lead)
            });
            let message = format!(
                "A domain does not begin with a dot: write `*.{domain}` for its subdomains, \
                 `[*.]{domain}` for the domain too."
            );
            (message, fixes.into())
        });
    }
    name(reader, spec, token, 0);
}

fn is_v6(text: &str) -> bool {
    text.parse::<std::net::Ipv6Addr>().is_ok()
}

/// Checks the text of the token from `start` on as a name.
fn name(reader: &mut Reader<'_>, spec: &'static ValueSpec, token: Token, start: usize) {
    let text = reader.slice(token.from(start));
    if let Some(at) = text.find("://") {
        let begin = start.saturating_add(at);
        let range = token.part(if at == 0 { begin } else { start }, begin.saturating_add(3));
        return reader.report(&invalid_value::RULE, range, || {
            let fix = Fix::replace("Delete it", Safety::Unsafe, range, "");
            (
                "A name is needed here, not a web address.".to_owned(),
                vec![fix],
            )
        });
    }
    if let Some((at, sign)) = text
        .char_indices()
        .find(|&(_, sign)| !may_stand_in_a_name(sign))
    {
        let begin = start.saturating_add(at);
        // What follows a port or path separator is wrong as a whole.
        let range = match sign {
            ':' | '/' => token.from(begin),
            _ => token.part(begin, begin.saturating_add(sign.len_utf8())),
        };
        return reader.report(&invalid_value::RULE, range, || {
            let wrong = text.get(at..).filter(|_| matches!(sign, ':' | '/'));
            let wrong = wrong.map_or_else(|| quote(&sign.to_string()), quote);
            (
                format!("{wrong} cannot stand in {}.", super::expected::kind(spec)),
                Vec::new(),
            )
        });
    }
    if text.starts_with('.') || text.contains("..") {
        let at = if text.starts_with('.') {
            0
        } else {
            text.find("..").unwrap_or(0)
        };
        let begin = start.saturating_add(at);
        let range = token.part(begin, begin.saturating_add(if at == 0 { 1 } else { 2 }));
        reader.report(&invalid_value::RULE, range, || {
            (
                format!("A part of the name is missing in {}.", quote(text)),
                Vec::new(),
            )
        });
    }
}

fn may_stand_in_a_name(sign: char) -> bool {
    !sign.is_ascii()
        || sign.is_ascii_alphanumeric()
        || matches!(sign, '-' | '.' | '_' | '$' | '{' | '}' | '%')
}

/// The set of domains in words.
pub(super) fn describe(text: &str) -> Option<String> {
    if text == "*" {
        return Some("all domains".to_owned());
    }
    if let Some(domain) = text.strip_prefix("*.") {
        return Some(format!(
            "the subdomains of {domain}, without {domain} itself"
        ));
    }
    if let Some(domain) = text.strip_prefix("[*.]") {
        return Some(format!("{domain} and its subdomains"));
    }
    let range = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'))?;
    Some(format!("address literals in {}", address::describe(range)?))
}
