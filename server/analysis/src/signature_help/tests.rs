use expect_test::{Expect, expect};

use super::*;
use crate::fixture::fixture;

/// The forms with the active part in angle brackets, and what it means.
fn shown(text: &str) -> String {
    let fixture = fixture(text);
    let Some(help) = signature_help(&fixture.workspace, fixture.at) else {
        return "nothing\n".to_owned();
    };
    let mut shown = String::new();
    for (index, signature) in help.signatures.iter().enumerate() {
        let mark = if index == help.active { '>' } else { ' ' };
        let active = signature.active.map(|active| &signature.parts[active]);
        let mut label = signature.label.clone();
        if let Some(part) = active {
            label.insert(part.range.end as usize, '»');
            label.insert(part.range.start as usize, '«');
        }
        shown.push_str(&format!("{mark} {label}\n"));
        if index == help.active
            && let Some(part) = active
        {
            shown.push_str(&format!("    {}\n", part.documentation));
        }
    }
    shown
}

fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&shown(text));
}

#[test]
fn the_part_at_the_cursor_is_marked() {
    check(
        "<virtual-mta a>\n  smtp-source-host $0\n</virtual-mta>\n",
        &expect![[r#"
        > smtp-source-host «address» host
            Expected: an address range such as `192.0.2.1` or `10/8` or a range such as `192.0.2.1-192.0.2.9`.
    "#]],
    );
    check(
        "<virtual-mta a>\n  smtp-source-host 192.0.2.1 $0\n</virtual-mta>\n",
        &expect![[r#"
        > smtp-source-host address «host»
            Expected: a host name such as `mail.example.com`.
    "#]],
    );
    check(
        "<virtual-mta a>\n  smtp-source-host 192.0.2$0.1 x\n</virtual-mta>\n",
        &expect![[r#"
        > smtp-source-host «address» host
            Expected: an address range such as `192.0.2.1` or `10/8` or a range such as `192.0.2.1-192.0.2.9`.
    "#]],
    );
    check(
        "domain-macro $0\n",
        &expect![[r#"
        > domain-macro «macro» items
            Expected: a macro name of letters, digits and underscores.
    "#]],
    );
    check(
        "domain-macro a b.com, $0\n",
        &expect![[r#"
        > domain-macro macro «items»
            Expected: one or more items, each a domain, a part of one, or a macro such as `$tld`.
    "#]],
    );
    check(
        "domain-key sel,$0\n",
        &expect![[r#"
        > domain-key selector,«domain»,key
            Expected: `*` or a domain such as `example.com`.
    "#]],
    );
}

#[test]
fn rules_have_their_parts() {
    check(
        "<smtp-pattern-list p>\n  reply $0\n</smtp-pattern-list>\n",
        &expect![[r#"
        > reply «pattern» actions
            Expected: an expression between slashes such as `/^421 /`.
    "#]],
    );
    check(
        "<smtp-pattern-list p>\n  reply /a b$0\n</smtp-pattern-list>\n",
        &expect![[r#"
        > reply «pattern» actions
            Expected: an expression between slashes such as `/^421 /`.
    "#]],
    );
    check(
        "<smtp-pattern-list p>\n  reply /a/ mode=backoff,$0\n</smtp-pattern-list>\n",
        &expect![[r#"
        > reply pattern «actions»
            Expected: one or more of `mode=normal`, `mode=backoff`, `backoff-to-normal-after=`, `skip-mx`, `bounce-queue`, `bounce-rcpt`, `disable-source-ip`, `reenable-after=` or `defer-queue`.
    "#]],
    );
    check(
        "<pattern-list p>\n  mail-from /a/ $0\n</pattern-list>\n",
        &expect![[r#"
        > mail-from pattern «result»
            Expected: `<pattern-list>` or one or more of `virtual-mta=`, `recipient-priority=` or `call-to:`.
    "#]],
    );
    check(
        "<bounce-category-patterns>\n  /a/ $0\n</bounce-category-patterns>\n",
        &expect![[r#"
        > /pattern/ «category»
            Expected: a bounce category such as `bad-mailbox`.
    "#]],
    );
}

#[test]
fn values_of_one_part_need_no_help() {
    assert_eq!(shown("run-as-root $0\n"), "nothing\n");
    assert_eq!(shown("# smtp-source-host $0\n"), "nothing\n");
    assert_eq!(shown("unheard-of $0\n"), "nothing\n");
    assert_eq!(shown("$0\n"), "nothing\n");
}

#[test]
fn every_directive_can_be_helped_with() {
    for directive in crate::catalog::DIRECTIVES {
        let (before, after) = match directive.place.section() {
            Some(section) => (
                format!("<{} a>\n", section.name),
                format!("</{}>\n", section.name),
            ),
            None => (String::new(), String::new()),
        };
        let name = if directive.name == RULE {
            "/x/"
        } else {
            directive.name
        };
        let fixture = fixture(&format!("{before}{name} $0\n{after}"));
        let Some(help) = signature_help(&fixture.workspace, fixture.at) else {
            continue;
        };
        for signature in &help.signatures {
            for part in &signature.parts {
                assert!(
                    !part.range.slice(&signature.label).is_empty(),
                    "{signature:?}"
                );
                assert!(part.documentation.ends_with('.'), "{signature:?}");
            }
        }
        assert!(
            help.signatures[help.active].active.is_some(),
            "{}: {help:?}",
            directive.name
        );
    }
}
