use std::fmt::Write as _;

use expect_test::{Expect, expect};

use super::*;
use crate::fixture::fixture;

fn write(symbols: &[Symbol], depth: usize, shown: &mut String) {
    for symbol in symbols {
        assert!(symbol.range.contains_range(symbol.name_range), "{symbol:?}");
        assert!(!symbol.name.is_empty(), "{symbol:?}");
        let indentation = "  ".repeat(depth);
        let _ = writeln!(
            shown,
            "{indentation}{:?} {} | {}",
            symbol.kind, symbol.name, symbol.detail
        );
        write(&symbol.children, depth.saturating_add(1), shown);
    }
}

fn check(text: &str, expected: &Expect) {
    let fixture = fixture(&format!("{text}$0"));
    let found = document_symbols(&fixture.workspace, fixture.at.file);
    let mut shown = String::new();
    write(&found, 0, &mut shown);
    expected.assert_eq(&shown);
}

#[test]
fn sections_rules_and_lines_that_define_make_the_outline() {
    check(
        r#"# a comment
postmaster a@example.com
include parts/*.conf
domain-macro tld com, co.uk
<virtual-mta "mta one">
    smtp-source-host 192.0.2.1 a.example.com
    <domain *>
        max-smtp-out 20
    </domain>
    <domain example.com>
    </domain>
</virtual-mta>
<virtual-mta-pool p>
    virtual-mta "mta one"
</virtual-mta-pool>
<pattern-list l>
    mail-from /@example\/x/ virtual-mta=p
    header X-Job /news/ virtual-mta=p,recipient-priority=60
    rcpt-to /x/ <pattern-list>
        mail-from /y/ call-to: m
    </pattern-list>
</pattern-list>
<smtp-pattern-list s>
    reply /^421 / mode=backoff
</smtp-pattern-list>
<bounce-category-patterns>
    /spam/ spam-related
    // other
</bounce-category-patterns>
<address-list q>
    address a@example.com
</address-list>
<source {pickup}>
</source>
<smtp-user joe>
    password hunter2
</smtp-user>
<smtp-listener 192.0.2.1:25>
</smtp-listener>
<acct-file /var/log/a.csv>
</acct-file>
<spool /var/spool/pmta>
</spool>
<proxy x>
</proxy>
"#,
        &expect![[r#"
            Include parts/*.conf | include
            Macro tld | com, co.uk
            VirtualMta mta one | virtual-mta
              Domain * | domain
              Domain example.com | domain
            Pool p | virtual-mta-pool
            List l | pattern-list
              Rule mail-from /@example\/x/ | virtual-mta=p
              Rule header X-Job /news/ | virtual-mta=p,recipient-priority=60
              Rule rcpt-to /x/ | 
              List pattern-list | 
                Rule mail-from /y/ | call-to: m
            List s | smtp-pattern-list
              Rule reply /^421 / | mode=backoff
            List bounce-category-patterns | 
              Rule /spam/ | spam-related
              Rule // | other
            List q | address-list
            Source {pickup} | source
            Entrance joe | smtp-user
            Entrance 192.0.2.1:25 | smtp-listener
            Section /var/log/a.csv | acct-file
            Section /var/spool/pmta | spool
            Named x | proxy
        "#]],
    );
}

#[test]
fn broken_and_invented_text_has_an_outline_too() {
    check(
        "<virtual-mta a>\n<domain b>\n<vmta c>\n</vmta>\n<>\n</>\nvirtual-mta d {\n}\n<domain>\n</domain>\n",
        &expect![[r#"
            VirtualMta a | virtual-mta
              Domain b | domain
            VirtualMta c | vmta
            VirtualMta d | virtual-mta
            Domain domain | 
        "#]],
    );
}

#[test]
fn secrets_stay_hidden() {
    let text = "<pattern-list l>\npassword hunter2\npasword hunter2\n</pattern-list>\n<user name=\"x\" password=\"hunter2\">\n</user>\ninclude a password hunter2\n";
    let fixture = fixture(&format!("{text}$0"));
    let found = document_symbols(&fixture.workspace, fixture.at.file);
    let shown = format!("{found:?}");
    assert!(shown.contains("••••"), "{shown}");
    assert!(!shown.contains("hunter2"), "{shown}");
}

#[test]
fn long_rules_are_cut() {
    let text = format!(
        "<pattern-list l>\nmail-from /{}/ virtual-mta=a\n</pattern-list>\n$0",
        "x".repeat(500)
    );
    let fixture = fixture(&text);
    let found = document_symbols(&fixture.workspace, fixture.at.file);
    let rule = &found[0].children[0];
    assert_eq!(rule.name.chars().count(), 81);
    assert_eq!(rule.detail, "virtual-mta=a");
}

fn search(text: &str, query: &str, expected: &Expect) {
    let fixture = fixture(&format!("{text}$0"));
    let found = workspace_symbols(&[&fixture.workspace], query);
    let shown = found
        .iter()
        .map(|one| format!("{:?} {}\n", one.kind, fixture.shown(one.at)));
    expected.assert_eq(&shown.collect::<String>());
}

const NAMES: &str = "include b.conf\n<virtual-mta mta-10>\n<domain mta.example>\n</domain>\n</virtual-mta>\n<virtual-mta mta>\n</virtual-mta>\n<virtual-mta my-mta>\n</virtual-mta>\n<virtual-mta-pool MTAs>\n</virtual-mta-pool>\n<smtp-user mail-tom-a>\n</smtp-user>\ndomain-macro metal com\n";
const OTHERS: &str = "#- /etc/pmta/b.conf\n<virtual-mta mta-1>\n</virtual-mta>\n";

#[test]
fn names_are_found_in_all_files_the_best_first() {
    search(
        &format!("{NAMES}{OTHERS}"),
        "mta",
        &expect![[r#"
            VirtualMta config:6:14 mta
            Pool config:10:19 MTAs
            VirtualMta 1:14 mta-1
            VirtualMta config:2:14 mta-10
            Domain config:3:9 mta.example
            VirtualMta config:8:14 my-mta
            Entrance config:12:12 mail-tom-a
            Macro config:14:14 metal
        "#]],
    );
    search(
        &format!("{NAMES}{OTHERS}"),
        "mm",
        &expect![[r#"
            VirtualMta config:8:14 my-mta
            Entrance config:12:12 mail-tom-a
            Domain config:3:9 mta.example
        "#]],
    );
    search(&format!("{NAMES}{OTHERS}"), "nothing", &expect![[""]]);
    search(
        &format!("{NAMES}{OTHERS}"),
        "",
        &expect![[r#"
            VirtualMta config:6:14 mta
            Pool config:10:19 MTAs
            Macro config:14:14 metal
            VirtualMta 1:14 mta-1
            VirtualMta config:2:14 mta-10
            VirtualMta config:8:14 my-mta
            Entrance config:12:12 mail-tom-a
            Domain config:3:9 mta.example
        "#]],
    );
}

#[test]
fn not_more_is_found_than_anybody_reads() {
    let many: String = (0..1000)
        .map(|number| format!("<virtual-mta m{number}>\n</virtual-mta>\n"))
        .collect();
    let fixture = fixture(&format!("{many}$0"));
    let found = workspace_symbols(&[&fixture.workspace], "m99");
    assert_eq!(found[0].name, "m99");
    assert!(found.iter().take(11).all(|it| it.name.starts_with("m99")));
    assert_eq!(
        workspace_symbols(&[&fixture.workspace], "m").len(),
        MOST_FOUND
    );
}
