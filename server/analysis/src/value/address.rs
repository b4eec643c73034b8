//! Addresses and address ranges.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::reader::{Reader, Stops, Token};
use super::report::quote;
use super::words;
use crate::catalog::ValueSpec;
use crate::diagnostics::{Fix, Safety, invalid_value};
use crate::text::TextRange;

/// The token at `at`. A colon both belongs to an address and joins a port to it: the last one is the
/// port's where a port must follow, or where the text is no address otherwise.
pub(super) fn token(reader: &mut Reader<'_>, at: usize, stops: Stops) -> Option<Token> {
    let token = reader.token(at, stops.without(':'))?;
    let text = reader.slice(token.inner);
    if token.quoted() || !stops.has(b':') {
        return Some(token);
    }
    let is_whole = !stops.port_follows && text.parse::<Ipv6Addr>().is_ok();
    let Some(colon) = text.rfind(':').filter(|_| !is_whole) else {
        return Some(token);
    };
    // `[::1` … `]`: the colon is not the port's.
    if text.get(colon..).is_some_and(|after| after.contains(']')) {
        return Some(token);
    }
    let bare = token.part(0, colon);
    Some(Token {
        inner: bare,
        outer: bare,
    })
}

pub(super) fn check_ip(reader: &mut Reader<'_>, spec: &'static ValueSpec, token: Token) {
    address(reader, spec, token, token.inner);
}

/// Checks the address in `range`; whether it is one.
fn address(
    reader: &mut Reader<'_>,
    spec: &'static ValueSpec,
    token: Token,
    range: TextRange,
) -> bool {
    let text = reader.slice(range);
    if text.parse::<Ipv4Addr>().is_ok() || text.parse::<Ipv6Addr>().is_ok() {
        return true;
    }
    if let Some(inside) = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'))
        && (inside.parse::<Ipv4Addr>().is_ok() || inside.parse::<Ipv6Addr>().is_ok())
    {
        reader.report(&invalid_value::RULE, range, || {
            let fix = Fix::replace(format!("Write `{inside}`"), Safety::Safe, range, inside);
            (
                format!("The address is written without brackets here: `{inside}`."),
                vec![fix],
            )
        });
        return false;
    }
    if looks_like_v4(text) {
        octets(reader, spec, range, text.split('.').count() == 4);
        return false;
    }
    if text.eq_ignore_ascii_case("localhost") {
        reader.report(&invalid_value::RULE, range, || {
            let fix = Fix::replace("Write `127.0.0.1`", Safety::Unsafe, range, "127.0.0.1");
            (
                "An address is needed here, not a name: `127.0.0.1` is this host.".into(),
                vec![fix],
            )
        });
        return false;
    }
    if range == token.inner {
        words::wrong(reader, spec, token);
    } else {
        reader.wrong(spec, range);
    }
    false
}

fn looks_like_v4(text: &str) -> bool {
    text.contains('.')
        && text
            .split('.')
            .all(|octet| octet.bytes().all(|sign| sign.is_ascii_digit()))
}

/// Reports the first wrong octet in `range`, or a wrong number of octets.
fn octets(
    reader: &mut Reader<'_>,
    spec: &'static ValueSpec,
    range: TextRange,
    complete: bool,
) -> bool {
    let text = reader.slice(range);
    let mut start = 0usize;
    for octet in text.split('.') {
        let end = start.saturating_add(octet.len());
        let wrong = octet.parse::<u8>().is_err() || (octet.len() > 1 && octet.starts_with('0'));
        if wrong && !octet.is_empty() {
            let part = TextRange::of(start, end).shifted(range.start);
            reader.report(&invalid_value::RULE, part, || {
                let message = format!(
                    "{} is no part of an address: the numbers go from 0 to 255, without leading \
                     zeros.",
                    quote(octet)
                );
                (message, Vec::new())
            });
            return false;
        }
        if octet.is_empty() {
            reader.wrong(spec, range);
            return false;
        }
        start = end.saturating_add(1);
    }
    if !complete {
        reader.wrong(spec, range);
    }
    complete
}

pub(super) fn check_cidr(reader: &mut Reader<'_>, spec: &'static ValueSpec, token: Token) {
    let text = reader.slice(token.inner);
    if text.parse::<Ipv4Addr>().is_ok() || text.parse::<Ipv6Addr>().is_ok() {
        return;
    }
    if let Some(wildcard) = wildcard(text) {
        return reader.report(&invalid_value::RULE, token.inner, || {
            let title = format!("Write `{wildcard}`");
            let fix = Fix::replace(title, Safety::Safe, token.inner, &wildcard);
            (
                format!("A range has no `*`: {} is `{wildcard}`.", quote(text)),
                vec![fix],
            )
        });
    }
    if let Some((first, last)) = text.split_once('-')
        && first.parse::<Ipv4Addr>().is_ok()
        && (last.parse::<Ipv4Addr>().is_ok() || last.parse::<u8>().is_ok())
    {
        // In use, though documented nowhere.
        return;
    }
    let Some((prefix, bits)) = text.split_once('/') else {
        address(reader, spec, token, token.inner);
        return;
    };
    if prefix.is_empty() {
        return words::wrong(reader, spec, token);
    }
    let prefix_range = token.part(0, prefix.len());
    let v6 = prefix.contains(':');
    if v6 {
        if prefix.parse::<Ipv6Addr>().is_err() {
            address(reader, spec, token, prefix_range);
            return;
        }
    } else if looks_like_v4(prefix) || prefix.bytes().all(|sign| sign.is_ascii_digit()) {
        let count = prefix.split('.').count();
        if !octets(reader, spec, prefix_range, (1..=4).contains(&count)) {
            return;
        }
    } else {
        address(reader, spec, token, prefix_range);
        return;
    }
    let most = if v6 { 128 } else { 32 };
    if bits.bytes().all(|sign| sign.is_ascii_digit())
        && bits.parse::<u32>().is_ok_and(|bits| bits <= most)
    {
        return;
    }
    wrong_bits(reader, token, prefix.len(), bits, most);
}

fn wrong_bits(reader: &mut Reader<'_>, token: Token, slash: usize, bits: &str, most: u32) {
    let after = slash.saturating_add(1);
    let range = token.from(if bits.is_empty() { slash } else { after });
    reader.report(&invalid_value::RULE, range, || {
        let fix = bits_of_mask(bits).map(|count| {
            Fix::replace(
                format!("Write `{count}`"),
                Safety::Safe,
                range,
                count.to_string(),
            )
        });
        let message =
            format!("The length of a range is a number of bits from 0 to {most}, as in `/24`.");
        (message, fix.into_iter().collect())
    });
}

/// The length of a netmask such as `255.255.255.0`.
fn bits_of_mask(mask: &str) -> Option<u32> {
    let mask = u32::from(mask.parse::<Ipv4Addr>().ok()?);
    let bits = mask.leading_ones();
    (bits == mask.count_ones()).then_some(bits)
}

/// `10.1/16` for `10.1.*` and `10.1.*.*`.
fn wildcard(text: &str) -> Option<String> {
    let fixed = text.trim_end_matches(".*");
    if fixed.len() == text.len() || text.split('.').count() > 4 {
        return None;
    }
    let octets: Vec<u8> = fixed
        .split('.')
        .map(str::parse)
        .collect::<Result<_, _>>()
        .ok()?;
    let bits = octets.len().checked_mul(8)?;
    Some(format!("{fixed}/{bits}"))
}

/// The range in words: `10.0.0.0 to 10.255.255.255, 16777216 addresses`.
pub(super) fn describe(text: &str) -> Option<String> {
    let Some((prefix, bits)) = text.split_once('/') else {
        return describe_span(text).or_else(|| describe_address(text));
    };
    if let Ok(first) = prefix.parse::<Ipv6Addr>() {
        let bits = bits.parse::<u32>().ok().filter(|&bits| bits <= 128)?;
        let mask = u128::MAX
            .checked_shl(128u32.saturating_sub(bits))
            .unwrap_or(0);
        let first = u128::from(first) & mask;
        let last = Ipv6Addr::from(first | !mask);
        return Some(match bits {
            128 => format!("the address {last}"),
            0 => "all IPv6 addresses".to_owned(),
            _ => format!("{} to {last}", Ipv6Addr::from(first)),
        });
    }
    let mut octets = [0u8; 4];
    let mut given = prefix.split('.');
    for octet in &mut octets {
        match given.next() {
            Some(text) => *octet = text.parse().ok()?,
            None => break,
        }
    }
    let bits = bits.parse::<u32>().ok().filter(|&bits| bits <= 32)?;
    let length = 32u32.saturating_sub(bits);
    let mask = u32::MAX.checked_shl(length).unwrap_or(0);
    let first = u32::from(Ipv4Addr::from(octets)) & mask;
    let last = Ipv4Addr::from(first | !mask);
    let count = 1u64.checked_shl(length)?;
    match bits {
        32 => Some(format!("the address {last}")),
        0 => Some("all IPv4 addresses".to_owned()),
        _ => Some(format!(
            "{} to {last}, {count} addresses",
            Ipv4Addr::from(first)
        )),
    }
}

/// `192.0.2.1-192.0.2.9`, or `192.0.2.1-9`.
fn describe_span(text: &str) -> Option<String> {
    let (first, last) = text.split_once('-')?;
    let first = first.parse::<Ipv4Addr>().ok()?;
    let [a, b, c, _] = first.octets();
    let last = match last.parse::<u8>() {
        Ok(octet) => Ipv4Addr::from([a, b, c, octet]),
        Err(_) => last.parse().ok()?,
    };
    let count = u64::from(u32::from(last).checked_sub(u32::from(first))?).saturating_add(1);
    Some(format!("{first} to {last}, {count} addresses"))
}

fn describe_address(text: &str) -> Option<String> {
    if let Ok(address) = text.parse::<Ipv4Addr>() {
        return Some(match () {
            () if address.is_loopback() => "this host (IPv4 loopback)".to_owned(),
            () if address.is_unspecified() => "any IPv4 address of this host".to_owned(),
            () if address.is_private() => format!("the private IPv4 address {address}"),
            () => format!("the IPv4 address {address}"),
        });
    }
    let address = text.parse::<Ipv6Addr>().ok()?;
    Some(match () {
        () if address.is_loopback() => "this host (IPv6 loopback)".to_owned(),
        () if address.is_unspecified() => "any IPv6 address of this host".to_owned(),
        () => format!("the IPv6 address {address}"),
    })
}
