use expect_test::{Expect, expect};

use crate::diagnostics::overview::tests::found;

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&found(text, "missing-partner"));
}

#[test]
fn partners_that_no_line_sets() {
    let text = "\
<source 192.0.2.1>
    allow-starttls yes
    date-header-time delivery
    process-x-dkim-key yes
    too-many-rcpts-fails-message yes
</source>
invalid-virtual-mta-fallback m
<acct-file /var/log/pmta/acct.csv>
    move-interval 5m
</acct-file>
";
    check(
        text,
        expect![[r#"
            config:2 information: `allow-starttls` needs `smtp-server-tls-certificate` or `tls-certificate`, which no line sets for it.
            config:3 information: `date-header-time` needs `add-date-header yes`, which no line sets for it.
            config:4 information: `process-x-dkim-key` needs `process-x-dkim-options yes`, which no line sets for it.
            config:5 information: `too-many-rcpts-fails-message` needs `max-rcpt-per-message` in a `<source>`, which no line sets for it.
            config:7 information: `invalid-virtual-mta-fallback` needs `reject-invalid-virtual-mta no`, which no line sets for it.
            config:9 information: `move-interval` needs `move-to`, which no line sets for it.
        "#]],
    );
}

#[test]
fn partners_that_count_for_the_same_clients() {
    let text = "\
smtp-server-tls-certificate /etc/pmta/a.pem
<source 192.0.2/24>
    allow-starttls yes
    date-header-time delivery
</source>
<source 192.0.2.9>
    add-date-header yes
</source>
<source 198.51.100/24>
    date-header-time delivery
</source>
<source {auth}>
    date-header-time delivery
</source>
";
    check(
        text,
        expect![[r#"
        config:10 information: `date-header-time` needs `add-date-header yes`, which no line sets for it.
    "#]],
    );
}

#[test]
fn accounting_files_are_on_their_own() {
    let text = "\
<acct-file /var/log/pmta/a.csv>
    move-interval 5m
    move-to /var/log/pmta/archive
</acct-file>
<acct-file /var/log/pmta/b.csv>
    move-interval 5m
    retry-interval 1m
    write-timeout 1m
</acct-file>
<acct-file |/usr/bin/consumer>
    retry-interval 1m
    write-timeout 1m
</acct-file>
<acct-file \"| /usr/bin/other consumer\">
    retry-interval 1m
</acct-file>
";
    check(
        text,
        expect![[r#"
            config:6 information: `move-interval` needs `move-to`, which no line sets for it.
            config:7 information: `retry-interval` needs a section whose argument begins with `|`.
            config:8 information: `write-timeout` needs a section whose argument begins with `|`.
        "#]],
    );
}

#[test]
fn a_string_needs_its_column() {
    let text = "\
<acct-file /var/log/pmta/a.csv>
    user-string one
    record-fields d timeLogged, rcpt
</acct-file>
<acct-file /var/log/pmta/b.csv>
    user-string two
    record-fields d timeLogged, userString
</acct-file>
<acct-file /var/log/pmta/c.csv>
    user-string three
    record-fields d *,!orcpt
</acct-file>
";
    check(
        text,
        expect![[r#"
        config:2 information: `user-string` needs `record-fields userString`, which no line sets for it.
    "#]],
    );
}

#[test]
fn signals_need_their_section() {
    let text = "\
enable-signals true
<virtual-mta a>
    enable-signals false
</virtual-mta>
<virtual-mta b>
    enable-signals true,subaccount=3
</virtual-mta>
";
    check(
        text,
        expect![[r#"
        config:1 information: `enable-signals` needs a section `<signals>`, and there is none.
        config:6 information: `enable-signals` needs a section `<signals>`, and there is none.
    "#]],
    );
    check(&format!("{text}<signals>\n</signals>\n"), expect![[r#""#]]);
}

#[test]
fn an_address_that_chooses_belongs_to_a_virtual_mta() {
    let by_address = "\
smtp-source-host 192.0.2.1 a.example.com
<source 0/0>
    default-virtual-mta by-smtp-source-ip
</source>
<source 192.0.2.1>
    default-virtual-mta a
</source>
";
    check(
        by_address,
        expect![[r#"
        config:3 information: `default-virtual-mta` needs `smtp-source-host` in a `<virtual-mta>` with an address that PowerMTA listens at, which no line sets for it.
    "#]],
    );
    let sending = "<virtual-mta a>\n    smtp-source-host 192.0.2.1 a.example.com\n</virtual-mta>\n";
    check(&format!("{by_address}{sending}"), expect![[r#""#]]);
    let elsewhere = "smtp-listener 192.0.2.2:25\n";
    check(
        &format!("{by_address}{sending}{elsewhere}"),
        expect![[r#"
        config:3 information: `default-virtual-mta` needs `smtp-source-host` in a `<virtual-mta>` with an address that PowerMTA listens at, which no line sets for it.
    "#]],
    );
    let anywhere = "smtp-listener 0.0.0.0:25\n";
    check(
        &format!("{by_address}{sending}{anywhere}"),
        expect![[r#""#]],
    );
}
