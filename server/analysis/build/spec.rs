//! Value specs: short forms spelled out, `use` followed, everything checked.

use std::collections::BTreeMap;

use toml::{Table, Value};

use crate::check::VERSIONS;
use crate::files;
use crate::tables;

/// Kinds that need nothing else.
const PLAIN_KINDS: [&str; 28] = [
    "address-glob",
    "bool",
    "category",
    "cidr",
    "daily-limit",
    "data-rate",
    "domain-name",
    "domain-pattern",
    "duration",
    "email",
    "header-name",
    "host-name",
    "int",
    "ip",
    "local-part",
    "macro-item",
    "macro-name",
    "openssl-list",
    "port",
    "program",
    "rate",
    "record-field",
    "regex",
    "size",
    "string",
    "url",
    "vault-path",
    "word",
];

/// What can be referred to, or defined.
pub(crate) const REFERENCES: [&str; 17] = [
    "address-list",
    "bounce-category",
    "directory",
    "domain-key-list",
    "domain-macro",
    "file",
    "pattern-list",
    "proxy",
    "queue",
    "rewrite-list",
    "signals-filter",
    "smtp-pattern-list",
    "smtp-user",
    "source",
    "source-group",
    "virtual-mta",
    "virtual-mta-or-pool",
];

/// A spec with nothing left to look up.
pub(crate) struct Spec {
    pub(crate) kind: Kind,
    pub(crate) words: Vec<tables::Word>,
    pub(crate) min: Option<u64>,
    pub(crate) max: Option<u64>,
    pub(crate) table: tables::Spec,
}

/// The kind of a value.
pub(crate) enum Kind {
    /// A kind without further parameters, or `enum`.
    Plain(String),
    Literal(String),
    Reference(String),
    List {
        item: Box<Spec>,
        separator: char,
        max_items: Option<u32>,
    },
    Composite(Vec<Part>),
    AnyOf(Vec<Spec>),
    InlineSection(String),
}

/// A part of a composite.
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) separator: String,
    pub(crate) optional: bool,
    pub(crate) value: Spec,
}

/// What specs may mention.
pub(crate) struct Vocabulary<'a> {
    /// `shared.toml`.
    pub(crate) shared: &'a BTreeMap<String, Table>,
    /// Record types: short name, long name, meaning.
    pub(crate) record_types: Vec<(String, String, String)>,
    /// Section tags.
    pub(crate) sections: Vec<String>,
}

/// The kinds that stand alone.
pub(crate) fn plain_kinds() -> impl Iterator<Item = &'static str> {
    PLAIN_KINDS.into_iter()
}

/// Whether a kind of this name exists that stands alone.
pub(crate) fn is_plain_kind(name: &str) -> bool {
    PLAIN_KINDS.contains(&name)
}

impl Vocabulary<'_> {
    /// The spec that `value` stands for. `at` names file and entry in messages.
    pub(crate) fn spec(&self, at: &str, value: &Value) -> Result<Spec, String> {
        match value {
            Value::String(kind) if is_plain_kind(kind) => {
                let mut table = Table::new();
                table.insert("kind".to_owned(), value.clone());
                self.spec_of_table(at, table)
            }
            Value::String(kind) => Err(format!("{at}: `{kind}` is not a kind that stands alone")),
            Value::Table(table) => self.spec_of_table(at, table.clone()),
            _ => Err(format!("{at}: a value is the name of a kind, or a table")),
        }
    }

    fn spec_of_table(&self, at: &str, table: Table) -> Result<Spec, String> {
        let table = self.follow_use(at, table)?;
        let (file, entry) = at.split_once(": ").unwrap_or(("", at));
        let mut table: tables::Spec = files::entry(file, entry.trim_matches(['[', ']']), table)?;
        let words = self.words(at, &mut table)?;
        let kind = self.kind(at, &mut table, &words)?;
        let (min, max) = (number(at, table.min.take())?, number(at, table.max.take())?);
        Ok(Spec {
            kind,
            words,
            min,
            max,
            table,
        })
    }

    /// The table with the one it `use`s laid under it.
    fn follow_use(&self, at: &str, mut table: Table) -> Result<Table, String> {
        let mut followed = 0_usize;
        while let Some(name) = table.remove("use") {
            let name = name.as_str().unwrap_or_default();
            let Some(shared) = self.shared.get(name) else {
                return Err(format!("{at}: shared.toml has no `{name}`"));
            };
            followed = usize::saturating_add(followed, 1);
            if followed > self.shared.len() {
                return Err(format!("{at}: `use` leads in a circle"));
            }
            for (key, value) in shared {
                table.entry(key.clone()).or_insert_with(|| value.clone());
            }
        }
        Ok(table)
    }

    fn words(&self, at: &str, table: &mut tables::Spec) -> Result<Vec<tables::Word>, String> {
        let mut words = match table.record_types.take() {
            None => Vec::new(),
            Some(Value::String(all)) if all == "all" => self.record_words(None),
            Some(Value::Array(some)) => {
                let some: Vec<&str> = some.iter().filter_map(Value::as_str).collect();
                let is_known =
                    |short: &&&str| self.record_types.iter().any(|(known, ..)| known == **short);
                if let Some(unknown) = some.iter().find(|short| !is_known(short)) {
                    return Err(format!("{at}: no record type `{unknown}` in records.toml"));
                }
                self.record_words(Some(&some))
            }
            Some(_) => return Err(format!("{at}: record-types is \"all\" or a list")),
        };
        for word in std::mem::take(&mut table.words) {
            words.push(match word {
                Value::String(text) => plain_word(&text, ""),
                other => other
                    .try_into()
                    .map_err(|error: toml::de::Error| format!("{at}: word: {error}"))?,
            });
        }
        for word in &words {
            let text = &word.text;
            if text.is_empty() || words.iter().filter(|other| other.text == *text).count() > 1 {
                return Err(format!("{at}: word `{text}` is empty or given twice"));
            }
            known_version(at, word.since.as_deref())?;
        }
        known_version(at, table.since.as_deref())?;
        Ok(words)
    }

    /// Short names, then long ones: both are accepted, and the short ones are what people write.
    fn record_words(&self, only: Option<&[&str]>) -> Vec<tables::Word> {
        let chosen = || {
            self.record_types
                .iter()
                .filter(move |(short, ..)| only.is_none_or(|only| only.contains(&short.as_str())))
        };
        let short =
            chosen().map(|(short, long, means)| plain_word(short, &format!("{long}: {means}")));
        short
            .chain(chosen().map(|(_, long, means)| plain_word(long, means)))
            .collect()
    }

    fn kind(
        &self,
        at: &str,
        table: &mut tables::Spec,
        words: &[tables::Word],
    ) -> Result<Kind, String> {
        let mut kinds = Vec::new();
        if let Some(kind) = table.kind.take() {
            if !is_plain_kind(&kind) {
                return Err(format!("{at}: unknown kind `{kind}`"));
            }
            kinds.push(Kind::Plain(kind));
        }
        if let Some(reference) = table.reference.take() {
            if !REFERENCES.contains(&reference.as_str()) {
                return Err(format!(
                    "{at}: nothing is called `{reference}` in references"
                ));
            }
            kinds.push(Kind::Reference(reference));
        }
        if let Some(text) = table.text.take() {
            kinds.push(Kind::Literal(text));
        }
        if let Some(section) = table.section.take() {
            if !self.sections.contains(&section) {
                return Err(format!("{at}: sections.toml has no <{section}>"));
            }
            kinds.push(Kind::InlineSection(section));
        }
        if let Some(item) = table.item.take() {
            let separator = table.separator.take().unwrap_or_else(|| ",".to_owned());
            let mut signs = separator.chars();
            let (Some(separator), None) = (signs.next(), signs.next()) else {
                return Err(format!("{at}: the separator of a list is one character"));
            };
            let max_items = table.max_items.take();
            let item = Box::new(self.spec(at, &item)?);
            kinds.push(Kind::List {
                item,
                separator,
                max_items,
            });
        }
        if let Some(parts) = table.parts.take() {
            kinds.push(Kind::Composite(self.parts(at, parts)?));
        }
        if let Some(of) = table.of.take() {
            let of = of
                .iter()
                .map(|one| self.spec(at, one))
                .collect::<Result<Vec<_>, _>>()?;
            kinds.push(Kind::AnyOf(of));
        }
        if kinds.is_empty() && !words.is_empty() {
            kinds.push(Kind::Plain("enum".to_owned()));
        }
        if table.separator.is_some() || table.max_items.is_some() {
            return Err(format!(
                "{at}: separator and max-items go with a list, or with a part"
            ));
        }
        let mut kinds = kinds.into_iter();
        match (kinds.next(), kinds.next()) {
            (Some(kind), None) => Ok(kind),
            (None, _) => Err(format!("{at}: the value has no kind")),
            (Some(_), Some(_)) => Err(format!("{at}: the value has more than one kind")),
        }
    }

    fn parts(&self, at: &str, parts: Vec<Table>) -> Result<Vec<Part>, String> {
        let mut done: Vec<Part> = Vec::new();
        for mut part in parts {
            let name = match part.remove("name") {
                Some(Value::String(name)) if !name.is_empty() => name,
                _ => return Err(format!("{at}: a part has no name")),
            };
            if done.iter().any(|other| other.name == name) {
                return Err(format!("{at}: two parts are called `{name}`"));
            }
            // A list that is a part has a separator of its own: it is then written in shared.toml.
            let separator = match part.remove("separator") {
                Some(Value::String(separator)) => separator,
                _ if done.is_empty() => String::new(),
                _ => " ".to_owned(),
            };
            let optional = part.remove("optional").and_then(|value| value.as_bool()) == Some(true);
            let value = self.spec_of_table(&format!("{at}: {name}"), part)?;
            done.push(Part {
                name,
                separator,
                optional,
                value,
            });
        }
        if done.is_empty() {
            return Err(format!("{at}: no parts"));
        }
        Ok(done)
    }
}

/// Units of limits: seconds for durations, bytes for sizes.
const UNITS: [(char, u64); 9] = [
    ('s', 1),
    ('m', 60),
    ('h', 3_600),
    ('d', 86_400),
    ('w', 604_800),
    ('B', 1),
    ('K', 1_024),
    ('M', 1_048_576),
    ('G', 1_073_741_824),
];

/// A limit: a number, or `"10m"` as seconds, or `"50K"` as bytes.
fn number(at: &str, limit: Option<Value>) -> Result<Option<u64>, String> {
    let number = match &limit {
        None => return Ok(None),
        Some(Value::Integer(number)) => u64::try_from(*number).ok(),
        Some(Value::String(text)) => UNITS.iter().find_map(|(unit, factor)| {
            text.strip_suffix(*unit)?
                .parse::<u64>()
                .ok()?
                .checked_mul(*factor)
        }),
        Some(_) => None,
    };
    number.map(Some).ok_or_else(|| {
        format!("{at}: a limit is a number, a duration such as \"10m\" or a size such as \"50K\"")
    })
}

fn plain_word(text: &str, means: &str) -> tables::Word {
    tables::Word {
        text: text.to_owned(),
        means: means.to_owned(),
        since: None,
    }
}

fn known_version(at: &str, version: Option<&str>) -> Result<(), String> {
    let is_known = |name: &str| VERSIONS.iter().any(|(known, _)| *known == name);
    match version {
        Some(name) if !is_known(name) => Err(format!("{at}: no version `{name}`")),
        _ => Ok(()),
    }
}
