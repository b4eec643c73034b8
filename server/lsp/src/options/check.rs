//! What is wrong with what is set.

use pmta_analysis::diagnostics::{Group, RULES};
use pmta_analysis::policy::{Level, Selector, Version};
use serde_json::{Map, Value};

use super::Mistake;
use super::keys::{KEYS, Key, Kind};

/// Most letters in which a name that was meant may differ.
const FARTHEST: usize = 3;

/// All that is wrong, in order of the names.
#[must_use]
pub fn check(value: &Value) -> Vec<Mistake> {
    let mut checker = Checker::default();
    if let Value::Object(table) = value {
        checker.table(table, KEYS);
    }
    checker.mistakes
}

#[derive(Default)]
struct Checker {
    at: Vec<String>,
    mistakes: Vec<Mistake>,
}

impl Checker {
    fn wrong(&mut self, sentence: impl Into<String>) {
        self.mistakes.push(Mistake {
            at: self.at.clone(),
            sentence: sentence.into(),
        });
    }

    /// Looks at something inside, under its name.
    fn inside(&mut self, name: &str, look: impl FnOnce(&mut Self)) {
        self.at.push(name.to_owned());
        look(self);
        self.at.pop();
    }

    fn table(&mut self, table: &Map<String, Value>, keys: &[Key]) {
        for (name, value) in table {
            self.inside(name, |it| match keys.iter().find(|key| key.name == name) {
                Some(key) => it.value(value, key),
                None => {
                    let names = keys.iter().map(|key| key.name);
                    let hint = did_you_mean(name, names);
                    it.wrong(format!("there is no setting `{name}`{hint}"));
                }
            });
        }
    }

    fn value(&mut self, value: &Value, key: &Key) {
        let name = key.name;
        match (key.kind, value) {
            (Kind::Text, Value::String(_)) | (Kind::Boolean, Value::Bool(_)) => {}
            (Kind::Version, Value::String(version)) => {
                if !version.is_empty() && Version::parse(version).is_none() {
                    self.wrong(format!(
                        "`{version}` is no version of PowerMTA: write one such as \"5.0\""
                    ));
                }
            }
            (Kind::Word(words), Value::String(word)) => {
                if !words.contains(&word.as_str()) {
                    self.wrong(format!("`{name}` is {}", one_of(words)));
                }
            }
            (Kind::Count, Value::Number(number)) if number.is_u64() => {}
            (Kind::Texts, Value::Array(list)) if list.iter().all(Value::is_string) => {}
            (Kind::Folders, Value::Object(table)) => self.folders(table),
            (Kind::Levels, Value::Object(table)) => self.levels(table),
            (Kind::Codes, Value::Object(table)) => self.codes(table),
            (Kind::Table(keys), Value::Object(table)) => self.table(table, keys),
            (Kind::Version, Value::Number(number)) => {
                self.wrong(format!("`{name}` is a text: write `{name} = \"{number}\"`"));
            }
            (kind, _) => self.wrong(format!("`{name}` takes {}", expected(kind))),
        }
    }

    fn folders(&mut self, table: &Map<String, Value>) {
        for (server, here) in table {
            self.inside(server, |it| {
                if !is_absolute(server) {
                    it.wrong(format!(
                        "`paths` maps folders of the server, and `{server}` does not begin with `/`"
                    ));
                } else if !here.is_string() {
                    it.wrong("the folder here is a text");
                }
            });
        }
    }

    fn levels(&mut self, table: &Map<String, Value>) {
        for (name, level) in table {
            self.inside(name, |it| {
                it.selector(name);
                if level.as_str().and_then(Level::named).is_none() {
                    it.wrong(format!("`{name}` is {}", one_of(&Level::NAMES)));
                }
            });
        }
    }

    fn codes(&mut self, table: &Map<String, Value>) {
        for (pattern, codes) in table {
            self.inside(pattern, |it| match codes.as_array() {
                Some(codes) => {
                    for code in codes {
                        it.selector(code.as_str().unwrap_or_default());
                    }
                }
                None => it.wrong("a pattern has a list of codes, such as [\"value-case\"]"),
            });
        }
    }

    fn selector(&mut self, name: &str) {
        if Selector::named(name).is_none() {
            let rules = RULES.iter().map(|rule| rule.code);
            let hint = did_you_mean(name, rules.chain(Group::ALL.map(Group::name)));
            self.wrong(format!("there is no rule or group of rules `{name}`{hint}"));
        }
    }
}

fn expected(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Version | Kind::Word(_) => "a text in quotes",
        Kind::Boolean => "`true` or `false`",
        Kind::Count => "a number, 0 or more",
        Kind::Texts => "a list of texts, such as [\"a\", \"b\"]",
        Kind::Folders | Kind::Levels | Kind::Codes | Kind::Table(_) => "a table",
    }
}

fn one_of(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    format!("one of {}", words.join(", "))
}

fn did_you_mean(name: &str, names: impl Iterator<Item = &'static str>) -> String {
    let near = names
        .map(|known| (strsim::damerau_levenshtein(name, known), known))
        .filter(|(distance, _)| *distance <= FARTHEST)
        .min();
    near.map_or(String::new(), |(_, known)| {
        format!("; did you mean `{known}`?")
    })
}

/// Whether a path of the server, of either system, starts at the root of a disk.
fn is_absolute(path: &str) -> bool {
    let behind_drive = path
        .get(1..)
        .and_then(|rest| rest.strip_prefix(':'))
        .unwrap_or(path);
    behind_drive.starts_with(['/', '\\'])
}
