//! Web addresses and keys in a Vault store.

use std::net::Ipv6Addr;

use super::reader::{Reader, Token};
use super::report::quote;
use super::words;
use crate::catalog::ValueSpec;
use crate::diagnostics::{Fix, Safety, invalid_value};

pub(super) fn check_url(reader: &mut Reader<'_>, spec: &'static ValueSpec, token: Token) {
    let text = reader.slice(token.inner);
    let Some((scheme, after)) = text.split_once("://") else {
        if let Some(host) = after_broken_scheme(text) {
            let range = token.part(0, text.len().saturating_sub(host.len()));
            return reader.report(&invalid_value::RULE, range, || {
                let fixes = ["https://", "http://"].map(|it| words::alternative_fix(range, it));
                let message = "The address must begin with `http://` or `https://`.";
                (message.to_owned(), fixes.into())
            });
        }
        let shown = reader.shown(spec, token.inner);
        return reader.report(&invalid_value::RULE, token.inner, || {
            let fixes = ["https://", "http://"].map(|scheme| {
                let right = format!("{scheme}{text}");
                words::alternative_fix(token.inner, &right)
            });
            (
                format!("{shown} is not {}.", super::expected(spec)),
                fixes.into(),
            )
        });
    };
    if !["http", "https"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(scheme))
    {
        let range = token.part(0, scheme.len().saturating_add(3));
        return reader.report(&invalid_value::RULE, range, || {
            let fixes = ["https://", "http://"].map(|right| words::alternative_fix(range, right));
            (
                "The address must begin with `http://` or `https://`.".to_owned(),
                fixes.into(),
            )
        });
    }
    let start = text.len().saturating_sub(after.len());
    if let Some(at) = after.find(['?', '#']) {
        let range = token.from(start.saturating_add(at));
        return reader.report(&invalid_value::RULE, range, || {
            let fix = Fix::replace("Delete it", Safety::Unsafe, range, "");
            (
                "The address may have no query and no fragment.".to_owned(),
                vec![fix],
            )
        });
    }
    let authority = after.split('/').next().unwrap_or_default();
    if let Some(at) = authority.rfind('@') {
        let range = token.part(start, start.saturating_add(at).saturating_add(1));
        return reader.report(&invalid_value::RULE, range, || {
            (
                "The address may have no user name or password.".to_owned(),
                Vec::new(),
            )
        });
    }
    check_authority(reader, token, start, authority);
}

/// What follows `http` or `https` with a colon or slashes, of which some are missing.
fn after_broken_scheme(text: &str) -> Option<&str> {
    let rest = text
        .strip_prefix("https")
        .or_else(|| text.strip_prefix("http"))?;
    let host = rest.trim_start_matches([':', '/']);
    (rest.starts_with([':', '/']) && !host.is_empty()).then_some(host)
}

fn check_authority(reader: &mut Reader<'_>, token: Token, start: usize, authority: &str) {
    if authority.parse::<Ipv6Addr>().is_ok() {
        let range = token.part(start, start.saturating_add(authority.len()));
        return reader.report(&invalid_value::RULE, range, || {
            let right = format!("[{authority}]");
            let fix = Fix::replace(format!("Write `{right}`"), Safety::Safe, range, &right);
            (
                format!("An IPv6 address stands in brackets here: `{right}`."),
                vec![fix],
            )
        });
    }
    let (host, port) = match authority.rfind(']') {
        Some(close) => authority.split_at_checked(close.saturating_add(1)),
        None => authority
            .find(':')
            .and_then(|colon| authority.split_at_checked(colon)),
    }
    .unwrap_or((authority, ""));
    let literal = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'));
    let is_host = match literal {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => {
            let wrong = |sign: char| {
                sign.is_ascii() && !sign.is_ascii_alphanumeric() && !"-._$%{}".contains(sign)
            };
            !host.is_empty() && !host.contains(wrong)
        }
    };
    let host_end = start.saturating_add(host.len());
    if !is_host {
        let range = token.part(start, host_end);
        let range = if range.is_empty() { token.inner } else { range };
        return reader.report(&invalid_value::RULE, range, || {
            ("The address has no valid host.".to_owned(), Vec::new())
        });
    }
    let number = port.strip_prefix(':').unwrap_or(port);
    let is_port = port.is_empty() || (port.starts_with(':') && number.parse::<u16>().is_ok());
    if !is_port {
        let range = token.part(host_end, host_end.saturating_add(port.len()));
        reader.report(&invalid_value::RULE, range, || {
            (
                format!("{} is not a port from 0 to 65535.", quote(port)),
                Vec::new(),
            )
        });
    }
}

pub(super) fn check_vault_path(reader: &mut Reader<'_>, spec: &'static ValueSpec, token: Token) {
    const LEAD: &str = "{vault}:";
    let text = reader.slice(token.inner);
    let Some(path) = text.strip_prefix(LEAD) else {
        return words::wrong(reader, spec, token);
    };
    let range = token.from(LEAD.len());
    let has_key = path
        .rsplit_once(':')
        .is_some_and(|(before, key)| !before.is_empty() && !key.is_empty() && !key.contains('/'));
    if !path.starts_with('/') {
        return reader.report(&invalid_value::RULE, range, || {
            (
                format!("After `{LEAD}` comes a path that begins with `/`."),
                Vec::new(),
            )
        });
    }
    if !has_key {
        reader.report(&invalid_value::RULE, range, || {
            let message = "The path must be followed by `:` and the name of a field, as in \
                           `/v1/keys/data/example:dk`.";
            (message.to_owned(), Vec::new())
        });
    }
}
