//! Findings in the Static Analysis Results Interchange Format, version 2.1.0.

use std::io::{self, Write};

use pmta_analysis::diagnostics::{Fix, RULES, Rule, Severity, page};
use pmta_analysis::document::Document;
use pmta_analysis::policy::Policy;
use pmta_analysis::secrets::Secrets;
use pmta_analysis::text::TextRange;
use serde_json::{Value, json};

use super::report::{Position, Reported};

/// Where the format is described to programs.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Prints one log with one run.
///
/// # Errors
/// If writing fails.
pub(crate) fn print(
    reported: &[Reported<'_>],
    policy: &Policy,
    out: &mut dyn Write,
) -> io::Result<()> {
    let rules: Vec<Value> = RULES.iter().map(|rule| descriptor(rule, policy)).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "pmta-ls",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": reported.iter().map(result).collect::<Vec<_>>(),
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn descriptor(rule: &Rule, policy: &Policy) -> Value {
    let mut descriptor = json!({
        "id": rule.code,
        "shortDescription": { "text": format!("{}.", rule.summary) },
        "help": { "text": rule.documentation, "markdown": page::page(rule) },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "tags": [rule.group.name()] },
    });
    if let (Some(url), Value::Object(descriptor)) = (policy.page_of(rule), &mut descriptor) {
        descriptor.insert("helpUri".to_owned(), url.into());
    }
    descriptor
}

fn result(reported: &Reported<'_>) -> Value {
    let finding = &reported.finding;
    let index = RULES.iter().position(|rule| rule.code == finding.rule.code);
    let related: Vec<Value> = reported
        .related
        .iter()
        .map(|it| {
            let mut place = location(&it.path, it.document, it.range);
            if let Value::Object(place) = &mut place {
                place.insert("message".to_owned(), json!({ "text": it.message }));
            }
            place
        })
        .collect();
    let mut result = json!({
        "ruleId": finding.rule.code,
        "ruleIndex": index,
        "level": level(finding.severity),
        "message": { "text": finding.message },
        "locations": [location(reported.path, reported.document, finding.range)],
    });
    if let Value::Object(result) = &mut result {
        if !related.is_empty() {
            result.insert("relatedLocations".to_owned(), related.into());
        }
        let fixes: Vec<Value> = fix(reported).into_iter().collect();
        if !fixes.is_empty() {
            result.insert("fixes".to_owned(), fixes.into());
        }
    }
    result
}

/// The fix that a program could make; none if its text would show a secret.
fn fix(reported: &Reported<'_>) -> Option<Value> {
    let fix = reported.fix()?;
    let secrets = if reaches_far(fix) {
        let all = TextRange::of(0, reported.document.rope().len_bytes());
        Secrets::new(reported.document).within(all)
    } else {
        reported.secrets.clone()
    };
    let secrets: Vec<String> = secrets
        .iter()
        .map(|secret| reported.document.slice(secret.as_usize()))
        .collect();
    let shows_secret = fix.edits.iter().any(|edit| {
        let word = |secret: &String| secret.trim_matches(['"', ' ', '\t']).to_owned();
        secrets
            .iter()
            .map(word)
            .any(|secret| !secret.is_empty() && edit.text.contains(&secret))
    });
    let is_near_secret = !reported.secrets.is_empty() && reaches_far(fix);
    if shows_secret || is_near_secret {
        return None;
    }
    let replacements: Vec<Value> = fix
        .edits
        .iter()
        .map(|edit| {
            json!({
                "deletedRegion": region(reported.document, edit.range),
                "insertedContent": { "text": edit.text },
            })
        })
        .collect();
    Some(json!({
        "description": { "text": fix.title },
        "artifactChanges": [{
            "artifactLocation": { "uri": uri(reported.path) },
            "replacements": replacements,
        }],
    }))
}

/// Whether a fix writes more than one line: it may move others than those that the finding is about.
fn reaches_far(fix: &Fix) -> bool {
    fix.edits.iter().any(|edit| edit.text.contains('\n'))
}

fn location(path: &str, document: &Document, range: TextRange) -> Value {
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(path) },
        "region": region(document, range),
    } })
}

fn region(document: &Document, range: TextRange) -> Value {
    let start = Position::of(document, range.start);
    let end = Position::of(document, range.end);
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "note",
    }
}

/// A path as a URI reference.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    if path.starts_with('/') {
        uri.insert_str(0, "file://");
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_are_uri_references() {
        assert_eq!(uri("a b/é.conf"), "a%20b/%C3%A9.conf");
        assert_eq!(uri("/etc/pmta/config"), "file:///etc/pmta/config");
        assert_eq!(uri("<stdin>"), "%3Cstdin%3E");
    }
}
