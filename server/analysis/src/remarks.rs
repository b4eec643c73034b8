//! Comments that speak to this program: `# pmta-ls: …`.

use crate::catalog::Place;
use crate::policy::Selector;
use crate::text::TextRange;

/// What such a comment begins with, behind its sign.
const ADDRESS: &str = "pmta-ls";

/// The forms that are understood.
const FORMS: &str =
    "`ignore[CODE]`, `ignore-file[CODE]`, `place=SECTION`, `format off` and `format on`";

/// A comment that speaks to this program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// All of the comment.
    pub range: TextRange,
    /// What it says.
    pub order: Order,
}

/// What a comment tells this program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// Findings of these codes and groups are not reported in the line.
    Ignore(Vec<TextRange>),
    /// Findings of these codes and groups are not reported in the file.
    IgnoreFile(Vec<TextRange>),
    /// The section in which the lines of the file stand, or that formatting begins or ends here.
    Other,
    /// Nothing that is understood.
    Malformed(Malformed),
}

/// What is wrong with a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// The wrong part.
    pub range: TextRange,
    /// What is wrong and what is right.
    pub message: String,
    /// The comment as it was meant, where that is plain.
    pub corrected: Option<String>,
}

impl Remark {
    /// Reads a comment; none: it does not speak to this program. Ranges are from the comment's start.
    #[must_use]
    pub fn read(comment: &str) -> Option<Self> {
        let mut reader = Reader {
            comment,
            at: comment.strip_prefix('#').map(|_| 1)?,
        };
        reader.skip_blanks();
        let address = reader.rest().get(..ADDRESS.len())?;
        if !address.eq_ignore_ascii_case(ADDRESS) {
            return None;
        }
        let is_address_right = address == ADDRESS;
        let address_at = reader.at;
        reader.skip(ADDRESS.len());
        let has_colon = reader.rest().starts_with(':');
        reader.skip(usize::from(has_colon));
        reader.skip_blanks();
        if !has_colon
            && !reader.rest().starts_with("ignore[")
            && !reader.rest().starts_with("ignore-file[")
        {
            return None;
        }
        let order = if is_address_right && has_colon {
            reader.order()
        } else {
            Order::Malformed(Malformed {
                range: TextRange::of(address_at, reader.at),
                message: format!("A comment for pmta-ls begins with `# {ADDRESS}:`."),
                corrected: Some(format!("# {ADDRESS}: {}", reader.rest())),
            })
        };
        Some(Self {
            range: TextRange::of(0, comment.len()),
            order,
        })
    }

    /// The remark, moved right by `by` bytes.
    #[must_use]
    pub fn shifted(mut self, by: u32) -> Self {
        self.range = self.range.shifted(by);
        match &mut self.order {
            Order::Ignore(codes) | Order::IgnoreFile(codes) => {
                for code in codes {
                    *code = code.shifted(by);
                }
            }
            Order::Malformed(malformed) => malformed.range = malformed.range.shifted(by),
            Order::Other => {}
        }
        self
    }
}

/// A comment that is read from left to right.
struct Reader<'a> {
    comment: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.comment.get(self.at..).unwrap_or_default()
    }

    fn skip(&mut self, bytes: usize) {
        self.at = self.at.saturating_add(bytes);
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.skip(rest.len().saturating_sub(rest.trim_start().len()));
    }

    /// A word of letters and hyphens.
    fn word(&mut self) -> &'a str {
        let rest = self.rest();
        let is_other = |sign: char| !(sign.is_ascii_alphanumeric() || sign == '-');
        let word = rest
            .get(..rest.find(is_other).unwrap_or(rest.len()))
            .unwrap_or_default();
        self.skip(word.len());
        word
    }

    fn order(mut self) -> Order {
        let start = self.at;
        let word = self.word();
        let order = TextRange::of(start, self.at);
        match word {
            "ignore" => self.codes(word, order, Order::Ignore),
            "ignore-file" => self.codes(word, order, Order::IgnoreFile),
            "place" => self.places(order),
            "format" => self.format(order),
            _ => {
                let word = self.rest().split_whitespace().next().unwrap_or_default();
                let range = TextRange::of(start, self.at.saturating_add(word.len()));
                malformed(range, format!("pmta-ls understands {FORMS} here."), None)
            }
        }
    }

    /// `[code, code]`
    fn codes(
        mut self,
        word: &str,
        order: TextRange,
        as_order: fn(Vec<TextRange>) -> Order,
    ) -> Order {
        let head = self.comment.get(..self.at).unwrap_or_default();
        let list = self.rest();
        let closed = list
            .strip_prefix('[')
            .and_then(|inside| inside.split_once(']'));
        if let Some((inside, _)) = closed {
            self.skip(1);
            let codes = self.list(inside);
            if !codes.is_empty() {
                return as_order(codes);
            }
        }
        let is_mark = |sign: char| matches!(sign, '[' | ']' | '(' | ')' | ':' | '=') || sign == ' ';
        let words: Vec<&str> = list
            .trim_matches(is_mark)
            .split([',', ' '])
            .filter(|word| !word.is_empty())
            .collect();
        let are_codes = words.iter().all(|word| Selector::named(word).is_some());
        let corrected =
            (!words.is_empty() && are_codes).then(|| format!("{head}[{}]", words.join(", ")));
        let message = format!("The codes to ignore stand in brackets: `{word}[CODE, CODE]`.");
        malformed(order, message, corrected)
    }

    /// `=section,section`
    fn places(mut self, order: TextRange) -> Order {
        let Some(list) = self.rest().strip_prefix('=') else {
            let head = self.comment.get(..order.end as usize).unwrap_or_default();
            let list = self.rest().trim_start_matches([' ', '=', ':']);
            let are_places = list
                .split(',')
                .all(|name| Place::named(name.trim()).is_some());
            let corrected = are_places.then(|| format!("{head}={list}"));
            let message =
                "The section in which the lines of this file stand is written `place=SECTION`.";
            return malformed(order, message.to_owned(), corrected);
        };
        self.skip(1);
        let names = self.list(list);
        let unknown = names
            .iter()
            .find(|name| Place::named(name.slice(self.comment)).is_none());
        match unknown {
            None if !names.is_empty() => Order::Other,
            None => malformed(order, "Name the section behind `place=`.".to_owned(), None),
            Some(name) => {
                let message = format!(
                    "There is no section `{}`: write the name of a section or `global`.",
                    name.slice(self.comment)
                );
                malformed(*name, message, None)
            }
        }
    }

    /// `off` or `on`
    fn format(self, order: TextRange) -> Order {
        match self.rest().split_whitespace().next() {
            Some("off" | "on") => Order::Other,
            _ => malformed(order, "Write `format off` or `format on`.".to_owned(), None),
        }
    }

    /// The words of a list with commas, which begins here.
    fn list(&self, list: &str) -> Vec<TextRange> {
        let mut start = self.at;
        let mut words = Vec::new();
        for part in list.split(',') {
            let word = part.trim();
            let blanks = part.len().saturating_sub(part.trim_start().len());
            let from = start.saturating_add(blanks);
            if !word.is_empty() {
                words.push(TextRange::of(from, from.saturating_add(word.len())));
            }
            start = start.saturating_add(part.len()).saturating_add(1);
        }
        words
    }
}

fn malformed(range: TextRange, message: String, corrected: Option<String>) -> Order {
    Order::Malformed(Malformed {
        range,
        message,
        corrected,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a comment says: the order, with the codes or the wrong part.
    fn read(comment: &str) -> String {
        let Some(remark) = Remark::read(comment) else {
            return "-".to_owned();
        };
        let codes = |codes: &[TextRange]| -> String {
            let codes: Vec<&str> = codes.iter().map(|code| code.slice(comment)).collect();
            codes.join("|")
        };
        match &remark.order {
            Order::Ignore(found) => format!("line {}", codes(found)),
            Order::IgnoreFile(found) => format!("file {}", codes(found)),
            Order::Other => "other".to_owned(),
            Order::Malformed(wrong) => {
                let corrected = wrong.corrected.as_deref().unwrap_or("?");
                format!("{} -> {corrected}", wrong.range.slice(comment))
            }
        }
    }

    #[test]
    fn forms() {
        for (comment, says) in [
            ("# a comment", "-"),
            ("# pmta-ls is a program", "-"),
            ("# see pmta-ls: ignore[values]", "-"),
            ("## pmta-ls: ignore[values]", "-"),
            ("#", "-"),
            ("# pmta-lé", "-"),
            ("# pmta-ls: ignore[value-case]", "line value-case"),
            ("#pmta-ls:ignore[ a , b ] because", "line a|b"),
            ("# pmta-ls: ignore-file[values,]", "file values"),
            ("# pmta-ls: place=domain, virtual-mta", "other"),
            ("# pmta-ls: format off", "other"),
            ("# pmta-ls: format on from here", "other"),
        ] {
            assert_eq!(read(comment), says, "{comment}");
        }
    }

    #[test]
    fn mistakes() {
        for (comment, says) in [
            (
                "# pmta-ls ignore[values]",
                "pmta-ls  -> # pmta-ls: ignore[values]",
            ),
            (
                "# PMTA-LS: ignore[values]",
                "PMTA-LS:  -> # pmta-ls: ignore[values]",
            ),
            ("# pmta-ls: ignore", "ignore -> ?"),
            ("# pmta-ls: ignore[]", "ignore -> ?"),
            (
                "# pmta-ls: ignore[values",
                "ignore -> # pmta-ls: ignore[values]",
            ),
            (
                "# pmta-ls: ignore values, value-case",
                "ignore -> # pmta-ls: ignore[values, value-case]",
            ),
            (
                "# pmta-ls: ignore-file(values)",
                "ignore-file -> # pmta-ls: ignore-file[values]",
            ),
            ("# pmta-ls: ignore this line", "ignore -> ?"),
            ("# pmta-ls: place=nowhere", "nowhere -> ?"),
            (
                "# pmta-ls: place = domain",
                "place -> # pmta-ls: place=domain",
            ),
            ("# pmta-ls: place=", "place -> ?"),
            ("# pmta-ls: format", "format -> ?"),
            ("# pmta-ls: disable", "disable -> ?"),
            ("# pmta-ls: §", "§ -> ?"),
            ("# pmta-ls:", " -> ?"),
        ] {
            assert_eq!(read(comment), says, "{comment}");
        }
    }
}
