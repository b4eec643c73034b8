//! Text for a terminal: paragraphs wrapped, examples as they are.

/// A text that grows.
#[derive(Debug)]
pub(crate) struct Page {
    text: String,
    width: usize,
}

impl Page {
    /// An empty page of this width.
    #[must_use]
    pub(crate) fn new(width: usize) -> Self {
        Self {
            text: String::new(),
            width,
        }
    }

    /// Whether nothing stands on it.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// All that stands on it.
    #[must_use]
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Starts something new.
    pub(crate) fn heading(&mut self, heading: &str) {
        if !self.is_empty() {
            self.text.push('\n');
        }
        self.wrap("", "", heading);
    }

    /// A paragraph behind an empty line.
    pub(crate) fn paragraph(&mut self, text: &str) {
        self.text.push('\n');
        self.wrap("  ", "  ", text);
    }

    /// An empty line.
    pub(crate) fn gap(&mut self) {
        self.text.push('\n');
    }

    /// A line `label: text`; nothing if there is no text.
    pub(crate) fn field(&mut self, label: &str, text: &str) {
        if !text.is_empty() {
            self.wrap("  ", "      ", &format!("{label}: {text}"));
        }
    }

    /// An item of a list.
    pub(crate) fn item(&mut self, text: &str) {
        self.wrap("  - ", "    ", text);
    }

    /// Lines as they are.
    pub(crate) fn code(&mut self, code: &str) {
        for line in code.lines() {
            self.text.push_str("      ");
            self.text.push_str(line);
            self.end_line();
        }
    }

    /// An example under its label.
    pub(crate) fn example(&mut self, label: &str, code: &str) {
        if !code.trim().is_empty() {
            self.text.push_str("  ");
            self.text.push_str(label);
            self.text.push_str(":\n");
            self.code(code);
        }
    }

    /// Paragraphs, lists and fenced examples.
    pub(crate) fn markdown(&mut self, markdown: &str) {
        let mut is_code = false;
        let mut paragraph = String::new();
        for line in markdown.lines() {
            if line.trim_start().starts_with("```") {
                self.end_paragraph(&mut paragraph);
                if !is_code {
                    self.text.push('\n');
                }
                is_code = !is_code;
            } else if is_code {
                self.code(if line.is_empty() { " " } else { line });
            } else if line.trim().is_empty() {
                self.end_paragraph(&mut paragraph);
            } else {
                let is_item = line.trim_start().starts_with("- ");
                if is_item || line.starts_with('#') {
                    self.end_paragraph(&mut paragraph);
                }
                let text = line.trim().trim_start_matches('#').trim_start();
                if !paragraph.is_empty() {
                    paragraph.push(' ');
                }
                paragraph.push_str(text);
            }
        }
        self.end_paragraph(&mut paragraph);
    }

    fn end_paragraph(&mut self, paragraph: &mut String) {
        let text = std::mem::take(paragraph).replace("**", "");
        if let Some(item) = text.strip_prefix("- ") {
            self.item(item);
        } else if !text.is_empty() {
            self.paragraph(&text);
        }
    }

    fn wrap(&mut self, first: &str, others: &str, text: &str) {
        let mut line = first.to_owned();
        let mut used = first.chars().count();
        let mut has_word = false;
        for word in text.split_whitespace() {
            let length = word.chars().count();
            if has_word && used.saturating_add(length).saturating_add(1) > self.width {
                self.text.push_str(&line);
                self.end_line();
                others.clone_into(&mut line);
                used = others.chars().count();
                has_word = false;
            }
            if has_word {
                line.push(' ');
                used = used.saturating_add(1);
            }
            line.push_str(word);
            used = used.saturating_add(length);
            has_word = true;
        }
        self.text.push_str(&line);
        self.end_line();
    }

    fn end_line(&mut self) {
        let length = self.text.trim_end_matches([' ', '\t']).len();
        self.text.truncate(length);
        self.text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::Page;

    #[test]
    fn markdown_becomes_plain_text() {
        let mut page = Page::new(30);
        page.heading("a-code (error)");
        page.markdown("One **long** paragraph that does not fit.\n\n- an item\n- another\n\n```pmta\nmax 1\n\nmin 2\n```\n\n# End\ntext");
        expect_test::expect![[r"
            a-code (error)

              One long paragraph that does
              not fit.
              - an item
              - another

                  max 1

                  min 2

              End text
        "]]
        .assert_eq(page.text());
    }
}
