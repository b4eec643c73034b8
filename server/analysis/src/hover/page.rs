//! A small document: what help is made of before it becomes Markdown or plain text.
//!
//! Texts mark code by backticks. In Markdown, other words that hold signs of that language, such as
//! `<domain>`, become code too, so that they are shown as they are.

use std::fmt::Write as _;

/// The form that a reader wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Markup {
    /// Markdown, as the language server protocol has it.
    Markdown,
    /// Text without any marks.
    Plain,
}

/// One part of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A title.
    Heading(String),
    /// Text.
    Paragraph(String),
    /// A name and a text: `Default: 10m`. Fields that follow each other stand close together.
    Field(&'static str, String),
    /// An item of a list.
    Item(String),
    /// Lines of configuration.
    Code(String),
}

/// Blocks in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The blocks.
    pub blocks: Vec<Block>,
}

impl Page {
    /// Whether nothing stands on it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Adds a title.
    pub fn heading(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Heading(text.into()));
    }

    /// Adds text, if there is any.
    pub fn paragraph(&mut self, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() {
            self.blocks.push(Block::Paragraph(text));
        }
    }

    /// Adds a named text, if there is any.
    pub fn field(&mut self, name: &'static str, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() {
            self.blocks.push(Block::Field(name, text));
        }
    }

    /// Adds an item to a list.
    pub fn item(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Item(text.into()));
    }

    /// Adds lines of configuration, if there are any.
    pub fn code(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.blocks.push(Block::Code(text.trim_end().to_owned()));
        }
    }

    /// Adds all of another page.
    pub fn extend(&mut self, other: Self) {
        self.blocks.extend(other.blocks);
    }
}

/// The page as a text of this form.
#[must_use]
pub fn render(page: &Page, markup: Markup) -> String {
    let mut text = String::new();
    let mut before: Option<&Block> = None;
    for block in &page.blocks {
        let is_close = matches!(
            (before, block),
            (Some(Block::Field(..)), Block::Field(..)) | (Some(Block::Item(_)), Block::Item(_))
        );
        if before.is_some() {
            let is_field = matches!(block, Block::Field(..));
            text.push_str(match (is_close, markup) {
                // Two blanks keep the line break within a paragraph.
                (true, Markup::Markdown) if is_field => "  \n",
                (true, _) => "\n",
                (false, _) => "\n\n",
            });
        }
        match markup {
            Markup::Markdown => write_markdown(block, &mut text),
            Markup::Plain => write_plain(block, &mut text),
        }
        before = Some(block);
    }
    text
}

fn write_markdown(block: &Block, out: &mut String) {
    // Writing to a string cannot fail.
    let _ = match block {
        Block::Heading(text) => write!(out, "### {}", inline(text)),
        Block::Paragraph(text) => write!(out, "{}", inline(text)),
        Block::Field(name, text) => write!(out, "**{name}:** {}", inline(text)),
        Block::Item(text) => write!(out, "- {}", inline(text)),
        Block::Code(text) => {
            let fence = "`".repeat(longest_run(text).saturating_add(1).max(3));
            write!(out, "{fence}pmta\n{text}\n{fence}")
        }
    };
}

fn write_plain(block: &Block, out: &mut String) {
    let _ = match block {
        Block::Heading(text) | Block::Paragraph(text) => write!(out, "{}", plain(text)),
        Block::Field(name, text) => write!(out, "{name}: {}", plain(text)),
        Block::Item(text) => write!(out, "- {}", plain(text)),
        Block::Code(text) => {
            let lines: Vec<String> = text
                .lines()
                .map(|line| {
                    if line.is_empty() {
                        String::new()
                    } else {
                        format!("    {line}")
                    }
                })
                .collect();
            write!(out, "{}", lines.join("\n"))
        }
    };
}

/// Text between backticks, whatever it holds.
#[must_use]
pub fn quoted(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|sign| match sign {
            '`' => '\'',
            sign if sign.is_control() => ' ',
            sign => sign,
        })
        .collect();
    format!("`{text}`")
}

fn plain(text: &str) -> String {
    text.replace('`', "")
}

/// Most backticks that follow each other.
fn longest_run(text: &str) -> usize {
    text.split(|sign| sign != '`')
        .map(str::len)
        .max()
        .unwrap_or_default()
}

/// Text as Markdown: what is not marked as code is shown as it is.
fn inline(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for (index, part) in text.split('`').enumerate() {
        if index.is_multiple_of(2) {
            prose(part, &mut shown);
        } else {
            shown.push('`');
            shown.push_str(part);
            shown.push('`');
        }
    }
    shown
}

/// Prose with the words as code that Markdown would read otherwise.
fn prose(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_border = |sign: char| sign.is_whitespace() || sign == '<';
        let length = match (first, rest.find('>')) {
            ('<', Some(end)) => end.saturating_add(1),
            _ if is_border(first) => first.len_utf8(),
            _ => rest.find(is_border).unwrap_or(rest.len()),
        };
        let (word, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        let core = word
            .trim_start_matches('(')
            .trim_end_matches(['.', ',', ';', ':', ')']);
        let is_telling =
            |sign| matches!(sign, '<' | '*' | '_' | '[' | ']' | '\\' | '|' | '#' | '~');
        if core.contains(is_telling) {
            let start = word.find(core).unwrap_or_default();
            let end = start.saturating_add(core.len());
            out.push_str(word.get(..start).unwrap_or_default());
            out.push('`');
            out.push_str(core);
            out.push('`');
            out.push_str(word.get(end..).unwrap_or_default());
        } else {
            out.push_str(word);
        }
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Page {
        let mut page = Page::default();
        page.heading("`max-smtp-out`");
        page.paragraph("Per queue in a <domain gmail.com>; header_* (and `a*b`) count, 5 < 6.");
        page.field("Default", "unlimited");
        page.field("Places", "<domain>, <virtual-mta>.");
        page.item("one");
        page.item("two");
        page.code("a ``` b\n\nc\n");
        page
    }

    #[test]
    fn markdown_shows_every_sign() {
        expect_test::expect![[r#"
            ### `max-smtp-out`

            Per queue in a `<domain gmail.com>`; `header_*` (and `a*b`) count, 5 `<` 6.

            **Default:** unlimited  
            **Places:** `<domain>`, `<virtual-mta>`.

            - one
            - two

            ````pmta
            a ``` b

            c
            ````"#]]
        .assert_eq(&render(&sample(), Markup::Markdown));
    }

    #[test]
    fn plain_text_has_no_marks() {
        expect_test::expect![[r#"
            max-smtp-out

            Per queue in a <domain gmail.com>; header_* (and a*b) count, 5 < 6.

            Default: unlimited
            Places: <domain>, <virtual-mta>.

            - one
            - two

                a ``` b

                c"#]]
        .assert_eq(&render(&sample(), Markup::Plain));
    }

    #[test]
    fn any_text_ends() {
        for text in [
            "",
            "<",
            "a<",
            "< <",
            "é<é>é",
            "`",
            "``",
            "((*))",
            "*",
            "\u{3000}x_y",
        ] {
            let mut page = Page::default();
            page.paragraph(text);
            assert!(
                render(&page, Markup::Markdown).len() >= text.len(),
                "{text}"
            );
        }
    }
}
