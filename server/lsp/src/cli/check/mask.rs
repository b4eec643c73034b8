//! Secrets made unreadable.

/// What is shown in place of a secret, whatever its length.
pub(crate) const MASK: &str = "••••";

/// The sentence without the secrets, and without the pieces of them that it quotes.
#[must_use]
pub(crate) fn sentence(sentence: &str, secrets: &[&str]) -> String {
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
        assert_eq!(sentence("The `#` ends it", &[" HERE ##"]), "The `#` ends it");
    }
}
