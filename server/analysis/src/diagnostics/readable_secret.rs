//! `readable-secret`: every user of the machine can read a password.

use super::{FileSite, Finding, Group, Rule, Severity};
use crate::catalog;
use crate::secrets::{self, holds_secret};
use crate::syntax::Directive;
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "readable-secret",
    severity: Severity::Information,
    group: Group::Security,
    summary: "every user of the machine can read a password",
    documentation: "The file holds a password or a key, and its permissions let every user of the machine read it. This is
said once a file, on the first of its secrets, and only where the permissions can be read.

Take the right to read from others:

```sh
chmod o-r /etc/pmta/users.conf
```

Secrets can also stand in a file of their own that the configuration includes.",
};

/// Whether a line holds a confidential value.
pub(super) fn is_secret(
    text: &str,
    found: &'static catalog::Directive,
    directive: &Directive,
) -> bool {
    let value = directive.value.slice(text);
    holds_secret(&found.value)
        && !super::value::has_template_marker(value)
        && secrets::shown(found, value).contains(secrets::MASK)
}

pub(crate) fn check(site: &FileSite<'_>, findings: &mut Vec<Finding>) {
    if site.workspace.is_world_readable(site.file) != Some(true) {
        return;
    }
    let secret = site
        .document
        .items_where(|contents| contents.has_deferred)
        .find_map(|item| Some((item.start, item.facts.rare().deferred.as_ref()?.secret?)));
    if let Some((start, name)) = secret {
        findings.push(Finding::new(
            &RULE,
            name.shifted(TextRange::of(0, start).end),
            "Every user of this machine can read what is confidential here: take the right to read \
             the file from others.",
        ));
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::shown;
    use crate::document::Document;
    use crate::findings::findings;
    use crate::workspace::Workspace;

    #[test]
    fn only_where_others_may_read_the_file() {
        let text = "run-as-root no\n<smtp-user one>\n    password secret\n</smtp-user>\n<smtp-user two>\n    password secret\n</smtp-user>\n";
        let (mut workspace, file) =
            Workspace::alone("/etc/pmta/users.conf".into(), Document::new(text));
        assert!(findings(&workspace, file).is_empty());
        workspace.set_world_readable(file, Some(false));
        assert!(findings(&workspace, file).is_empty());
        workspace.set_world_readable(file, Some(true));
        expect![[r#"
            3:5-13 information readable-secret: Every user of this machine can read what is confidential here: take the right to read the file from others.
        "#]]
        .assert_eq(&shown(text, &findings(&workspace, file)));
    }

    #[test]
    fn a_certificate_is_confidential_with_its_password_only() {
        for (value, is_reported) in [
            ("/etc/pmta/a.pem", false),
            ("/etc/pmta/a.pem hunter2", true),
        ] {
            let text = format!("smtp-server-tls-certificate {value}\n");
            let (mut workspace, file) =
                Workspace::alone("/etc/pmta/config".into(), Document::new(&text));
            workspace.set_world_readable(file, Some(true));
            assert_eq!(
                !findings(&workspace, file).is_empty(),
                is_reported,
                "{text}"
            );
        }
    }
}
