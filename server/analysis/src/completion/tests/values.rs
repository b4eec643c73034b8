//! In values.

use expect_test::{Expect, expect};

use super::support::{all, complete, first, labels, taken};

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&all(text));
}

fn in_domain(line: &str) -> String {
    format!("<domain a.example>\n    {line}\n</domain>\n")
}

fn in_section(tag: &str, line: &str) -> String {
    format!("<{tag} a>\n    {line}\n</{tag}>\n")
}

#[test]
fn booleans_and_words() {
    check(
        &in_domain("use-starttls $0"),
        expect![[r#"
        yes | on
        no | off
        true | on
        false | off
    "#]],
    );
    check(
        &in_domain("dkim-sign $0"),
        expect![[r#"
        yes
        no
        true
        false
        if-x-dkim-options-present | only messages with an X-DKIM-Options header
    "#]],
    );
    check(
        &in_section("source", "add-date-header o$0"),
        expect![[r#"
        no
        yes
        override | also where the message has one
        true
        false
    "#]],
    );
    check(
        &in_domain("max-smtp-out $0"),
        expect![[r#"
        20 | default
    "#]],
    );
    check(
        &in_domain("max-smtp-out = $0"),
        expect![[r#"
        20 | default
    "#]],
    );
}

#[test]
fn units_behind_numbers() {
    check(
        &in_domain("retry-after 10$0"),
        expect![[r#"
        10s | 10 seconds
        10m | 10 minutes
        10h | 10 hours
        10d | 10 days
        10w | 10 weeks
    "#]],
    );
    check(
        &in_domain("retry-after 10m, 1h30$0"),
        expect![[r#"
        1h30s | 1 hour 30 seconds
        1h30m | 1 hour 30 minutes
        1h30h | 1 hour 30 hours
        1h30d | 1 hour 30 days
        1h30w | 1 hour 30 weeks
    "#]],
    );
    check(
        &in_domain("max-msg-rate 100$0"),
        expect![[r#"
        100/h | 100 an hour
        100/m | 100 a minute, 6000 an hour
        100/s | 100 a second, 360000 an hour
        100/d | 100 a day, about 4 an hour
    "#]],
    );
    check(
        &in_domain("max-msg-rate 100/$0"),
        expect![[r#"
        100/s | 100 a second, 360000 an hour
        100/m | 100 a minute, 6000 an hour
        100/h | 100 an hour
        100/d | 100 a day, about 4 an hour
    "#]],
    );
    check(
        &in_domain("max-msg-rate 100/15$0"),
        expect![[r#"
        100/15s | 100 in 15 seconds, 24000 an hour
        100/15m | 100 in 15 minutes, 400 an hour
        100/15h | 100 in 15 hours, about 6 an hour
        100/15d | 100 in 15 days, about 0 an hour
    "#]],
    );
    check(
        &in_section("acct-file", "max-size 50$0"),
        expect![[r#"
        50k | 50 kilobytes (51200 bytes)
        50m | 50 megabytes (52428800 bytes)
        50g | 50 gigabytes (53687091200 bytes)
        50t | 50 terabytes (54975581388800 bytes)
    "#]],
    );
    check(
        &in_section("acct-file", "delete-after 10$0"),
        expect![[r#"
        10d | 10 days
    "#]],
    );
    assert!(complete(&in_domain("retry-after 1$0")).is_incomplete);
    assert_eq!(
        labels(&in_domain("retry-after 10m$0")),
        Vec::<String>::new()
    );
    let found = taken(&in_domain("max-msg-rate 100$0"), "100/h");
    assert_eq!(found, in_domain("max-msg-rate 100/h"));
}

#[test]
fn a_value_that_is_not_begun_shows_the_default_and_the_example() {
    check(
        &in_domain("retry-after $0"),
        expect![[r#"
        10m | default
        30m | example
        1h | example
        4h | example
    "#]],
    );
    check(
        &in_domain("max-msg-rate $0"),
        expect![[r#"
        unlimited
        0
        500/h | example
    "#]],
    );
}

#[test]
fn record_types_and_fields() {
    expect![[r#"
        b | bounce: bounces made by this server
        t | transient: temporary failures of single recipients
        tq | transient-queue: temporary failures of a whole queue
    "#]]
    .assert_eq(&first(&in_section("acct-file", "records d, $0"), 3));
    check(
        &in_section("acct-file", "record-fields tq $0"),
        expect![[r#"
        * | all default fields
        type | record type; always first, cannot be removed
        timeLogged | when the record was written
        queue | queue as domain/vmta
        vmta | VirtualMTA in use
        dsnStatus | DSN status code with its text
        dsnDiag | diagnostic text, usually the SMTP reply
        dsnMta | remote server that answered
        dlvType | delivery method of the queue
        dlvSourceIp | local address used
        dlvDestinationIp | address of the remote server
        userString | fixed text from user-string
    "#]],
    );
    expect![[r#"
        type | record type; always first, cannot be removed
        timeLogged | when the record was written
        queue | queue as domain/vmta
        vmta | VirtualMTA in use
        dsnStatus | DSN status code with its text
        dsnDiag | diagnostic text, usually the SMTP reply
        dsnMta | remote server that answered
        dlvType | delivery method of the queue
        dlvSourceIp | local address used
        dlvDestinationIp | address of the remote server
        userString | fixed text from user-string
        !timeLogged | without: when the record was written
        !queue | without: queue as domain/vmta
        !vmta | without: VirtualMTA in use
        !dsnStatus | without: DSN status code with its text
        !dsnDiag | without: diagnostic text, usually the SMTP reply
        !dsnMta | without: remote server that answered
        !dlvType | without: delivery method of the queue
        !dlvSourceIp | without: local address used
        !dlvDestinationIp | without: address of the remote server
        !userString | without: fixed text from user-string
    "#]]
    .assert_eq(&first(
        &in_section("acct-file", "record-fields tq *,$0"),
        30,
    ));
    let removed = labels(&in_section("acct-file", "record-fields d *,!orcpt,!$0"));
    assert!(removed.contains(&"!dsnDiag".to_owned()));
    assert!(!removed.contains(&"!orcpt".to_owned()));
    // Only the columns of the record type.
    assert!(
        !labels(&in_section("acct-file", "record-fields tq $0")).contains(&"bounceCat".to_owned())
    );
    assert!(
        labels(&in_section("acct-file", "record-fields d $0")).contains(&"bounceCat".to_owned())
    );
}

#[test]
fn actions_behind_a_pattern() {
    check(
        &in_section("smtp-pattern-list", "reply $0"),
        expect![[r#"
        /pattern/ | a Perl-compatible expression | /${1:pattern}/
    "#]],
    );
    check(
        &in_section("smtp-pattern-list", "reply /a b/ $0"),
        expect![[r#"
        mode=normal | leave backoff
        mode=backoff | enter backoff
        skip-mx | go to the next MX and keep the mail, even after a 5xx
        bounce-queue | bounce everything in the queue
        bounce-rcpt | bounce this recipient; 4xx replies to RCPT only
        disable-source-ip | stop using the local address that got the reply
        defer-queue | go into retry at once (4.5+)
    "#]],
    );
    check(
        &in_section("smtp-pattern-list", "reply /a/ mode=backoff,$0"),
        expect![[r#"
        backoff-to-normal-after= | return to normal after this time; beats the setting of the domain (2020 guide)
        skip-mx | go to the next MX and keep the mail, even after a 5xx
        bounce-queue | bounce everything in the queue
        bounce-rcpt | bounce this recipient; 4xx replies to RCPT only
        disable-source-ip | stop using the local address that got the reply
        defer-queue | go into retry at once (4.5+)
    "#]],
    );
    check(
        &in_section(
            "smtp-pattern-list",
            "reply /a/ skip-mx,disable-source-ip,$0",
        ),
        expect![[r#"
        mode=normal | leave backoff
        mode=backoff | enter backoff
        bounce-rcpt | bounce this recipient; 4xx replies to RCPT only
        reenable-after= | when to use it again; default never; beats reenable-source-ip-after
        defer-queue | go into retry at once (4.5+)
    "#]],
    );
    check(
        &in_section(
            "smtp-pattern-list",
            "reply /a/ disable-source-ip,reenable-after=1$0",
        ),
        expect![[r#"
        1s | 1 second
        1m | 1 minute
        1h | 1 hour
        1d | 1 day
        1w | 1 week
    "#]],
    );
    assert_eq!(
        labels(&in_section("smtp-pattern-list", "reply /a $0")),
        Vec::<String>::new()
    );
    check(
        "<virtual-mta a>\n</virtual-mta>\n<pattern-list l>\nmail-from /x/ $0\n</pattern-list>\n",
        expect![[r#"
        <pattern-list> | the rules that follow, up to </pattern-list>, decide | <pattern-list>⏎→$0⏎</pattern-list>
        virtual-mta= | selects the VirtualMTA or pool
        virtual-mta=a | VirtualMTA
        recipient-priority= | sets the recipient priority; usable alone; default 50
        call-to: | goes on with another list (4.5+)
        call-to: l | pattern list
    "#]],
    );
    check(
        "<virtual-mta a>\n</virtual-mta>\n<pattern-list l>\nmail-from /x/ virtual-mta=$0\n</pattern-list>\n",
        expect![[r#"
        a | VirtualMTA
        {default} | the VirtualMTA that is always there
    "#]],
    );
    check(
        "<pattern-list l>\nmail-from /x/ <$0\n</pattern-list>\n",
        expect![[r#"
        <pattern-list> | the rules that follow, up to </pattern-list>, decide | <pattern-list>⏎→$0⏎</pattern-list>
        virtual-mta= | selects the VirtualMTA or pool
        recipient-priority= | sets the recipient priority; usable alone; default 50
        call-to: | goes on with another list (4.5+)
        call-to: l | pattern list
    "#]],
    );
    expect![[r#"
        bad-configuration
        bad-connection
        bad-domain
    "#]]
    .assert_eq(&first(
        "<bounce-category-patterns>\n/x/ $0\n</bounce-category-patterns>\n",
        3,
    ));
}

const NAMES: &str = "<virtual-mta a>\n</virtual-mta>\n<virtual-mta \"b c\">\n</virtual-mta>\n\
    <virtual-mta-pool p>\n</virtual-mta-pool>\n<vmta old>\n</vmta>\n";

#[test]
fn names_of_virtual_mtas_and_pools() {
    check(
        &format!("{NAMES}<source 0/0>\ndefault-virtual-mta $0\n</source>\n"),
        expect![[r#"
        by-smtp-source-ip | the one that sends from the IP the client connected to
        a | VirtualMTA
        b c | VirtualMTA
        p | VirtualMTA pool
        old | VirtualMTA, written in a way that PowerMTA does not know
        {default} | the VirtualMTA that is always there
    "#]],
    );
    check(
        &format!(
            "{NAMES}<virtual-mta-pool q>\nvirtual-mta a\nvirtual-mta $0\n</virtual-mta-pool>\n"
        ),
        expect![[r#"
        a | VirtualMTA
        b c | VirtualMTA
        old | VirtualMTA, written in a way that PowerMTA does not know
        {default} | the VirtualMTA that is always there
    "#]],
    );
    check(
        &format!("{NAMES}<sender x@example.com>\nvmta $0\n</sender>\n"),
        expect![[r#"
        a | VirtualMTA
        b c | VirtualMTA
        p | VirtualMTA pool
        old | VirtualMTA
    "#]],
    );
    check(
        &format!("{NAMES}<domain x.example>\nreroute-to-virtual-mta \"$0\n</domain>\n"),
        expect![[r#"
        a | VirtualMTA
        b c | VirtualMTA
        p | VirtualMTA pool
        old | VirtualMTA, written in a way that PowerMTA does not know
        {default} | the VirtualMTA that is always there
    "#]],
    );
    assert_eq!(
        taken(
            "<virtual-mta \"b c\">\n</virtual-mta>\n<source 0/0>\ndefault-virtual-mta b$0\n</source>\n",
            "b c"
        ),
        "<virtual-mta \"b c\">\n</virtual-mta>\n<source 0/0>\ndefault-virtual-mta \"b c\"\n</source>\n"
    );
}

#[test]
fn names_across_files() {
    let files = "include vmtas.conf\n<source 0/0>\ndefault-virtual-mta $0\n</source>\n\
        #- /etc/pmta/vmtas.conf\n<virtual-mta far>\n</virtual-mta>\n";
    assert!(labels(files).contains(&"far".to_owned()));
}

#[test]
fn names_of_others() {
    let text = "<source mine>\nsource-group g\n</source>\n<source-group one>\n</source-group>\n\
        <smtp-pattern-list replies>\n</smtp-pattern-list>\n<proxy px>\n</proxy>\n<address-list gone>\n</address-list>\n\
        <rewrite-list rw>\n</rewrite-list>\n<signals-filter f>\n</signals-filter>\n<pattern-list pl>\n</pattern-list>\n\
        <domain big.rollup>\n</domain>\ndomain-macro tld com\n";
    for (line, name) in [
        ("<smtp-user u>\nsource $0\n</smtp-user>", "mine"),
        ("smtp-listener 0/0:25 source=$0", "mine"),
        ("<source 0/0>\nsource-group $0\n</source>", "one"),
        ("<source 0/0>\npattern-list $0\n</source>", "pl"),
        ("<source 0/0>\nsuppression-lists $0\n</source>", "gone"),
        ("<source 0/0>\nrewrite-list $0\n</source>", "rw"),
        (
            "<domain x.example>\nsmtp-pattern-list $0\n</domain>",
            "replies",
        ),
        ("use-proxy $0", "px"),
        ("enable-signals $0", "f"),
        ("<domain x.example>\nqueue-to $0\n</domain>", "big.rollup"),
        (
            "<pattern-list q>\nmail-from /x/ call-to: $0\n</pattern-list>",
            "pl",
        ),
        ("domain-macro more com,$0", "$tld"),
    ] {
        let labels = labels(&format!("{text}{line}\n"));
        assert!(labels.contains(&name.to_owned()), "{line}: {labels:?}");
    }
}

#[test]
fn lists_that_go_on_in_the_next_line() {
    let text = "domain-macro tld com,net\ndomain-macro isps gmail.com,\n    $0\n";
    check(
        text,
        expect![[r#"
            $isps | domain macro
            $tld | domain macro
        "#]],
    );
    check(
        "domain-macro tld com,net\ndomain-macro isps gmail.com,\n    yahoo.$\u{0}\n"
            .replace('\u{0}', "$0")
            .as_str(),
        expect![[r#"
            $isps | domain macro
            $tld | domain macro
        "#]],
    );
}

#[test]
fn secrets_are_never_offered() {
    for (tag, line) in [("smtp-user", "password $0"), ("smtp-user", "password \"$0")] {
        assert_eq!(
            labels(&in_section(tag, line)),
            Vec::<String>::new(),
            "{line}"
        );
    }
    let found = first("<smtp-user u>\npassw$0\n</smtp-user>\n", 1);
    expect![[r#"
        password | STRING | password ${1:secret}
    "#]]
    .assert_eq(&found);
}

#[test]
fn comments_for_this_program() {
    check(
        "# pmta-ls: $0\n",
        expect![[r#"
            place= | the section in which the lines of this file stand
            ignore[ | findings that are not reported in this line or the next
            ignore-file[ | findings that are not reported in this file
            format off | the lines that follow are not formatted
            format on | the lines that follow are formatted again
        "#]],
    );
    expect![[r#"
        global | the top level of a configuration
        acct-file | An accounting (CSV) file or pipe.
        address-list | A set of addresses, regexes, files of addresses and domains.
    "#]]
    .assert_eq(&first("# pmta-ls: place=domain,$0\n", 3));
    assert_eq!(labels("# $0\n"), Vec::<String>::new());
    expect![[r#"
        unmatched-end-tag | an end tag closes nothing
        mismatched-end-tag | an end tag has another name than the section it ends
    "#]]
    .assert_eq(&first("# pmta-ls: ignore[unclosed-section, $0]\n", 2));
    assert!(labels("# pmta-ls: ignore-file[sec$0").contains(&"security".to_owned()));
    assert_eq!(
        labels("# pmta-ls: ignore[values] $0\n"),
        Vec::<String>::new()
    );
}

#[test]
fn very_many_names_are_narrowed_down() {
    let many: String = (0..3000)
        .map(|number| format!("<virtual-mta mta{number}>\n</virtual-mta>\n"))
        .collect();
    let text =
        |typed: &str| format!("{many}<source 0/0>\ndefault-virtual-mta {typed}$0\n</source>\n");
    let found = complete(&text("mta29"));
    assert!(found.is_incomplete);
    let names = found
        .items
        .iter()
        .filter(|item| item.label.starts_with("mta29"));
    assert_eq!(names.count(), 111);
    assert!(complete(&text("")).items.len() < 1100);
}
