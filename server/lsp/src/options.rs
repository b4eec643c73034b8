//! What can be set: in `pmta-ls.toml`, and with the same names in the settings of an editor.
//!
//! [`keys::KEYS`] is the one list of what there is. Reading, checking, the schema and the documentation
//! go by it.

mod check;
pub mod editor_keys;
pub mod keys;
pub mod schema;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use pmta_analysis::diagnostics::too_many_findings;
use pmta_analysis::format::{FormatStyle, IndentStyle};
use pmta_analysis::policy::{Level, Policy, Selector, Version};
use pmta_analysis::workspace::PathPattern;
use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

pub use check::check;
use keys::{KEYS, Kind};

/// What is set. What is not set is none or empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// The PowerMTA that configurations are written for.
    pub powermta: Option<Version>,
    /// The configurations, as written.
    pub roots: Option<Vec<String>>,
    /// Patterns of files in which nothing is reported, as written.
    pub exclude: Option<Vec<String>>,
    /// Folders of the server with where they are here, as written.
    pub paths: BTreeMap<String, String>,
    /// What is made of findings, by the name of the rule or group.
    pub rules: BTreeMap<String, Level>,
    /// Rules that do not speak in files of a pattern.
    pub per_file_ignores: BTreeMap<String, Vec<Selector>>,
    /// Whether VirtualMTAs that nothing refers to are reported.
    pub report_unused_virtual_mtas: Option<bool>,
    /// Where pages about rules are.
    pub docs_url: Option<String>,
    /// Most findings of a file that an editor is shown; 0: all.
    pub max_findings: Option<usize>,
    /// How files are formatted.
    pub format: FormatStyle,
}

/// Something wrong in what is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The names that lead to it, from the outermost.
    pub at: Vec<String>,
    /// What is wrong, in a sentence without capital and full stop.
    pub sentence: String,
}

impl Options {
    /// Reads what a `pmta-ls.toml` sets.
    ///
    /// # Errors
    /// What is wrong with it, each with its line.
    pub fn from_toml(text: &str) -> Result<Self, String> {
        let value: Value = toml::from_str(text).map_err(|error| {
            let line = line_of(text, error.span().map_or(0, |span| span.start));
            format!("line {line}: {}", error.message().replace('\n', " "))
        })?;
        let mistakes = check(&value);
        if mistakes.is_empty() {
            return Ok(Self::of(&value));
        }
        Err(told(text, &mistakes))
    }

    /// Reads the settings of an editor, and what is wrong with them. Names may be written like
    /// `docsUrl`. Editors have settings of their own beside these, and say null of what is not set.
    #[must_use]
    pub fn from_editor(settings: &Value) -> (Self, Vec<String>) {
        let settings = in_our_words(settings);
        let mistakes = check(&settings);
        let is_ours = |mistake: &&Mistake| {
            let first = mistake.at.first();
            first.is_some_and(|name| KEYS.iter().any(|key| key.name == name))
        };
        let told = mistakes
            .iter()
            .filter(is_ours)
            .map(|mistake| format!("`{}`: {}", mistake.at.join("."), mistake.sentence));
        (Self::of(&settings), told.collect())
    }

    /// Takes what is well-formed.
    fn of(value: &Value) -> Self {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let texts = |name: &str| -> Option<Vec<String>> {
            let list = value.get(name)?.as_array()?;
            Some(list.iter().filter_map(text).collect())
        };
        let table = |name: &str| value.get(name).and_then(Value::as_object);
        let entries = |name: &str| table(name).into_iter().flatten();
        let selectors = |list: &Value| -> Vec<Selector> {
            let names = list.as_array().into_iter().flatten();
            names
                .filter_map(|name| Selector::named(name.as_str()?))
                .collect()
        };
        let number = |value: &Value| usize::try_from(value.as_u64()?).ok();
        let format = |name: &str| table("format").and_then(|it| it.get(name));
        Self {
            powermta: value
                .get("powermta")
                .and_then(|it| Version::parse(it.as_str()?)),
            roots: texts("roots"),
            exclude: texts("exclude"),
            paths: entries("paths")
                .filter_map(|(server, here)| Some((server.clone(), text(here)?)))
                .collect(),
            rules: entries("rules")
                .filter_map(|(name, level)| Some((name.clone(), Level::named(level.as_str()?)?)))
                .collect(),
            per_file_ignores: entries("per-file-ignores")
                .map(|(pattern, codes)| (pattern.clone(), selectors(codes)))
                .collect(),
            report_unused_virtual_mtas: value
                .get("report-unused-virtual-mtas")
                .and_then(Value::as_bool),
            docs_url: value
                .get("docs-url")
                .and_then(text)
                .filter(|it| !it.is_empty()),
            max_findings: value.get("max-findings").and_then(number),
            format: FormatStyle {
                indent_width: format("indent-width")
                    .and_then(Value::as_u64)
                    .map(|width| u8::try_from(width.max(1)).unwrap_or(u8::MAX)),
                indent_style: format("indent-style").and_then(|it| match it.as_str()? {
                    "tab" => Some(IndentStyle::Tabs),
                    "space" => Some(IndentStyle::Spaces),
                    _ => None,
                }),
                align_values: format("align-values").and_then(Value::as_bool),
                wrap_macros: format("wrap-macros").and_then(Value::as_bool),
                on_save: format("on-save").and_then(Value::as_bool),
            },
        }
    }

    /// What these say, and where they say nothing what the others say. Of tables each entry counts.
    #[must_use]
    pub fn over(&self, others: &Self) -> Self {
        let mut rules = others.rules.clone();
        // A group that is named here goes before a rule that is named there.
        let groups = self.rules.keys().filter_map(|name| Selector::named(name));
        let groups: Vec<Selector> = groups.collect();
        rules.retain(|name, _| {
            let rule = pmta_analysis::diagnostics::rule(name);
            !rule.is_some_and(|rule| groups.iter().any(|group| group.includes(rule)))
        });
        rules.extend(self.rules.clone());
        let (mut paths, mut per_file_ignores) =
            (others.paths.clone(), others.per_file_ignores.clone());
        paths.extend(self.paths.clone());
        per_file_ignores.extend(self.per_file_ignores.clone());
        Self {
            powermta: self.powermta.or(others.powermta),
            roots: self.roots.clone().or_else(|| others.roots.clone()),
            exclude: self.exclude.clone().or_else(|| others.exclude.clone()),
            paths,
            rules,
            per_file_ignores,
            report_unused_virtual_mtas: self
                .report_unused_virtual_mtas
                .or(others.report_unused_virtual_mtas),
            docs_url: self.docs_url.clone().or_else(|| others.docs_url.clone()),
            max_findings: self.max_findings.or(others.max_findings),
            format: self.format.over(others.format),
        }
    }

    /// What they say about files. Patterns are relative to a folder.
    #[must_use]
    pub fn policy(&self, folder: &Path) -> Policy {
        let mut policy = Policy {
            powermta: self.powermta,
            report_unused_virtual_mtas: self.report_unused_virtual_mtas.unwrap_or_default(),
            docs_url: self.docs_url.clone(),
            most_findings: match self.max_findings {
                None => Some(too_many_findings::MOST),
                Some(0) => None,
                most => most,
            },
            format: self.format,
            ..Policy::default()
        };
        for (name, level) in &self.rules {
            if let Some(selector) = Selector::named(name) {
                policy.set(selector, *level);
            }
        }
        let pattern = |written: &String| PathPattern::new(folder, written);
        let ignores = self.per_file_ignores.iter();
        policy.per_file_ignores = ignores
            .map(|(written, codes)| (pattern(written), codes.clone()))
            .collect();
        policy.exclude = self.exclude.iter().flatten().map(pattern).collect();
        policy
    }
}

/// Mistakes in the text of a `pmta-ls.toml`, each with its line.
#[must_use]
pub fn told(text: &str, mistakes: &[Mistake]) -> String {
    let told = mistakes.iter().map(|mistake| {
        let line = line_of(text, span(text, &mistake.at).map_or(0, |span| span.start));
        format!("line {line}: {}", mistake.sentence)
    });
    told.collect::<Vec<_>>().join("; ")
}

/// The line of a byte, counted from 1.
fn line_of(text: &str, byte: usize) -> usize {
    let before = text.get(..byte).unwrap_or_default();
    before.matches('\n').count().saturating_add(1)
}

/// Where in the text of a `pmta-ls.toml` the names lead: the last name of them that is there.
#[must_use]
pub fn span(text: &str, at: &[String]) -> Option<Range<usize>> {
    let document = DeTable::parse(text).ok()?;
    let mut table = Some(document.get_ref());
    let mut found = None;
    for name in at {
        let Some(entries) = table else { break };
        let entry = entries
            .iter()
            .find(|(key, _)| key.get_ref().as_ref() == name.as_str());
        let Some((key, value)) = entry else { break };
        found = Some(key.span());
        table = match value.get_ref() {
            DeValue::Table(inner) => Some(inner),
            _ => None,
        };
    }
    found
}

/// The settings of an editor with the names that `pmta-ls.toml` has, and without what is not set.
fn in_our_words(settings: &Value) -> Value {
    let rename = |table: &Map<String, Value>| -> Map<String, Value> {
        let entries = table.iter().filter(|(_, value)| !value.is_null());
        entries
            .map(|(name, value)| (with_hyphens(name), value.clone()))
            .collect()
    };
    let mut words = settings.as_object().map(rename).unwrap_or_default();
    for key in KEYS {
        if let (Kind::Table(_), Some(Value::Object(inner))) = (key.kind, words.get_mut(key.name)) {
            *inner = rename(inner);
        }
    }
    Value::Object(words)
}

/// `docsUrl` as `docs-url`.
fn with_hyphens(name: &str) -> String {
    let mut words = String::with_capacity(name.len());
    for sign in name.chars() {
        if sign.is_ascii_uppercase() {
            words.push('-');
        }
        words.push(sign.to_ascii_lowercase());
    }
    words
}

#[cfg(test)]
mod tests;
