//! In tags.

use expect_test::{Expect, expect};

use super::support::{all, first, labels, taken};

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&all(text));
}

#[test]
fn an_opening_tag_brings_its_end() {
    expect![[r#"
        <domain> | Settings for the queues of matching recipient domains | typed <domain | <domain ${1:*}>⏎→$0⏎</domain>
        <source> | Settings for submissions, chosen by client IP or by name. | typed <source | <source ${1:10/8}>⏎→$0⏎</source>
        <acct-file> | An accounting (CSV) file or pipe. | typed <acct-file | <acct-file ${1:/var/log/pmta/acct.csv}>⏎→$0⏎</acct-file>
    "#]].assert_eq(&first("postmaster a@example.com\n<do$0\n", 3));
    check(
        "<virtual-mta a>\n<do$0\n</virtual-mta>\n",
        expect![[r#"
        <domain> | Settings for the queues of matching recipient domains | typed <domain | <domain ${1:*}>⏎→$0⏎</domain>
    "#]],
    );
    // An end that is there, or a bracket that the editor put there, is not written again.
    check(
        "<virtual-mta a>\n<do$0 x.example>\n</domain>\n</virtual-mta>\n",
        expect![[r#"
        <domain> | Settings for the queues of matching recipient domains | typed <domain
    "#]],
    );
    assert_eq!(
        taken("<virtual-mta a>\n<do$0>\n</virtual-mta>\n", "<domain>"),
        "<virtual-mta a>\n<domain >\n</virtual-mta>\n"
    );
}

#[test]
fn a_tag_that_the_web_invented_leads_to_a_genuine_one() {
    let text = "postmaster a@example.com\n<vmta$0\n";
    let last = all(text).lines().last().unwrap().to_owned();
    expect!["<virtual-mta> | instead of <vmta> | typed <vmta | <virtual-mta ${1:name}>⏎→$0⏎</virtual-mta>"].assert_eq(&last);
}

#[test]
fn arguments_of_a_domain() {
    let text = "domain-macro tld com,net\ndomain-macro isps hotmail.com\n<domain gmail.com>\n</domain>\n\
        <domain *.gmail.com>\n</domain>\nmx-rollup-list\n<mx-rollup-list>\nmx *.example.net big.rollup\n</mx-rollup-list>\n";
    check(
        &format!("{text}<virtual-mta a>\n<domain $0\n</virtual-mta>\n"),
        expect![[r#"
            * | all domains | *>⏎→$0⏎</domain>
            local | all local domains (host names of this server) | local>⏎→$0⏎</domain>
            big.rollup | used, and defined nowhere | big.rollup>⏎→$0⏎</domain>
            $isps | domain macro | \$isps>⏎→$0⏎</domain>
            $tld | domain macro | \$tld>⏎→$0⏎</domain>
            *.gmail.com | used in this configuration | *.gmail.com>⏎→$0⏎</domain>
            gmail.com | used in this configuration | gmail.com>⏎→$0⏎</domain>
        "#]],
    );
    check(
        &format!("{text}<domain $0>\n</domain>\n"),
        expect![[r#"
            * | all domains
            local | all local domains (host names of this server)
            big.rollup | used, and defined nowhere
            $isps | domain macro
            $tld | domain macro
            *.gmail.com | used in this configuration
            gmail.com | used in this configuration
        "#]],
    );
    check(
        &format!("{text}<domain yahoo.$\u{0}\n").replace('\u{0}', "$0"),
        expect![[r#"
            $isps | domain macro | \$isps>⏎→$0⏎</domain>
            $tld | domain macro | \$tld>⏎→$0⏎</domain>
        "#]],
    );
    check(
        &format!("{text}<domain [*.]g$0>\n</domain>\n"),
        expect![[r#"
            $isps | domain macro
            $tld | domain macro
            *.gmail.com | used in this configuration
            gmail.com | used in this configuration
        "#]],
    );
}

#[test]
fn arguments_of_others() {
    check(
        "<smtp-user u>\nsource mine\n</smtp-user>\n<source $0>\n</source>\n",
        expect![[r#"
        0/0
        127.0.0.1
        {pickup} | pickup directory submissions
        {auth} | authenticated users whose <smtp-user> names no source
        {transmissions-api} | HTTP Transmissions API submissions
        mine | used, and defined nowhere
    "#]],
    );
    check(
        "<source 0/0>\ndefault-virtual-mta fast\n</source>\n<virtual-mta $0>\n</virtual-mta>\n",
        expect![[r#"
        fast | used, and defined nowhere
    "#]],
    );
    check(
        "<smtp-listener $0>\n</smtp-listener>\n",
        expect![[r#"
        0/0:25 | example
        0/0:465 | example
    "#]],
    );
    check(
        "<spool $0\n",
        expect![[r#"
        /var/spool/pmta | example | /var/spool/pmta>⏎→$0⏎</spool>
    "#]],
    );
    check(
        "<virtual-mta a>\n</virtual-mta>\n<route source-vmta=\"$0\">\n",
        expect![[r#"
        a | VirtualMTA
    "#]],
    );
}

#[test]
fn ends() {
    assert_eq!(
        labels("<virtual-mta a>\n<domain b>\n</$0\n</virtual-mta>\n"),
        ["</domain>"]
    );
    assert_eq!(
        labels("<virtual-mta a>\n<domain b>\n</domain>\n</$0"),
        ["</virtual-mta>"]
    );
    assert_eq!(
        labels("<virtual-mta a>\n<domain b>\n</do$0>\n</virtual-mta>\n"),
        ["</domain>"]
    );
    assert_eq!(labels("<sender a@example.com>\n</$0"), ["</sender>"]);
    assert_eq!(labels("</$0"), Vec::<String>::new());
    assert_eq!(
        taken("<domain b>\n</do$0>\n", "</domain>"),
        "<domain b>\n</domain>\n"
    );
    check(
        "<domain b>$0",
        expect![[r#"
        </domain> | ends the section | ⏎→$0⏎</domain>
    "#]],
    );
    check("<domain b>$0\n</domain>\n", expect![""]);
}
