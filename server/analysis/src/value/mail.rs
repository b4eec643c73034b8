//! Mail addresses and sets of them.

use super::reader::{Reader, Token};
use super::report::quote;
use super::words;
use crate::catalog::ValueSpec;
use crate::diagnostics::{Fix, Safety, invalid_value};

pub(super) fn check_email(reader: &mut Reader<'_>, spec: &'static ValueSpec, token: Token) {
    let text = reader.slice(token.inner);
    if let Some(address) = text
        .strip_prefix('<')
        .and_then(|text| text.strip_suffix('>'))
        && address.contains('@')
    {
        return reader.report(&invalid_value::RULE, token.inner, || {
            let title = format!("Write `{address}`");
            let fix = Fix::replace(title, Safety::Safe, token.inner, address);
            (
                format!("The address is written without angle brackets: `{address}`."),
                vec![fix],
            )
        });
    }
    if let Some(comma) = text.find(',').filter(|_| text.matches('@').count() > 1) {
        let range = token.from(comma);
        return reader.report(&invalid_value::RULE, range, || {
            let fix = Fix::replace("Keep the first address", Safety::Unsafe, range, "");
            ("Only one address can stand here.".to_owned(), vec![fix])
        });
    }
    match text.split_once('@') {
        Some((local, domain)) if !local.is_empty() && !domain.is_empty() => {
            if let Some(at) = text.rfind('@').filter(|&at| at > local.len()) {
                return second_at(reader, token, at);
            }
            refuse(reader, spec, token, &['<', '>', ',', ';', '"', ' ']);
        }
        _ => words::wrong(reader, spec, token),
    }
}

pub(super) fn check_local_part(reader: &mut Reader<'_>, spec: &'static ValueSpec, token: Token) {
    refuse(reader, spec, token, &['@', '<', '>', ',', '"', '/', ' ']);
}

pub(super) fn check_address_glob(reader: &mut Reader<'_>, spec: &'static ValueSpec, token: Token) {
    let text = reader.slice(token.inner);
    if text == "<>" {
        return;
    }
    let Some((local, domain)) = text.split_once('@') else {
        return words::wrong(reader, spec, token);
    };
    let mut start = 0usize;
    for side in [local, domain] {
        if side.is_empty() {
            return words::wrong(reader, spec, token);
        }
        if side != "*"
            && let Some(star) = side.find('*')
        {
            let at = start.saturating_add(star);
            let range = token.part(at, at.saturating_add(1));
            return reader.report(&invalid_value::RULE, range, || {
                let message =
                    "A `*` stands for a whole side of the address, as in `*@example.com`.";
                (message.to_owned(), Vec::new())
            });
        }
        start = start.saturating_add(side.len()).saturating_add(1);
    }
    if let Some(at) = text.rfind('@').filter(|&at| at > local.len()) {
        return second_at(reader, token, at);
    }
    refuse(reader, spec, token, &['<', '>', ',', '"', ' ']);
}

fn second_at(reader: &mut Reader<'_>, token: Token, at: usize) {
    reader.report(
        &invalid_value::RULE,
        token.part(at, at.saturating_add(1)),
        || ("An address has one `@`.".to_owned(), Vec::new()),
    );
}

/// Reports the first of the signs in the token.
fn refuse(reader: &mut Reader<'_>, spec: &'static ValueSpec, token: Token, signs: &'static [char]) {
    let text = reader.slice(token.inner);
    let Some((at, sign)) = text.char_indices().find(|(_, sign)| signs.contains(sign)) else {
        return;
    };
    let range = token.part(at, at.saturating_add(sign.len_utf8()));
    reader.report(&invalid_value::RULE, range, || {
        let sign = quote(&sign.to_string());
        (
            format!("{sign} cannot stand in {}.", super::expected::kind(spec)),
            Vec::new(),
        )
    });
}
