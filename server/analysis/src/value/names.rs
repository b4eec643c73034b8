//! Names with rules of their own: header fields, macros, columns of accounting files, ciphers.

use super::reader::{Reader, Token};
use super::report::quote;
use super::words;
use crate::catalog::{RECORD_FIELDS, ReferenceKind, ValueSpec};
use crate::diagnostics::{Fix, Safety, invalid_value, unknown_word};

pub(super) fn check_reference(reader: &mut Reader<'_>, kind: ReferenceKind, token: Token) {
    let is_path = matches!(kind, ReferenceKind::File | ReferenceKind::Directory);
    let Some(at) = reader.slice(token.inner).find(',') else {
        return;
    };
    if is_path || token.quoted() {
        return;
    }
    reader.report(
        &invalid_value::RULE,
        token.part(at, at.saturating_add(1)),
        || {
            (
                "Only one name can stand here, and a name holds no comma.".to_owned(),
                Vec::new(),
            )
        },
    );
}

pub(super) fn check_header_name(reader: &mut Reader<'_>, spec: &'static ValueSpec, token: Token) {
    let text = reader.slice(token.inner);
    if let Some(name) = text.strip_suffix(':').filter(|name| !name.is_empty()) {
        let range = token.from(name.len());
        return reader.report(&invalid_value::RULE, range, || {
            let fix = Fix::replace("Delete `:`", Safety::Safe, range, "");
            (
                "The name of a header field is written without its colon.".to_owned(),
                vec![fix],
            )
        });
    }
    refuse(reader, spec, token, |sign| {
        matches!(sign, ':' | ',' | '"' | '/' | ' ')
    });
}

pub(super) fn check_macro_name(reader: &mut Reader<'_>, spec: &'static ValueSpec, token: Token) {
    let text = reader.slice(token.inner);
    if let Some(name) = text.strip_prefix('$').filter(|name| !name.is_empty()) {
        let range = token.part(0, 1);
        return reader.report(&invalid_value::RULE, range, || {
            let fix = Fix::replace("Delete `$`", Safety::Safe, range, "");
            (
                format!("The `$` stands where the macro is used; here it is `{name}`."),
                vec![fix],
            )
        });
    }
    refuse(reader, spec, token, |sign| {
        !sign.is_ascii_alphanumeric() && sign != '_'
    });
}

pub(super) fn check_record_field(reader: &mut Reader<'_>, _: &'static ValueSpec, token: Token) {
    let text = reader.slice(token.inner);
    let name = text.strip_prefix('!').unwrap_or(text);
    let is = |known: &str| match known.strip_suffix('*') {
        Some(family) => words::starts_with(name, family),
        None => known.eq_ignore_ascii_case(name),
    };
    if name == "*" || RECORD_FIELDS.iter().any(|field| is(field.name)) {
        return;
    }
    // These families are open whatever the table says.
    if ["header_", "arf_"]
        .iter()
        .any(|family| words::starts_with(name, family))
    {
        return;
    }
    let range = token.from(text.len().saturating_sub(name.len()));
    if name.is_empty() {
        return reader.report(&invalid_value::RULE, token.inner, || {
            let message = "The name of the field to leave out follows `!`, as in `!orcpt`.";
            (message.to_owned(), Vec::new())
        });
    }
    reader.report(&unknown_word::RULE, range, || {
        let near = words::nearest(name, RECORD_FIELDS.iter().map(|field| field.name));
        let lead = format!("{} is not a known field of accounting records", quote(name));
        words::unknown(&lead, range, near)
    });
}

pub(super) fn check_openssl_list(reader: &mut Reader<'_>, spec: &'static ValueSpec, token: Token) {
    // In quotes, `openssl ciphers` takes blanks and commas between the items too.
    let quoted = token.quoted();
    refuse(reader, spec, token, |sign| {
        let between = matches!(sign, ' ' | ',') && quoted;
        let inside = sign.is_ascii_alphanumeric()
            || matches!(sign, '_' | '!' | '+' | '@' | ':' | '.' | '=' | '-');
        !between && !inside
    });
    let after = reader.skip_blanks(token.end());
    let next = reader.rest_from(after);
    if !quoted && after > token.end() && next.starts_with(['!', '+', '-', '@']) {
        let range = crate::text::TextRange::of(token.end(), after);
        reader.report(&invalid_value::RULE, range, || {
            let fix = Fix::replace("Join with `:`", Safety::Safe, range, ":");
            (
                "The items of a cipher list are joined by `:`.".to_owned(),
                vec![fix],
            )
        });
    }
}

/// Reports the first sign that may not stand in the name.
fn refuse(
    reader: &mut Reader<'_>,
    spec: &'static ValueSpec,
    token: Token,
    is_wrong: impl Fn(char) -> bool,
) {
    let text = reader.slice(token.inner);
    let Some((at, sign)) = text.char_indices().find(|&(_, sign)| is_wrong(sign)) else {
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
