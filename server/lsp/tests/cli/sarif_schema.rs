//! `check --format sarif` against the published schema of the format.

use serde_json::{Map, Value};

use crate::sandbox::Sandbox;

const SCHEMA: &str = include_str!("sarif_schema/sarif-2.1.0.json");

/// Keywords that say nothing about a value.
const REMARKS: [&str; 7] = [
    "$id",
    "$schema",
    "default",
    "definitions",
    "description",
    "format",
    "title",
];

/// Holds a value against a part of the schema. What is wrong, or not understood here, is told with where it stands.
struct Validator<'a> {
    schema: &'a Value,
    wrong: Vec<String>,
}

impl Validator<'_> {
    fn check(&mut self, at: &str, value: &Value, schema: &Value) {
        let Value::Object(keywords) = schema else {
            if schema != &Value::Bool(true) {
                self.wrong.push(format!("{at}: a schema that is none"));
            }
            return;
        };
        for (keyword, wanted) in keywords {
            if !self.holds(at, value, keyword, wanted, keywords) {
                self.wrong.push(format!("{at}: {keyword} {wanted}"));
            }
        }
    }

    fn holds(
        &mut self,
        at: &str,
        value: &Value,
        keyword: &str,
        wanted: &Value,
        keywords: &Map<String, Value>,
    ) -> bool {
        let number = |value: &Value| value.as_f64();
        match keyword {
            "$ref" => {
                let pointer = wanted.as_str().and_then(|it| it.strip_prefix('#'));
                let found = pointer.and_then(|pointer| self.schema.pointer(pointer));
                let Some(found) = found.cloned() else {
                    return false;
                };
                self.check(at, value, &found);
                true
            }
            "type" => match wanted {
                Value::Array(kinds) => kinds.iter().any(|kind| is_of(value, kind)),
                kind => is_of(value, kind),
            },
            "enum" => wanted.as_array().is_some_and(|all| all.contains(value)),
            "minimum" => number(value).is_none_or(|it| Some(it) >= number(wanted)),
            "maximum" => number(value).is_none_or(|it| Some(it) <= number(wanted)),
            "minItems" => value
                .as_array()
                .is_none_or(|all| Some(all.len() as u64) >= wanted.as_u64()),
            "uniqueItems" => value.as_array().is_none_or(|all| {
                let is_first = |(index, it): (usize, &Value)| {
                    all.iter().position(|other| other == it) == Some(index)
                };
                all.iter().enumerate().all(is_first)
            }),
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    self.check(&format!("{at}/{index}"), item, wanted);
                }
                true
            }
            "required" => value.as_object().is_none_or(|object| {
                let mut names = wanted.as_array().into_iter().flatten();
                names.all(|name| object.contains_key(name.as_str().unwrap_or_default()))
            }),
            "properties" => {
                for (name, schema) in wanted.as_object().into_iter().flatten() {
                    if let Some(inner) = value.get(name) {
                        self.check(&format!("{at}/{name}"), inner, schema);
                    }
                }
                true
            }
            "additionalProperties" => {
                let known = keywords.get("properties").and_then(Value::as_object);
                let is_known = |name: &str| known.is_some_and(|known| known.contains_key(name));
                let others = value.as_object().into_iter().flatten();
                let others: Vec<_> = others.filter(|(name, _)| !is_known(name)).collect();
                if wanted == &Value::Bool(false) {
                    return others.is_empty();
                }
                for (name, inner) in others {
                    self.check(&format!("{at}/{name}"), inner, wanted);
                }
                true
            }
            "anyOf" => self.fitting(at, value, wanted) >= 1,
            "oneOf" => self.fitting(at, value, wanted) == 1,
            // Nothing that must match an expression is written, and no other keyword is in the schema.
            other => REMARKS.contains(&other),
        }
    }

    /// How many of several schemas a value fits.
    fn fitting(&self, at: &str, value: &Value, schemas: &Value) -> usize {
        let schemas = schemas.as_array().into_iter().flatten();
        schemas
            .filter(|schema| {
                let mut validator = Validator {
                    schema: self.schema,
                    wrong: Vec::new(),
                };
                validator.check(at, value, schema);
                validator.wrong.is_empty()
            })
            .count()
    }
}

fn is_of(value: &Value, kind: &Value) -> bool {
    match kind.as_str().unwrap_or_default() {
        "array" => value.is_array(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "null" => value.is_null(),
        "number" => value.is_number(),
        "object" => value.is_object(),
        "string" => value.is_string(),
        _ => false,
    }
}

fn wrong(log: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap_or_default();
    let mut validator = Validator {
        schema: &schema,
        wrong: Vec::new(),
    };
    validator.check("", log, &schema);
    validator.wrong
}

#[test]
fn what_is_printed_fits_the_published_schema() {
    let files = [
        (
            "config",
            "http-log-tls on\n<domain é.example>\n    max-smtp-out 5\ninclude \"a b.conf\"\n<source 0/0>\n    default-virtual-mta none\n</source>\n<smtp-user a>\npassword = hunter2-QzX\n</smtp-user>\n",
        ),
        (
            "a b.conf",
            "<virtual-mta one>\n</virtual-mta>\n<virtual-mta one>\n</virtual-mta>\nrun-as-root no\nrun-as-root no\n",
        ),
    ];
    let sandbox = Sandbox::new(&files);
    for (arguments, least) in [
        (&["check", "--format", "sarif", "config"][..], 4),
        (&["check", "--format", "sarif", "--fix", "config"][..], 1),
    ] {
        let ran = sandbox.run(arguments);
        let log: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!(wrong(&log), Vec::<String>::new());
        let results = log["runs"][0]["results"].as_array().unwrap();
        assert!(results.len() >= least, "{results:#?}");
    }
    let clean = Sandbox::new(&[("a.conf", "run-as-root no\n")]);
    let log = clean.run(&["check", "--format", "sarif", "a.conf"]).stdout;
    assert_eq!(
        wrong(&serde_json::from_str(&log).unwrap()),
        Vec::<String>::new()
    );
}

#[test]
fn a_fix_that_takes_a_login_apart_is_not_shown() {
    let text =
        "log-file /var/log/pmta/log\nauth-user one hunter2-QzX\noutbound-auth two:hunter2-QzX\n";
    let sandbox = Sandbox::new(&[("config", text)]);
    for format in ["sarif", "human", "github"] {
        let ran = sandbox.run(&["check", "--format", format, "config"]);
        assert!(ran.stdout.contains("outbound-auth"), "{}", ran.stdout);
        assert!(!ran.stdout.contains("hunter2"), "{}", ran.stdout);
    }
}

#[test]
fn what_does_not_fit_is_found() {
    let mut log: Value = serde_json::json!({
        "version": "2.1.0",
        "runs": [{ "tool": { "driver": { "name": "pmta-ls" } }, "results": [
            { "message": { "text": "wrong" }, "level": "note" },
        ] }],
    });
    assert_eq!(wrong(&log), Vec::<String>::new());
    log["runs"][0]["results"][0]["level"] = "hint".into();
    log["runs"][0]["tool"]["driver"]["nane"] = "x".into();
    log["version"] = "2".into();
    assert_eq!(wrong(&log).len(), 3, "{:#?}", wrong(&log));
}
