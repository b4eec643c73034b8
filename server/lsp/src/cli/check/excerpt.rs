//! The part of a line that is shown with a finding.

use std::ops::Range;

use pmta_analysis::document::Document;
use pmta_analysis::text::TextRange;

use crate::mask::MASK;

/// Characters shown before and behind the wrong part of a long line.
const AROUND: usize = 50;
/// Most characters shown of the wrong part.
const LONGEST: usize = 100;
/// Stands for what is left out.
const CUT: &str = "…";

/// A piece of a line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Excerpt {
    /// Number of the line, from 1.
    pub(crate) line: usize,
    /// What is shown of it.
    pub(crate) text: String,
    /// The wrong part, in bytes of what is shown.
    pub(crate) range: Range<usize>,
}

impl Excerpt {
    /// The line in which a range starts, as far as it is worth showing. Of a range of several lines the
    /// first is shown.
    #[must_use]
    pub(crate) fn new(document: &Document, range: TextRange, secrets: &[TextRange]) -> Self {
        let rope = document.rope();
        let start = rope.byte_to_char((range.start as usize).min(rope.len_bytes()));
        let end = rope.byte_to_char((range.end as usize).min(rope.len_bytes()));
        let line = rope.char_to_line(start);
        let line_start = rope.line_to_char(line);
        let mut line_end = rope.line_to_char(line.saturating_add(1).min(rope.len_lines()));
        while line_end > line_start
            && rope
                .get_char(line_end.saturating_sub(1))
                .is_some_and(|last| matches!(last, '\n' | '\r'))
        {
            line_end = line_end.saturating_sub(1);
        }
        let start = start.min(line_end);
        let end = end
            .clamp(start, line_end)
            .min(start.saturating_add(LONGEST));
        let from = start.saturating_sub(AROUND).max(line_start);
        let to = end.saturating_add(AROUND).min(line_end);

        let byte_of = |character: usize| TextRange::of(rope.char_to_byte(character), 0).start;
        let (first, last) = (byte_of(from), byte_of(to));
        let (wrong_start, wrong_end) = (byte_of(start), byte_of(end));
        let mut text = String::new();
        if from > line_start {
            text.push_str(CUT);
        }
        // Where the wrong part begins and ends in what is shown. What lies in a secret moves to its mask.
        let mut shown = text.len()..text.len();
        let mut at = first;
        for secret in secrets
            .iter()
            .filter(|secret| secret.start < last && first < secret.end)
        {
            let (secret_start, secret_end) = (secret.start.max(at), secret.end.min(last));
            push(
                &mut text,
                document,
                at..secret_start,
                wrong_start,
                wrong_end,
                &mut shown,
            );
            let before = text.len();
            text.push_str(MASK);
            if (secret_start..secret_end).contains(&wrong_start) {
                shown.start = before;
            }
            if secret_start < wrong_end && wrong_end <= secret_end {
                shown.end = text.len();
            }
            at = secret_end;
        }
        push(
            &mut text,
            document,
            at..last,
            wrong_start,
            wrong_end,
            &mut shown,
        );
        if to < line_end {
            text.push_str(CUT);
        }
        shown.end = shown.end.max(shown.start);
        Self {
            line: line.saturating_add(1),
            text,
            range: shown,
        }
    }
}

/// Shows a stretch of the document and notes the ends of the wrong part that lie in it.
fn push(
    text: &mut String,
    document: &Document,
    stretch: Range<u32>,
    wrong_start: u32,
    wrong_end: u32,
    shown: &mut Range<usize>,
) {
    let place = |byte: u32, text: &String| {
        let inside = stretch.start <= byte && byte <= stretch.end;
        inside.then(|| {
            text.len()
                .saturating_add(byte.saturating_sub(stretch.start) as usize)
        })
    };
    if let Some(start) = place(wrong_start, text) {
        shown.start = start;
    }
    if let Some(end) = place(wrong_end, text) {
        shown.end = end;
    }
    text.push_str(&document.slice(stretch.start as usize..stretch.end as usize));
}

#[cfg(test)]
#[allow(
    clippy::single_range_in_vec_init,
    reason = "one secret is a list of one range"
)]
mod tests {
    use super::*;

    /// What is shown, with the wrong part in brackets.
    fn shown(text: &str, range: Range<usize>, secrets: &[Range<usize>]) -> String {
        let secrets: Vec<_> = secrets
            .iter()
            .map(|it| TextRange::of(it.start, it.end))
            .collect();
        let excerpt = Excerpt::new(
            &Document::new(text),
            TextRange::of(range.start, range.end),
            &secrets,
        );
        let mut shown = excerpt.text;
        shown.insert(excerpt.range.end, ']');
        shown.insert(excerpt.range.start, '[');
        format!("{} {shown}", excerpt.line)
    }

    #[test]
    fn the_line_is_shown_without_its_end() {
        assert_eq!(shown("a\nretry x\r\nb", 8..9, &[]), "2 retry [x]");
        assert_eq!(shown("retry x\r\nb c", 6..11, &[]), "1 retry [x]");
        assert_eq!(shown("retry", 5..5, &[]), "1 retry[]");
        assert_eq!(shown("", 0..0, &[]), "1 []");
        assert_eq!(shown("é x", 3..4, &[]), "1 é [x]");
    }

    #[test]
    fn secrets_are_masked_and_the_wrong_part_moves_along() {
        assert_eq!(
            shown("password hunter2 more x", 22..23, &[9..16]),
            "1 password •••• more [x]"
        );
        assert_eq!(
            shown("password hunter2 more", 9..16, &[9..16]),
            "1 password [••••] more"
        );
        assert_eq!(
            shown("password hunter2 more", 12..21, &[9..16]),
            "1 password [•••• more]"
        );
        assert_eq!(
            shown("password hunter2", 0..8, &[9..16]),
            "1 [password] ••••"
        );
        assert_eq!(
            shown("password hunter2", 0..16, &[9..16]),
            "1 [password ••••]"
        );
        assert_eq!(
            shown("password hunter2", 16..16, &[9..16]),
            "1 password ••••[]"
        );
    }

    #[test]
    fn long_lines_are_cut_around_the_wrong_part() {
        let text = format!("{} x {}", "a".repeat(5_000), "b".repeat(5_000));
        let shown = shown(&text, 5_001..5_002, &[]);
        assert_eq!(
            shown,
            format!("1 …{} [x] {}…", "a".repeat(49), "b".repeat(49))
        );
        let excerpt = Excerpt::new(&Document::new(&text), TextRange::of(0, 10_000), &[]);
        assert!(excerpt.text.chars().count() <= 152, "{}", excerpt.text);
    }
}
