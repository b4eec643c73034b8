//! Perl-compatible expressions between slashes.

use std::cell::RefCell;

use pcre2::bytes::RegexBuilder;
use rustc_hash::FxHashSet;

use super::reader::{Reader, Stops};
use super::report::quote;
use crate::catalog::ValueSpec;
use crate::diagnostics::{
    Edit, Fix, Safety, invalid_regex, invalid_value, regex_cut_by_comment, regex_flags,
    regex_limit, unclosed_regex,
};
use crate::text::TextRange;

/// Longest expression that is compiled.
const LONGEST: usize = 32 * 1024;

/// Expressions that are remembered, and the longest of them.
const MOST_KNOWN: usize = 256;
const LONGEST_KNOWN: usize = 256;

/// Codes by which PCRE2 says that an expression is too much for it: nested too deep, too large, out
/// of memory, too complicated, too long.
const LIMITS: [i32; 5] = [119, 120, 121, 186, 188];

/// Reads the expression at `at` and gives the position after it.
pub(super) fn read(
    reader: &mut Reader<'_>,
    spec: &'static ValueSpec,
    at: usize,
    stops: Stops,
) -> usize {
    if reader.byte(at) != Some(b'/') {
        return not_in_slashes(reader, spec, at, stops);
    }
    let Some(first) = next_slash(reader, at) else {
        unclosed(reader, at);
        return reader.limit;
    };
    let Some((close, flags_end)) = closing(reader, first, stops) else {
        // Whatever follows the slash is for the caller to judge.
        return finish(reader, spec, at, first);
    };
    if close > first {
        inner_slashes(reader, first, close);
        return close.saturating_add(1);
    }
    finish(reader, spec, at, close);
    if flags_end > close.saturating_add(1) {
        flags(
            reader,
            at,
            TextRange::of(close.saturating_add(1), flags_end),
        );
    }
    flags_end
}

fn not_in_slashes(
    reader: &mut Reader<'_>,
    spec: &'static ValueSpec,
    at: usize,
    stops: Stops,
) -> usize {
    let Some(token) = reader.token(at, stops) else {
        return reader.limit;
    };
    let text = reader.slice(token.inner);
    if text.is_empty() {
        reader.missing(spec, at);
        return token.end();
    }
    // Any value may stand in quotes.
    let is_whole = text.len() > 1 && text.starts_with('/') && text.ends_with('/');
    if token.quoted() && is_whole {
        let inner = token.inner.as_usize();
        finish(reader, spec, inner.start, inner.end.saturating_sub(1));
        return token.end();
    }
    reader.report(&invalid_value::RULE, token.outer, || {
        let inside = text.strip_suffix('/').unwrap_or(text);
        let right = format!("/{}/", inside.replace('/', "\\/"));
        let fix = Fix::replace(
            format!("Write `{right}`"),
            Safety::Unsafe,
            token.outer,
            &right,
        );
        (
            format!("{} is not {}.", quote(text), super::expected(spec)),
            vec![fix],
        )
    });
    token.end()
}

/// The next slash after `at` that no backslash precedes.
/// The position after the expression at `at`; none if it is not closed.
pub(super) fn end_of_expression(reader: &Reader<'_>, at: usize, stops: Stops) -> Option<usize> {
    let first = next_slash(reader, at)?;
    let end = closing(reader, first, stops).map(|(_, flags_end)| flags_end);
    Some(end.unwrap_or_else(|| first.saturating_add(1)))
}

fn next_slash(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let mut at = at.saturating_add(1);
    loop {
        match reader.byte(at)? {
            b'/' => return Some(at),
            b'\\' => at = at.saturating_add(2),
            _ => at = at.saturating_add(1),
        }
    }
}

/// The slash that ends the expression, and where flags after it end.
fn closing(reader: &Reader<'_>, first: usize, stops: Stops) -> Option<(usize, usize)> {
    let mut slash = first;
    loop {
        let after = slash.saturating_add(1);
        if reader.is_boundary(after, stops) {
            return Some((slash, after));
        }
        let rest = reader.rest_from(after).bytes();
        let count = rest.take_while(|sign| b"imsxugADUX".contains(sign)).count();
        let flags_end = after.saturating_add(count);
        if (1..=4).contains(&count) && reader.is_boundary(flags_end, stops) {
            return Some((slash, flags_end));
        }
        slash = next_slash(reader, slash)?;
    }
}

fn unclosed(reader: &mut Reader<'_>, at: usize) {
    let range = TextRange::of(at, reader.limit);
    if reader.context.cut_by_comment {
        return reader.report(&regex_cut_by_comment::RULE, range, || {
            let message = "The `#` after this begins a comment and cuts the expression off: \
                           write it as `\\x23`.";
            (message.to_owned(), Vec::new())
        });
    }
    // What follows the expression in a rule is told from it by its sign, as in `mode=backoff`.
    let text = reader.slice(range);
    let last = text
        .rsplit_once([' ', '\t'])
        .filter(|(_, word)| word.contains('='));
    let end = last.map_or(range.end, |(expression, _)| {
        range
            .start
            .saturating_add(TextRange::of(0, expression.len()).end)
    });
    reader.report(&unclosed_regex::RULE, range, || {
        let end = TextRange::empty(end);
        let fix = Fix::replace("Insert the closing slash", Safety::Alternative, end, "/");
        (
            "The expression has no closing `/` on this line.".to_owned(),
            vec![fix],
        )
    });
}

/// Reports slashes inside the expression, from `first` to before `close`.
fn inner_slashes(reader: &mut Reader<'_>, first: usize, close: usize) {
    let mut slashes = Vec::new();
    let mut slash = Some(first);
    while let Some(at) = slash.filter(|&at| at < close) {
        slashes.push(TextRange::empty(TextRange::of(at, at).start));
        slash = next_slash(reader, at);
    }
    let range = TextRange::of(first, first.saturating_add(1));
    reader.report(&invalid_value::RULE, range, || {
        let mut fix = Fix::replace("Write `\\/`", Safety::Safe, range, "\\/");
        fix.edits = slashes
            .into_iter()
            .map(|range| Edit {
                range,
                text: "\\".to_owned(),
            })
            .collect();
        let message = "A slash ends the expression: inside it is written `\\/`.".to_owned();
        (message, vec![fix])
    });
}

fn flags(reader: &mut Reader<'_>, open: usize, range: TextRange) {
    let text = reader.slice(range);
    reader.report(&regex_flags::RULE, range, || {
        let mut fix = Fix::replace(format!("Delete `{text}`"), Safety::Safe, range, "");
        // Case is ignored anyway, and there is but one match; the others change what matches.
        let kept: String = text
            .chars()
            .filter(|flag| "msxUJ".contains(*flag))
            .collect();
        if !kept.is_empty() {
            let start = TextRange::empty(TextRange::of(open, open).start.saturating_add(1));
            fix.title = format!("Write `(?{kept})` inside the expression");
            fix.edits.insert(
                0,
                Edit {
                    range: start,
                    text: format!("(?{kept})"),
                },
            );
        }
        let message = "No flags may follow the closing slash; case is ignored without one.";
        (message.to_owned(), vec![fix])
    });
}

/// Compiles the expression between the slashes and gives the position after it.
fn finish(reader: &mut Reader<'_>, spec: &'static ValueSpec, open: usize, close: usize) -> usize {
    let inner = TextRange::of(open.saturating_add(1), close);
    let outer = TextRange::of(open, close.saturating_add(1));
    let end = outer.as_usize().end;
    let text = reader.slice(inner);
    if text.len() > LONGEST {
        too_large(reader, outer);
    } else if !text.is_empty()
        && let Err(error) = compiles(text)
    {
        if LIMITS.contains(&error.code()) {
            too_large(reader, outer);
        } else {
            refused(reader, inner, &error);
            return end;
        }
    }
    reader.push(spec, inner, outer);
    end
}

/// Whether an expression compiles. Those that do are remembered for a while: a configuration says the same
/// many times, and at each key it is asked again.
fn compiles(text: &str) -> Result<(), pcre2::Error> {
    thread_local! {
        static KNOWN: RefCell<FxHashSet<Box<str>>> = RefCell::default();
    }
    KNOWN.with_borrow_mut(|known| {
        if !known.contains(text) {
            RegexBuilder::new().caseless(true).utf(true).build(text)?;
            if text.len() <= LONGEST_KNOWN {
                if known.len() >= MOST_KNOWN {
                    known.clear();
                }
                known.insert(text.into());
            }
        }
        Ok(())
    })
}

fn too_large(reader: &mut Reader<'_>, range: TextRange) {
    reader.report(&regex_limit::RULE, range, || {
        (
            "The expression is too large to be checked.".to_owned(),
            Vec::new(),
        )
    });
}

fn refused(reader: &mut Reader<'_>, inner: TextRange, error: &pcre2::Error) {
    let pattern = reader.slice(inner);
    let at = wrong_sign(pattern, error);
    let length = pattern
        .get(at..)
        .and_then(|rest| rest.chars().next())
        .map_or(0, char::len_utf8);
    let range = TextRange::of(at, at.saturating_add(length)).shifted(inner.start);
    reader.report(&invalid_regex::RULE, range, || {
        (
            format!("The expression is not valid: {}.", reason(error)),
            Vec::new(),
        )
    });
}

/// Where the sign stands that PCRE2 stumbles over.
fn wrong_sign(pattern: &str, error: &pcre2::Error) -> usize {
    if let 106 | 114 = error.code()
        && let Some(open) = unclosed_bracket(pattern, error.code() == 106)
    {
        return open;
    }
    let offset = error.offset().unwrap_or(0).min(pattern.len());
    if pattern
        .get(offset..)
        .is_some_and(|rest| error.code() == 122 && rest.starts_with(')'))
    {
        return offset;
    }
    // Otherwise the offset is that of the sign after the wrong one.
    let before = pattern.get(..offset).unwrap_or(pattern);
    before.char_indices().next_back().map_or(0, |(at, _)| at)
}

/// The bracket that is left open: that of the class, or the innermost round one.
fn unclosed_bracket(pattern: &str, class: bool) -> Option<usize> {
    let mut open = Vec::new();
    let mut class_at = None;
    let mut signs = pattern.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '\\' => {
                signs.next();
            }
            '[' if class_at.is_none() => {
                class_at = Some(at);
                // A bracket that directly follows stands for itself.
                signs.next_if(|&(_, next)| next == '^');
                signs.next_if(|&(_, next)| next == ']');
            }
            ']' => class_at = None,
            '(' if class_at.is_none() => open.push(at),
            ')' if class_at.is_none() => {
                open.pop();
            }
            _ => {}
        }
    }
    if class { class_at } else { open.pop() }
}

/// What PCRE2 says, as the second half of a sentence.
fn reason(error: &pcre2::Error) -> String {
    let known = match error.code() {
        101 => "a backslash stands at the end",
        103 => "this sign cannot follow a backslash",
        104 => "the numbers in the braces are in the wrong order",
        105 => "the number in the braces is too large",
        106 => "the class is not closed by `]`",
        107 => "this escape cannot stand in a class",
        108 => "the range in the class runs backwards",
        109 => "there is nothing before this sign that it could repeat",
        111 => "this sign cannot follow `(?`",
        112 => "a class such as `[:digit:]` must stand in another pair of square brackets",
        114 => "the bracket is not closed by `)`",
        115 => "it refers to a group that does not exist",
        122 => "the bracket was never opened",
        125 => "the text looked for behind must have a fixed length",
        130 => "there is no class of this name",
        150 => "the range in the class is not one of signs",
        _ => {
            let text = error.to_string();
            let said = text
                .split_once("offset ")
                .and_then(|(_, said)| said.split_once(": "));
            return said
                .map_or(text.as_str(), |(_, said)| said)
                .trim_end_matches('.')
                .to_owned();
        }
    };
    known.to_owned()
}
