//! Snippets: each section as the catalog shows it, with places to jump to.

use pmta_analysis::catalog::{self, SECTIONS, Section, Status};
use serde_json::{Map, Value, json};

/// All snippets. The server completes sections where they may stand; these are for where it is not, and
/// hold the settings that a section usually has.
pub fn snippets() -> Value {
    let current =
        |section: &&Section| section.status != Status::Legacy && section.deprecated.is_none();
    let snippets = SECTIONS.iter().filter(current).map(|section| {
        let snippet = json!({
            "prefix": format!("new-{}", section.name),
            "description": section.summary,
            "body": body(section),
        });
        (format!("New <{}>", section.name), snippet)
    });
    Value::Object(snippets.collect::<Map<String, Value>>())
}

/// The lines of the example, with a place for each value.
fn body(section: &Section) -> Vec<String> {
    let mut places = Places::default();
    let lines = section
        .example
        .lines()
        .filter(|line| !line.trim().is_empty());
    let mut body: Vec<String> = lines.map(|line| places.line(line)).collect();
    body.push("$0".to_owned());
    body
}

#[derive(Default)]
struct Places {
    /// How many there are.
    count: usize,
}

impl Places {
    fn line(&mut self, line: &str) -> String {
        let text = line.trim();
        let indent = "\t".repeat((line.len() - line.trim_start().len()) / 4);
        if text.starts_with("</") {
            return indent + text;
        }
        indent
            + &match text.strip_prefix('<') {
                Some(tag) => self.tag(tag),
                None => self.directive(text),
            }
    }

    /// A tag without its first sign.
    fn tag(&mut self, tag: &str) -> String {
        let tag = tag.strip_suffix('>').expect("a tag on a line of its own");
        let (name, argument) = tag.split_once(' ').unwrap_or((tag, ""));
        if argument.is_empty() {
            return format!("<{name}>");
        }
        format!("<{name} {}>", self.place(argument))
    }

    fn directive(&mut self, line: &str) -> String {
        // A list may begin at the end of a rule.
        let (line, list) = match line.split_once(" <") {
            Some((line, tag)) => (line, format!(" {}", self.tag(tag))),
            None => (line, String::new()),
        };
        let is_name = line.starts_with(|first: char| first.is_ascii_alphanumeric());
        let (name, value) = line
            .split_once(' ')
            .filter(|_| is_name)
            .unwrap_or(("", line));
        let is_secret = catalog::directives_named(name)
            .iter()
            .any(|directive| directive.value.secret);
        let value = self.place(if is_secret { "secret" } else { value });
        let blank = if name.is_empty() { "" } else { " " };
        format!("{name}{blank}{value}{list}")
    }

    fn place(&mut self, text: &str) -> String {
        self.count += 1;
        let mut escaped = String::new();
        for sign in text.chars() {
            if matches!(sign, '$' | '}' | '\\') {
                escaped.push('\\');
            }
            escaped.push(sign);
        }
        format!("${{{}:{escaped}}}", self.count)
    }
}
