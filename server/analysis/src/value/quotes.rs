//! Double quotes and what may be escaped inside them.

use std::borrow::Cow;

/// The text that a value in double quotes stands for; other text as it is.
///
/// `\"` is a quote and `\\` a backslash. A backslash before anything else stays, as Windows paths are
/// written in quotes with single and with doubled backslashes.
#[must_use]
pub fn unquote(text: &str) -> Cow<'_, str> {
    let Some(inner) = text.strip_prefix('"') else {
        return Cow::Borrowed(text);
    };
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    if !inner.contains('\\') {
        return Cow::Borrowed(inner);
    }
    let mut plain = String::with_capacity(inner.len());
    let mut signs = inner.chars().peekable();
    while let Some(sign) = signs.next() {
        let escaped = (sign == '\\').then(|| signs.next_if(|next| matches!(next, '"' | '\\')));
        plain.push(escaped.flatten().unwrap_or(sign));
    }
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::unquote;

    #[test]
    fn only_quotes_and_backslashes_are_escaped() {
        for (text, plain) in [
            ("abc", "abc"),
            ("\"a b\"", "a b"),
            (r#""""#, ""),
            (r#""say \"hi\"""#, r#"say "hi""#),
            (r#""c:\\my dir\\x""#, r"c:\my dir\x"),
            (r#""c:\pmta\x""#, r"c:\pmta\x"),
            (r"c:\pmta\x", r"c:\pmta\x"),
            ("\"", ""),
            ("\"open", "open"),
        ] {
            assert_eq!(unquote(text), plain, "{text}");
        }
    }
}
