//! Values without parts: finds their extent, then asks their kind.

use super::reader::{Reader, Stops, Token, trim_end};
use super::{
    address, boolean, duration, host, mail, names, number, pattern, rate, regex, size, unit, url,
    words,
};
use crate::catalog::{ReferenceKind, ValueKind, ValueSpec};
use crate::diagnostics::missing_value;
use crate::text::TextRange;

/// Reads the value at `at` and gives the position after it.
pub(super) fn read(
    reader: &mut Reader<'_>,
    spec: &'static ValueSpec,
    at: usize,
    stops: Stops,
) -> usize {
    if let Some(end) = word_of(reader, spec, at, stops) {
        return end;
    }
    match spec.kind {
        ValueKind::String | ValueKind::Program => free_text(reader, spec, at),
        ValueKind::Regex => regex::read(reader, spec, at, stops),
        ValueKind::Literal(text) => words::literal(reader, spec, text, at, stops),
        ValueKind::InlineSection(tag) => words::inline_section(reader, spec, tag, at),
        _ => token(reader, spec, at, stops),
    }
}

/// One of the words that the spec accepts besides its kind; none if the text is no such word.
pub(super) fn word_of(
    reader: &mut Reader<'_>,
    spec: &'static ValueSpec,
    at: usize,
    stops: Stops,
) -> Option<usize> {
    if spec.words.is_empty() || matches!(spec.kind, ValueKind::Enum) {
        return None;
    }
    let end = reader.bare_end(at, stops);
    let outer = TextRange::of(at, end);
    let text = reader.slice(outer);
    let quoted = text.len() > 2 && text.starts_with('"') && text.ends_with('"');
    let inner = if quoted {
        TextRange::of(at.saturating_add(1), end.saturating_sub(1))
    } else {
        outer
    };
    let text = reader.slice(inner);
    let word = spec
        .words
        .iter()
        .find(|word| word.text.eq_ignore_ascii_case(text))?;
    if word.text != text {
        words::report_case(reader, inner, word.text);
    }
    reader.push(spec, inner, outer);
    Some(end)
}

/// Text that runs to the end of the line, or to its closing quote.
fn free_text(reader: &mut Reader<'_>, spec: &'static ValueSpec, at: usize) -> usize {
    if reader.byte(at) == Some(b'"') {
        let Some(token) = reader.token(at, Stops::default()) else {
            return reader.limit;
        };
        let end = token.end();
        // Doubled quotes inside quotes are in use: then the last quote is the closing one.
        let text = trim_end(reader.rest_from(end));
        if text.ends_with('"') && !reader.is_boundary(end, Stops::default()) {
            let close = end.saturating_add(text.len()).saturating_sub(1);
            let inner = TextRange::of(at.saturating_add(1), close);
            let outer = TextRange::of(at, close.saturating_add(1));
            reader.push(spec, inner, outer);
            return outer.as_usize().end;
        }
        reader.push(spec, token.inner, token.outer);
        return end;
    }
    let end = at.saturating_add(trim_end(reader.rest_from(at)).len());
    let range = TextRange::of(at, end);
    reader.push(spec, range, range);
    end
}

fn token(reader: &mut Reader<'_>, spec: &'static ValueSpec, at: usize, stops: Stops) -> usize {
    let token = match spec.kind {
        ValueKind::Ip | ValueKind::Cidr => address::token(reader, at, stops),
        _ => reader.token(at, stops),
    };
    let Some(token) = token else {
        return reader.limit;
    };
    if token.inner.is_empty() {
        empty(reader, spec, token);
        return token.end();
    }
    let unfits = reader.troubles.unfits;
    if !token.quoted()
        && let Some(end) = unit::apart(reader, spec, token, stops)
    {
        return end;
    }
    check(reader, spec, token);
    if reader.troubles.unfits == unfits {
        pattern::check(reader, spec, token);
    }
    if reader.troubles.unfits == unfits {
        reader.push(spec, token.inner, token.outer);
    }
    token.end()
}

fn check(reader: &mut Reader<'_>, spec: &'static ValueSpec, token: Token) {
    match spec.kind {
        ValueKind::Bool => boolean::check(reader, spec, token),
        ValueKind::Int => number::check_int(reader, spec, token),
        ValueKind::Port => number::check_port(reader, spec, token),
        ValueKind::Enum => words::check_enum(reader, spec, token),
        ValueKind::Duration => duration::check(reader, spec, token),
        ValueKind::Size => size::check(reader, spec, token),
        ValueKind::Rate => rate::check_rate(reader, spec, token),
        ValueKind::DataRate => rate::check_data_rate(reader, spec, token),
        ValueKind::DailyLimit => rate::check_daily_limit(reader, spec, token),
        ValueKind::Ip => address::check_ip(reader, spec, token),
        ValueKind::Cidr => address::check_cidr(reader, spec, token),
        ValueKind::HostName => host::check_host_name(reader, spec, token),
        ValueKind::DomainName => host::check_domain_name(reader, spec, token),
        ValueKind::DomainPattern => host::check_domain_pattern(reader, spec, token),
        ValueKind::MacroItem => host::check_macro_item(reader, spec, token),
        ValueKind::Email => mail::check_email(reader, spec, token),
        ValueKind::LocalPart => mail::check_local_part(reader, spec, token),
        ValueKind::AddressGlob => mail::check_address_glob(reader, spec, token),
        ValueKind::HeaderName => names::check_header_name(reader, spec, token),
        ValueKind::MacroName => names::check_macro_name(reader, spec, token),
        ValueKind::RecordField => names::check_record_field(reader, spec, token),
        ValueKind::Url => url::check_url(reader, spec, token),
        ValueKind::VaultPath => url::check_vault_path(reader, spec, token),
        ValueKind::OpensslList => names::check_openssl_list(reader, spec, token),
        // Whether a name is defined is not a matter of values.
        ValueKind::Ref(kind) => names::check_reference(reader, kind, token),
        // Any token will do.
        ValueKind::Word | ValueKind::Category => {}
        // These are not read as one token.
        ValueKind::String
        | ValueKind::Program
        | ValueKind::Regex
        | ValueKind::Literal(_)
        | ValueKind::InlineSection(_)
        | ValueKind::List { .. }
        | ValueKind::Composite(_)
        | ValueKind::AnyOf(_) => {}
    }
}

/// `""` where it does not clear anything, or nothing at all.
fn empty(reader: &mut Reader<'_>, spec: &'static ValueSpec, token: Token) {
    let name = matches!(spec.kind, ValueKind::Word)
        || matches!(spec.kind, ValueKind::Ref(kind) if kind != ReferenceKind::Queue);
    if token.quoted() && !name {
        return reader.wrong(spec, token.outer);
    }
    if token.quoted() {
        return reader.report(&missing_value::RULE, token.outer, || {
            (
                format!("`\"\"` is empty: {} is needed here.", super::expected(spec)),
                Vec::new(),
            )
        });
    }
    reader.missing(spec, token.end());
}
