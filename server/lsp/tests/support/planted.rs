//! A configuration with a secret wherever the catalog knows one, right and wrong.

#![allow(
    clippy::arithmetic_side_effects,
    reason = "a test that overflows should fail"
)]

use pmta_analysis::catalog::{DIRECTIVES, Directive, ValueKind, ValueSpec};

/// What must not be seen. Wrong for every kind of value that has a form.
pub(crate) const SECRET: &str = "hunter2-QzX";

fn holds_secret(spec: &ValueSpec) -> bool {
    spec.secret
        || match spec.kind {
            ValueKind::List { item, .. } => holds_secret(item),
            ValueKind::Composite(parts) => parts.iter().any(|part| holds_secret(&part.value)),
            ValueKind::AnyOf(alternatives) => alternatives.iter().any(holds_secret),
            _ => false,
        }
}

/// Lines with the secret in the place where the directive holds it, right and wrong.
fn lines(directive: &Directive) -> Vec<String> {
    let name = directive.name;
    if directive.value.secret {
        return vec![
            format!("{name} {SECRET}"),
            format!("{name} \"{SECRET} and more\""),
            format!("{name} \"{SECRET}"),
            format!("{name} = {SECRET}"),
            format!("{name} {SECRET} # comment"),
            format!("{name}: {SECRET};"),
            format!("<{name}>{SECRET}</{name}>"),
            format!("{} {SECRET}", name.replace('-', "_")),
            format!("# {name} {SECRET} max-smtp-out 20 max-msg-rate 100/h"),
            format!("{name}x {SECRET}"),
        ];
    }
    let mut lines = Vec::new();
    if name.ends_with("certificate") {
        lines.push(format!("{name} /etc/x.pem {SECRET}"));
        lines.push(format!("{name} /etc/x.pem \"{SECRET} two\" three"));
        lines.push(format!("{name} /etc/x.pem {SECRET} three"));
        lines.push(format!("{name} = /etc/x.pem {SECRET}"));
    }
    lines
}

/// The configuration.
pub(crate) fn planted() -> String {
    let mut planted = 0;
    let mut text = String::new();
    for directive in DIRECTIVES
        .iter()
        .filter(|directive| holds_secret(&directive.value))
    {
        for line in lines(directive) {
            planted += 1;
            // In its place, in a wrong one, and flattened with something wrong beside it.
            let section = directive
                .place
                .section()
                .map_or("domain", |section| section.name);
            text.push_str(&format!(
                "<{section} a>\n    {line}\n</{section}>\n{line}\n"
            ));
            text.push_str(&format!(
                "<virtual-mta x> {line} max-msg-rate 1/hour </virtual-mta>\n"
            ));
            text.push_str(&format!(
                "<domain x> max-msg-rate 1/hour {line}\n</domain>\n"
            ));
        }
    }
    text.push_str(&format!(
        "smtp_password = {SECRET}\nauth login user password {SECRET}\n"
    ));
    text.push_str(&format!(
        "<user name=\"a\" password=\"{SECRET}\">\n</user>\n"
    ));
    assert!(planted > 40, "{planted}");
    text
}
