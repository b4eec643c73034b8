//! The settings: those of the server, and a few that the extension alone has.

use pmta_analysis::diagnostics::{Group, RULES};
use pmta_analysis::policy::Level;
use pmta_ls::options::Options;
use pmta_ls::options::editor_keys::EDITOR_KEYS;
use pmta_ls::options::keys::{KEYS, Key, Kind};
use serde_json::{Map, Value, json};

const SECTION: &str = "pmta-ls";
/// What only the extension reads; `package.json` says what these take.
const OF_EXTENSION: [&str; 4] = ["path", "files", "closeTags", "trace.server"];

/// What can be set: of what is declared now that of the extension, and all that the server knows.
pub fn properties(mut declared: Value) -> Value {
    let mut properties = Map::new();
    for name in OF_EXTENSION {
        let name = format!("{SECTION}.{name}");
        let property = declared[&name].take();
        assert!(property.is_object(), "package.json does not declare {name}");
        properties.insert(name, property);
    }
    // What a project says may differ from folder to folder, what is shown does not.
    for (keys, scope) in [(KEYS, "resource"), (EDITOR_KEYS, "window")] {
        for key in keys {
            let name = format!("{SECTION}.{}", in_editor(key.name));
            match key.kind {
                Kind::Table(inner) => {
                    for key in inner {
                        let name = format!("{name}.{}", in_editor(key.name));
                        let given = default(key).filter(|value| value.is_boolean());
                        let first = properties.len();
                        properties.insert(name, property(key, given, scope, first));
                    }
                }
                _ => {
                    let given = default(key).or_else(|| Some(json!("")));
                    let first = properties.len();
                    properties.insert(name, property(key, given, scope, first));
                }
            }
        }
    }
    Value::Object(properties)
}

/// `docs-url` as `docsUrl`.
fn in_editor(name: &str) -> String {
    let mut words = name.split('-');
    let mut written = words.next().unwrap_or_default().to_owned();
    for word in words {
        let (first, rest) = word.split_at(1);
        written += &first.to_uppercase();
        written += rest;
    }
    written
}

/// What holds where the key is not set.
fn default(key: &Key) -> Option<Value> {
    if key.default.is_empty() {
        return None;
    }
    let table: toml::Table = toml::from_str(&format!("it = {}", key.default)).expect("a value");
    table
        .get("it")
        .map(|value| serde_json::to_value(value).expect("a value of JSON"))
}

/// One setting. Without a default it is null, as long as nobody sets it: then what the editor says of
/// any file holds.
fn property(key: &Key, default: Option<Value>, scope: &str, order: usize) -> Value {
    let mut property = of_kind(key.kind, default.is_none());
    property.insert("default".to_owned(), default.unwrap_or(Value::Null));
    property.insert("scope".to_owned(), json!(scope));
    property.insert("order".to_owned(), json!(order));
    property.insert("markdownDescription".to_owned(), json!(key.summary));
    property.into_iter().collect::<Map<String, Value>>().into()
}

fn of_kind(kind: Kind, can_be_null: bool) -> Map<String, Value> {
    let taken = |name: &str| {
        if can_be_null {
            json!([name, "null"])
        } else {
            json!(name)
        }
    };
    let kind = match kind {
        Kind::Text => json!({ "type": "string" }),
        Kind::Version => json!({ "type": "string", "pattern": "^([0-9]+(\\.[0-9]+)?([rR].*)?)?$" }),
        Kind::Word(words) => {
            let null = can_be_null.then_some(Value::Null);
            let words: Vec<Value> = words.iter().map(|word| json!(word)).chain(null).collect();
            json!({ "type": taken("string"), "enum": words })
        }
        Kind::Boolean => json!({ "type": "boolean" }),
        Kind::Count => json!({ "type": taken("integer"), "minimum": 0 }),
        Kind::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        Kind::Folders => json!({
            "type": "object",
            "propertyNames": { "pattern": "^([A-Za-z]:)?[/\\\\]" },
            "additionalProperties": { "type": "string" },
        }),
        Kind::Levels => {
            let (names, about): (Vec<_>, Vec<_>) = selectors().unzip();
            json!({
                "type": "object",
                "propertyNames": { "enum": names, "enumDescriptions": about },
                "additionalProperties": { "type": "string", "enum": Level::NAMES },
            })
        }
        Kind::Codes => {
            let names: Vec<_> = selectors().map(|(name, _)| name).collect();
            let codes = json!({ "type": "array", "items": { "type": "string", "enum": names } });
            json!({ "type": "object", "additionalProperties": codes })
        }
        Kind::Table(_) => panic!("a table in a table"),
    };
    match kind {
        Value::Object(kind) => kind,
        _ => Map::new(),
    }
}

/// The groups and the rules, each with what it is about.
fn selectors() -> impl Iterator<Item = (&'static str, String)> {
    let groups = Group::ALL.into_iter().map(|group| {
        let name = group.name();
        (name, format!("All rules of the group {name}."))
    });
    groups.chain(RULES.iter().map(|rule| {
        let about = format!("{} (default: {})", rule.summary, rule.severity.name());
        (rule.code, about)
    }))
}

/// What an editor sends when this is set.
fn sent(name: &str, value: Value) -> Value {
    let path = name.trim_start_matches(SECTION).trim_start_matches('.');
    path.rsplit('.')
        .fold(value, |inner, name| json!({ name: inner }))
}

#[test]
fn the_server_hears_every_setting() {
    let unset = Options::default();
    for key in KEYS {
        let example: toml::Table = toml::from_str(key.example).expect("an example");
        let example = serde_json::to_value(&example[key.name]).expect("a value of JSON");
        let name = in_editor(key.name);
        let (options, mistakes) = Options::from_editor(&sent(&name, example));
        assert_eq!(mistakes, Vec::<String>::new(), "{name}");
        assert_ne!(options, unset, "{name}");
    }
}

#[test]
fn what_nobody_sets_is_nothing_to_complain_of() {
    let own = OF_EXTENSION.map(|name| (format!("{SECTION}.{name}"), json!({ "default": null })));
    let declared = properties(Value::Object(own.into_iter().collect()));
    for (name, property) in declared.as_object().expect("properties") {
        let (_, mistakes) = Options::from_editor(&sent(name, property["default"].clone()));
        assert_eq!(mistakes, Vec::<String>::new(), "{name}");
    }
}
