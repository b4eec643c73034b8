//! The shape of the entries, as they are written.

use serde::Deserialize;
use toml::{Table, Value};

/// `"4.5"`, or with what the version alone does not say.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Since {
    /// `"4.5"`
    Plain(String),
    /// `{ version = "3.5", note = "or earlier" }`
    Noted {
        /// First version known to have it.
        version: Option<String>,
        /// The rest.
        note: String,
    },
}

impl Since {
    /// Version and note.
    pub(crate) fn parts(&self) -> (Option<&str>, &str) {
        match self {
            Self::Plain(version) => (Some(version), ""),
            Self::Noted { version, note } => (version.as_deref(), note),
        }
    }
}

/// That something should not be used any more.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Deprecated {
    pub(crate) since: String,
    pub(crate) replacement: Option<String>,
    #[serde(default)]
    pub(crate) equal: bool,
    pub(crate) removed: Option<String>,
}

/// Something else that belongs to a setting.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Partner {
    #[serde(default)]
    pub(crate) when: Vec<String>,
    #[serde(default)]
    pub(crate) unless: Vec<String>,
    #[serde(default)]
    pub(crate) directives: Vec<String>,
    #[serde(default)]
    pub(crate) values: Vec<String>,
    #[serde(default)]
    pub(crate) holding: Vec<String>,
    pub(crate) place: Option<String>,
    #[serde(default)]
    pub(crate) listener: bool,
    #[serde(default)]
    pub(crate) sections: Vec<String>,
    pub(crate) argument_begins: Option<String>,
}

/// A directive in one place, after `like` was followed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Directive {
    pub(crate) value: Value,
    #[serde(default)]
    pub(crate) aliases: Vec<String>,
    pub(crate) syntax: Option<String>,
    pub(crate) default: Option<String>,
    pub(crate) default_from: Option<String>,
    #[serde(default)]
    pub(crate) needs: Vec<Partner>,
    #[serde(default)]
    pub(crate) works_with: Vec<Partner>,
    #[serde(default)]
    pub(crate) contradicts: Vec<Partner>,
    #[serde(default)]
    pub(crate) at_most: Vec<String>,
    #[serde(default)]
    pub(crate) ignored_with: Vec<String>,
    #[serde(default)]
    pub(crate) adds: bool,
    pub(crate) since: Option<Since>,
    pub(crate) deprecated: Option<Deprecated>,
    pub(crate) summary: String,
    #[serde(default)]
    pub(crate) gotchas: Vec<String>,
    pub(crate) example: String,
    pub(crate) block: Option<String>,
    #[serde(default)]
    pub(crate) repeatable: bool,
    pub(crate) defines: Option<String>,
    #[serde(default)]
    pub(crate) uses: u32,
    pub(crate) status: Option<String>,
    pub(crate) confidence: Option<String>,
    pub(crate) sources: Vec<String>,
}

/// A form of a section's argument.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ArgumentForm {
    pub(crate) form: String,
    pub(crate) means: String,
    pub(crate) example: Option<String>,
}

/// A result of a rule.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RuleResult {
    pub(crate) form: String,
    pub(crate) means: String,
}

/// A section.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Section {
    pub(crate) argument: Option<String>,
    pub(crate) argument_required: Option<bool>,
    #[serde(default)]
    pub(crate) argument_optional_in: Vec<String>,
    #[serde(default)]
    pub(crate) argument_forms: Vec<ArgumentForm>,
    #[serde(default)]
    pub(crate) defines: Vec<String>,
    pub(crate) nests_in: Vec<String>,
    pub(crate) like: Option<String>,
    #[serde(default)]
    pub(crate) single: bool,
    pub(crate) repeats: Option<String>,
    pub(crate) body: Option<String>,
    pub(crate) evaluation: Option<String>,
    #[serde(default)]
    pub(crate) results: Vec<RuleResult>,
    #[serde(default)]
    pub(crate) known_words: Vec<String>,
    pub(crate) since: Option<Since>,
    pub(crate) deprecated: Option<Deprecated>,
    pub(crate) summary: String,
    #[serde(default)]
    pub(crate) gotchas: Vec<String>,
    pub(crate) example: String,
    pub(crate) status: Option<String>,
    pub(crate) confidence: Option<String>,
    #[serde(default)]
    pub(crate) uses: u32,
    pub(crate) sources: Vec<String>,
}

/// A value kind, for people.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Kind {
    pub(crate) grammar: String,
    pub(crate) meaning: String,
    pub(crate) unit: Option<String>,
    #[serde(default)]
    pub(crate) valid: Vec<String>,
    #[serde(default)]
    pub(crate) invalid: Vec<String>,
}

/// A kind of accounting record.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RecordType {
    pub(crate) long: String,
    pub(crate) means: String,
    pub(crate) fields: Option<Vec<String>>,
    pub(crate) fields_like: Option<String>,
}

/// A value spec that is more than the name of a kind.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Spec {
    pub(crate) kind: Option<String>,
    #[serde(rename = "ref")]
    pub(crate) reference: Option<String>,
    pub(crate) section: Option<String>,
    pub(crate) text: Option<String>,
    #[serde(default)]
    pub(crate) words: Vec<Value>,
    pub(crate) record_types: Option<Value>,
    pub(crate) item: Option<Value>,
    pub(crate) parts: Option<Vec<Table>>,
    pub(crate) of: Option<Vec<Value>>,
    pub(crate) separator: Option<String>,
    pub(crate) min: Option<Value>,
    pub(crate) max: Option<Value>,
    pub(crate) max_items: Option<u32>,
    pub(crate) unit: Option<String>,
    pub(crate) pattern: Option<String>,
    pub(crate) bare: Option<String>,
    #[serde(default)]
    pub(crate) clear: bool,
    #[serde(default)]
    pub(crate) secret: bool,
    pub(crate) prefix: Option<String>,
    #[serde(default)]
    pub(crate) prefix_blank: bool,
    #[serde(default)]
    pub(crate) variables: Vec<String>,
    #[serde(default)]
    pub(crate) macros: bool,
    #[serde(default)]
    pub(crate) unchecked: bool,
    #[serde(default)]
    pub(crate) before: Vec<String>,
    #[serde(default)]
    pub(crate) excludes: Vec<String>,
    #[serde(default)]
    pub(crate) once: bool,
    #[serde(default)]
    pub(crate) means: String,
    /// First version that takes this form of a value.
    pub(crate) since: Option<String>,
}

/// A word with its meaning, and the first version that takes it if that is not the directive's own.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Word {
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) means: String,
    pub(crate) since: Option<String>,
}

/// An invented directive.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct FolkloreDirective {
    #[serde(default)]
    pub(crate) only_in: Vec<String>,
    pub(crate) example: String,
    pub(crate) replacement: Option<String>,
    #[serde(default)]
    pub(crate) replacement_places: Vec<String>,
    pub(crate) conversion: Option<String>,
    pub(crate) fix: String,
    #[serde(default)]
    pub(crate) equal_meaning: bool,
    pub(crate) explanation: String,
    pub(crate) borrowed_from: Option<String>,
    pub(crate) references: Option<String>,
    pub(crate) confidence: Option<String>,
}

/// An invented section.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct FolkloreSection {
    pub(crate) form: String,
    pub(crate) example: String,
    pub(crate) genuine: Option<String>,
    pub(crate) body_of: Option<String>,
    pub(crate) conversion: String,
    #[serde(default)]
    pub(crate) rename_pair: bool,
    pub(crate) defines: Option<String>,
    pub(crate) confidence: Option<String>,
}

/// A wrong value of a genuine directive.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct FolkloreValue {
    #[serde(default)]
    pub(crate) directives: Vec<String>,
    #[serde(default)]
    pub(crate) places: Vec<String>,
    pub(crate) pattern: String,
    pub(crate) replacement: Option<String>,
    #[serde(default)]
    pub(crate) safe: bool,
    pub(crate) example: String,
    pub(crate) genuine: String,
    pub(crate) explanation: String,
}

/// A genuine directive where the web wrongly puts it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct FolkloreScope {
    pub(crate) directives: Vec<String>,
    pub(crate) places: Vec<String>,
    pub(crate) genuine: String,
    pub(crate) rename_to: Option<String>,
    pub(crate) into: Option<String>,
    pub(crate) explanation: String,
}

/// What to write for a line that PowerMTA does not take, or what a person must decide first.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct FolkloreConversion {
    pub(crate) names: Vec<String>,
    #[serde(default)]
    pub(crate) places: Vec<String>,
    pub(crate) pattern: Option<String>,
    #[serde(default)]
    pub(crate) lines: Vec<String>,
    pub(crate) into: Option<String>,
    pub(crate) argument: Option<String>,
    #[serde(default)]
    pub(crate) above: Vec<String>,
    #[serde(default)]
    pub(crate) delete: bool,
    pub(crate) decision: Option<String>,
}
