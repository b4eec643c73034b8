use expect_test::expect;
use serde_json::json;

use super::keys::{KEYS, Key, Kind};
use super::*;

fn wrong(text: &str) -> String {
    Options::from_toml(text).unwrap_err()
}

#[test]
fn every_mistake_is_told_with_its_line() {
    let text = "\
root = []
powermta = 4.5
max-findings = -1
exclude = [1]
report-unused-virtual-mtas = \"yes\"

[rules]
value-cas = \"off\"
security = \"none\"

[per-file-ignores]
\"a/*\" = [\"zzzzzzz\"]
b = \"values\"

[paths]
etc = \"a\"

[format]
indent-style = \"tabs\"
indent = 2
";
    let told = wrong(text).replace("; line", "\nline");
    expect![[r#"
        line 4: `exclude` takes a list of texts, such as ["a", "b"]
        line 20: there is no setting `indent`
        line 19: `indent-style` is one of "space", "tab"
        line 3: `max-findings` takes a number, 0 or more
        line 16: `paths` maps folders of the server, and `etc` does not begin with `/`
        line 12: there is no rule or group of rules `zzzzzzz`
        line 13: a pattern has a list of codes, such as ["value-case"]
        line 2: `powermta` is a text: write `powermta = "4.5"`
        line 5: `report-unused-virtual-mtas` takes `true` or `false`
        line 1: there is no setting `root`; did you mean `roots`?
        line 9: `security` is one of "off", "hint", "information", "warning", "error"
        line 8: there is no rule or group of rules `value-cas`; did you mean `value-case`?"#]]
    .assert_eq(&told);
    assert!(wrong("roots = [").starts_with("line 1: "));
    assert!(wrong("powermta = \"five\"").contains("is no version"));
}

#[test]
fn examples_can_be_read() {
    fn examples(keys: &[Key], table: &str) {
        for key in keys {
            for example in [key.example.to_owned(), default_of(key)] {
                let text = format!("{table}{example}\n");
                let options = Options::from_toml(&text);
                assert!(options.is_ok(), "{text}: {options:?}");
            }
            assert_ne!(
                Options::from_toml(&format!("{table}{}\n", key.example)),
                Ok(Options::default()),
                "{}",
                key.name
            );
            if let Kind::Table(inner) = key.kind {
                examples(inner, &format!("{table}[{}]\n", key.name));
            }
        }
    }
    fn default_of(key: &Key) -> String {
        if key.default.is_empty() {
            String::new()
        } else {
            format!("{} = {}", key.name, key.default)
        }
    }
    examples(KEYS, "");
}

#[test]
fn editors_write_names_their_way() {
    let (options, mistakes) = Options::from_editor(&json!({
        "docsUrl": "https://example.com",
        "powermta": null,
        "maxFindings": 5,
        "trace": { "server": "off" },
        "rules": { "value-case": "off", "zzzzzzz": "off" },
        "format": { "indentWidth": 2, "alignValues": null },
        "inlayHints": {},
    }));
    assert_eq!(options.docs_url.as_deref(), Some("https://example.com"));
    assert_eq!(options.max_findings, Some(5));
    assert_eq!(options.format.indent_width, Some(2));
    assert_eq!(
        mistakes,
        ["`rules.zzzzzzz`: there is no rule or group of rules `zzzzzzz`"]
    );
    assert_eq!(
        Options::from_editor(&Value::Null),
        (Options::default(), Vec::new())
    );
}

#[test]
fn the_file_goes_before_the_editor() {
    let file = Options::from_toml(
        "powermta = \"5.0\"\n[rules]\nvalues = \"off\"\nassignment = \"hint\"\n[paths]\n\"/a\" = \"x\"\n",
    );
    let (editor, _) = Options::from_editor(&json!({
        "powermta": "4.5",
        "docs-url": "u",
        "rules": { "value-case": "error", "assignment": "error", "xml-comment": "error" },
        "paths": { "/a": "y", "/b": "z" },
    }));
    let both = file.unwrap().over(&editor);
    assert_eq!(both.powermta, Version::parse("5.0"));
    assert_eq!(both.docs_url.as_deref(), Some("u"));
    assert_eq!(both.paths["/a"], "x");
    assert_eq!(both.paths["/b"], "z");
    let rules: Vec<&str> = both.rules.keys().map(String::as_str).collect();
    assert_eq!(rules, ["assignment", "values", "xml-comment"]);
    let policy = both.policy(Path::new("/p"));
    let level = |code| policy.level(pmta_analysis::diagnostics::rule(code).unwrap());
    assert_eq!(level("value-case"), Some(Level::Off));
    assert_eq!(policy.most_findings, Some(1_000));
}
