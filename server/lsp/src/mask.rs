//! Secrets made unreadable.

use pmta_analysis::diagnostics::Finding;
use pmta_analysis::document::Document;
use pmta_analysis::secrets::Secrets;
use pmta_analysis::text::TextRange;

pub use pmta_analysis::secrets::MASK;

/// The sentence without the secrets, and without the pieces of them that it quotes.
#[must_use]
pub fn sentence(sentence: &str, secrets: &[&str]) -> String {
    let mut masked = String::with_capacity(sentence.len());
    for (index, piece) in sentence.split('`').enumerate() {
        if index > 0 {
            masked.push('`');
        }
        let is_quoted = index % 2 == 1;
        let quoted = piece.trim_end_matches('…');
        if is_quoted && secrets.iter().any(|secret| is_piece_of(quoted, secret)) {
            masked.push_str(MASK);
        } else {
            masked.push_str(piece);
        }
    }
    for secret in secrets {
        for form in [secret.trim(), secret.trim().trim_matches('"')] {
            // What is too short to be told from other text is only hidden where it is quoted.
            if form.chars().count() > 3 {
                masked = masked.replace(form, MASK);
            }
        }
    }
    masked
}

/// Whether a quotation gives away the secret or a piece of it. A lone sign, such as the `#` of a
/// comment, gives away nothing unless it is all there is.
fn is_piece_of(quoted: &str, secret: &str) -> bool {
    let secret = secret.trim();
    quoted == secret || (quoted.contains(char::is_alphanumeric) && secret.contains(quoted))
}

/// Takes the secrets out of the finding's sentences. The secrets of its lines.
pub fn hide_secrets(
    document: &Document,
    finding: &mut Finding,
    secrets: &mut Secrets<'_>,
) -> Vec<TextRange> {
    let mut found = secrets.within(lines_around(document, finding.range));
    for related in finding.related.iter().filter(|it| it.file.is_none()) {
        found.extend(secrets.within(lines_around(document, related.range)));
    }
    found.sort_unstable();
    found.dedup();
    if found.is_empty() {
        return found;
    }
    let texts: Vec<String> = found
        .iter()
        .map(|secret| document.slice(secret.as_usize()))
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    finding.message = sentence(&finding.message, &texts);
    for fix in &mut finding.fixes {
        fix.title = sentence(&fix.title, &texts);
    }
    for related in &mut finding.related {
        related.message = sentence(&related.message, &texts);
    }
    found
}

/// The range, made longer to whole lines.
#[must_use]
pub fn lines_around(document: &Document, range: TextRange) -> TextRange {
    let rope = document.rope();
    let line_of = |byte: u32| rope.byte_to_line((byte as usize).min(rope.len_bytes()));
    let start = rope.line_to_byte(line_of(range.start));
    let end = rope.line_to_byte(line_of(range.end).saturating_add(1).min(rope.len_lines()));
    TextRange::of(start, end)
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn secrets_and_their_pieces_are_hidden() {
        let secrets = ["\"hunter2 xyz\""];
        assert_eq!(
            sentence("`hunter2` is no key: write `api-key KEY`.", &secrets),
            "`••••` is no key: write `api-key KEY`."
        );
        assert_eq!(sentence("hunter2 xyz is wrong", &secrets), "•••• is wrong");
        assert_eq!(sentence("`hunter2 x…` is cut", &secrets), "`••••` is cut");
        assert_eq!(sentence("a `b`", &[]), "a `b`");
        assert_eq!(sentence("`x` is a word", &["x"]), "`••••` is a word");
        assert_eq!(
            sentence("The `#` ends it", &[" HERE ##"]),
            "The `#` ends it"
        );
    }
}
