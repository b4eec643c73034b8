//! Reads a configuration line by line, on its own: what the test damages must not depend on how the
//! code under test reads it.

use std::ops::Range;

use pmta_analysis::catalog::{self, Place};

/// What stands on a line. Ranges are from the start of the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Nothing, or a comment.
    Nothing,
    /// `<name argument>` alone on its line.
    Open {
        name: Range<usize>,
        argument: Range<usize>,
    },
    /// `</name>` alone on its line.
    End { name: Range<usize> },
    /// `name value`, or `/pattern/ value`.
    Directive {
        name: Range<usize>,
        value: Range<usize>,
    },
    /// More of the line before, or something of which nothing is known.
    Other,
}

/// A line.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Without its line break.
    pub(crate) text: String,
    /// `\n`, `\r\n` or nothing.
    pub(crate) line_break: String,
    /// What stands on it.
    pub(crate) kind: Kind,
    /// The line that opens the section around it. An end tag stands in the section that it ends.
    pub(crate) parent: Option<usize>,
    /// The line that ends the section it opens.
    pub(crate) end: Option<usize>,
    /// Whether it goes on in the next line.
    pub(crate) goes_on: bool,
}

impl Line {
    /// The text of a part of it.
    pub(crate) fn slice(&self, range: &Range<usize>) -> &str {
        &self.text[range.clone()]
    }

    /// The name in lower case; of a line that begins with a pattern, that of the catalog for all such
    /// lines.
    pub(crate) fn name(&self) -> Option<String> {
        match &self.kind {
            Kind::Open { name, .. } | Kind::End { name } => {
                Some(self.slice(name).to_ascii_lowercase())
            }
            Kind::Directive { name, .. } if self.slice(name).starts_with('/') => {
                Some("/REGEX/".to_owned())
            }
            Kind::Directive { name, .. } => Some(self.slice(name).to_ascii_lowercase()),
            Kind::Nothing | Kind::Other => None,
        }
    }

    /// The name of the section that it opens. Beside tags these are rules with a list of their own,
    /// and the braces that people write, of which nothing is known.
    pub(crate) fn opens(&self) -> Option<String> {
        match self.kind {
            Kind::Open { .. } => self.name(),
            Kind::Directive { .. } => {
                let code = code_of(&self.text);
                let tag = code.rsplit('<').next().unwrap_or_default();
                if code.contains('<') && tag.trim_end_matches('>').trim() == "pattern-list" {
                    return Some("pattern-list".to_owned());
                }
                code.ends_with('{').then(String::new)
            }
            _ => None,
        }
    }

    /// The blanks at its start.
    pub(crate) fn indentation(&self) -> &str {
        let code = self.text.trim_start_matches([' ', '\t']);
        &self.text[..self.text.len() - code.len()]
    }
}

/// The lines of a file.
pub(crate) fn read(text: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut goes_on = false;
    let mut in_xml_comment = false;
    for whole in text.split_inclusive(['\n', '\r']) {
        let text = whole.trim_end_matches(['\n', '\r']);
        if let Some(before) = lines.last_mut()
            && whole == "\n"
            && before.line_break == "\r"
        {
            before.line_break.push('\n');
            continue;
        }
        let index = lines.len();
        let begins_xml_comment = text.contains("<!--");
        in_xml_comment |= begins_xml_comment;
        let kind = if goes_on || in_xml_comment || has_template_marker(text) {
            Kind::Other
        } else {
            kind_of(text)
        };
        if text.contains("-->") {
            in_xml_comment = false;
        }
        let mut line = Line {
            text: text.to_owned(),
            line_break: whole[text.len()..].to_owned(),
            kind,
            parent: open.last().copied(),
            end: None,
            goes_on: false,
        };
        goes_on = does_go_on(&line, goes_on);
        line.goes_on = goes_on;
        let name = line.name();
        match &line.kind {
            Kind::Open { .. } => open.push(index),
            Kind::End { .. } => {
                let is_own = |at: &usize| lines[*at].opens() == name;
                if let Some(depth) = open.iter().rposition(is_own) {
                    let is_innermost = depth + 1 == open.len();
                    if is_innermost {
                        lines[open[depth]].end = Some(index);
                    }
                    open.truncate(depth);
                }
            }
            Kind::Directive { .. } if line.opens().is_some() => open.push(index),
            Kind::Other if code_of(text).trim() == "}" => {
                open.pop();
            }
            _ => {}
        }
        lines.push(line);
    }
    lines
}

/// Whether a template engine fills in a part of the line.
fn has_template_marker(text: &str) -> bool {
    let percent = text.split('%').nth(1).is_some_and(|inner| {
        !inner.is_empty()
            && inner
                .bytes()
                .all(|it| it.is_ascii_uppercase() || it == b'_')
    });
    percent
        || ["{{", "${", "{%", "<%", "<?"]
            .iter()
            .any(|it| text.contains(it))
}

/// The line without its comment and the blanks before it.
pub(crate) fn code_of(text: &str) -> &str {
    let mut in_quotes = false;
    for (at, sign) in text.char_indices() {
        match sign {
            '"' => in_quotes = !in_quotes,
            '#' if !in_quotes || !text[at..].contains('"') => return text[..at].trim_end(),
            _ => {}
        }
    }
    text.trim_end()
}

fn kind_of(text: &str) -> Kind {
    let code = code_of(text);
    let start = code.len() - code.trim_start().len();
    let inner = &code[start..];
    if inner.is_empty() {
        return Kind::Nothing;
    }
    let is_name = |name: &str| {
        name.starts_with(|first: char| first.is_ascii_alphabetic())
            && name
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || it == b'-')
    };
    let range = |part: &str| {
        let from = part.as_ptr().addr() - text.as_ptr().addr();
        from..from + part.len()
    };
    if let Some(tag) = inner.strip_prefix('<') {
        let Some(tag) = tag
            .strip_suffix('>')
            .filter(|tag| !tag.contains(['<', '>']))
        else {
            return Kind::Other;
        };
        if let Some(name) = tag.strip_prefix('/') {
            return match is_name(name) {
                true => Kind::End { name: range(name) },
                false => Kind::Other,
            };
        }
        let (name, argument) = tag.split_once([' ', '\t']).unwrap_or((tag, ""));
        return match is_name(name) {
            true => Kind::Open {
                name: range(name),
                argument: range_of_trimmed(text, argument, range(name).end),
            },
            false => Kind::Other,
        };
    }
    let name_end = match pattern_end(inner) {
        Some(end) => end,
        None => inner.find([' ', '\t']).unwrap_or(inner.len()),
    };
    let (name, value) = inner.split_at(name_end);
    if !is_name(name) && !name.starts_with('/') {
        return Kind::Other;
    }
    Kind::Directive {
        name: range(name),
        value: range_of_trimmed(text, value, range(name).end),
    }
}

fn range_of_trimmed(text: &str, part: &str, otherwise: usize) -> Range<usize> {
    let part = part.trim();
    if part.is_empty() {
        return otherwise..otherwise;
    }
    let from = part.as_ptr().addr() - text.as_ptr().addr();
    from..from + part.len()
}

/// Where a pattern that begins the text ends, behind its second slash.
pub(crate) fn pattern_end(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('/')?;
    let mut is_escaped = false;
    for (at, sign) in inside.char_indices() {
        match sign {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '/' => return Some(at + 2),
            _ => {}
        }
    }
    None
}

/// Whether the line goes on in the next.
fn does_go_on(line: &Line, is_part: bool) -> bool {
    let code = code_of(&line.text);
    let is_macro = is_part || line.name().is_some_and(|name| name == "domain-macro");
    let has_name_alone = !is_part && code.split_whitespace().count() == 2;
    code.ends_with('\\') || (is_macro && (code.ends_with(',') || has_name_alone))
}

/// The place inside the section that a line opens; none where nothing is known of it.
pub(crate) fn place_inside(line: &Line) -> Option<Place> {
    catalog::section(&line.opens()?).map(|section| section.place)
}
