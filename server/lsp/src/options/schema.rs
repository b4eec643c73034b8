//! What can be set, as a JSON schema and as a page of documentation.

use std::fmt::Write as _;

use pmta_analysis::diagnostics::{Group, RULES};
use pmta_analysis::policy::Level;
use serde_json::{Map, Value, json};

use super::editor_keys::EDITOR_KEYS;
use super::keys::{KEYS, Key, Kind};

/// The JSON schema of `pmta-ls.toml`.
#[must_use]
pub fn schema() -> String {
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "pmta-ls.toml",
        "description": "Settings of pmta-ls for the PowerMTA configurations below a folder.",
        "type": "object",
        "properties": properties(KEYS),
        "additionalProperties": false,
    });
    // A value made here can be written.
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

fn properties(keys: &[Key]) -> Value {
    let properties = keys.iter().map(|key| {
        let mut property = of_kind(key.kind);
        if let Value::Object(property) = &mut property {
            property.insert("description".to_owned(), key.summary.into());
        }
        (key.name.to_owned(), property)
    });
    Value::Object(properties.collect())
}

fn of_kind(kind: Kind) -> Value {
    let code = || json!({ "enum": selectors().map(|(name, _)| name).collect::<Vec<_>>() });
    match kind {
        Kind::Text => json!({ "type": "string" }),
        Kind::Version => json!({ "type": "string", "pattern": "^[0-9]+(\\.[0-9]+)?([rR].*)?$" }),
        Kind::Word(words) => json!({ "enum": words }),
        Kind::Boolean => json!({ "type": "boolean" }),
        Kind::Count => json!({ "type": "integer", "minimum": 0 }),
        Kind::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        Kind::Folders => json!({
            "type": "object",
            "propertyNames": { "pattern": "^([A-Za-z]:)?[/\\\\]" },
            "additionalProperties": { "type": "string" },
        }),
        Kind::Levels => {
            let level = |(name, about): (&str, String)| {
                let level = json!({ "description": about, "enum": Level::NAMES });
                (name.to_owned(), level)
            };
            let levels: Map<String, Value> = selectors().map(level).collect();
            json!({ "type": "object", "properties": levels, "additionalProperties": false })
        }
        Kind::Codes => json!({
            "type": "object",
            "additionalProperties": { "type": "array", "items": code() },
        }),
        Kind::Table(keys) => json!({
            "type": "object",
            "properties": properties(keys),
            "additionalProperties": false,
        }),
    }
}

/// The groups and the rules, each with what it is about.
fn selectors() -> impl Iterator<Item = (&'static str, String)> {
    let groups = Group::ALL.into_iter().map(|group| {
        let name = group.name();
        (name, format!("All rules of the group {name}."))
    });
    let rules = RULES.iter().map(|rule| {
        let about = format!("{} (default: {})", rule.summary, rule.severity.name());
        (rule.code, about)
    });
    groups.chain(rules)
}

/// The page about all that can be set, as Markdown.
#[must_use]
pub fn page() -> String {
    let mut page = String::from(
        "# Settings\n\nA file `pmta-ls.toml` says how the PowerMTA configurations in its folder and below are \
         checked. The nearest one at or above a file counts. Editors can set the same under the same names, also \
         written like `docsUrl`, in the section `pmta-ls` of their settings or as initialization options; what \
         `pmta-ls.toml` says goes first.\n\n`pmta-ls.schema.json` beside this page is the JSON schema of the file.\n",
    );
    for key in KEYS {
        describe(&mut page, "##", key);
        if let Kind::Table(inner) = key.kind {
            for key in inner {
                describe(&mut page, "###", key);
            }
        }
    }
    page.push_str(
        "\n## In editors only\n\nWhat is shown beside the text is for each person to say, so it stands in the settings \
         of the editor and nowhere else. All of it is shown where nothing is set.\n",
    );
    for table in EDITOR_KEYS {
        let _ = write!(page, "\n### {}\n\n{}\n\n", table.name, table.summary);
        if let Kind::Table(keys) = table.kind {
            for key in keys {
                let _ = writeln!(page, "- `{}.{}`: {}", table.name, key.name, key.summary);
            }
        }
    }
    page
}

fn describe(page: &mut String, heading: &str, key: &Key) {
    let _ = write!(page, "\n{heading} {}\n\n{}\n", key.name, key.summary);
    if !key.default.is_empty() {
        let _ = write!(page, "\nDefault: `{}`\n", key.default);
    }
    let _ = write!(page, "\n```toml\n{}\n```\n", key.example);
}
