//! One cause, one finding: each text holds one mistake, of which other lines would make more.

use expect_test::expect;

use crate::diagnostics::test_support::{reported, root_findings};

#[test]
fn a_name_with_a_slip_defines_what_it_was_meant_to() {
    expect![[r#"
        1:2-18 warning unknown-section: PowerMTA has no section `<smtp-patern-list>`. Did you mean `<smtp-pattern-list>`?
    "#]].assert_eq(&root_findings(
        "\
<smtp-patern-list replies>
    reply /busy/ mode=backoff
</smtp-patern-list>
<domain example.com>
    smtp-pattern-list replies
    backoff-max-msg-rate 5/h
</domain>
",
    ));
}

#[test]
fn a_line_with_a_slip_uses_what_it_was_meant_to() {
    expect![[r#"
        5:5-21 warning unknown-directive: PowerMTA has no directive `smtp-patern-list`. Did you mean `smtp-pattern-list`?
    "#]].assert_eq(&root_findings(
        "\
<smtp-pattern-list replies>
    reply /busy/ mode=backoff
</smtp-pattern-list>
<domain example.com>
    smtp-patern-list replies
    backoff-max-msg-rate 5/h
</domain>
",
    ));
}

#[test]
fn a_section_without_its_name_may_be_the_one_that_is_named() {
    expect![[r#"
        1:1-14 error missing-section-argument: `<virtual-mta>` needs a name, as in `<virtual-mta name1>`.
    "#]].assert_eq(&root_findings(
        "\
<virtual-mta>
    smtp-source-host 192.0.2.1 a.example.com
</virtual-mta>
<virtual-mta-pool both>
    virtual-mta a
</virtual-mta-pool>
",
    ));
}

#[test]
fn a_line_without_its_name_may_use_what_nothing_uses() {
    expect![[r#"
        5:5-22 error missing-value: `smtp-pattern-list` needs a value: `smtp-pattern-list NAME`.
    "#]]
    .assert_eq(&root_findings(
        "\
<smtp-pattern-list replies>
    reply /busy/ mode=backoff
</smtp-pattern-list>
<domain example.com>
    smtp-pattern-list
</domain>
",
    ));
}

#[test]
fn a_name_that_nothing_defines_may_be_meant_for_one_that_nothing_uses() {
    expect![[r#"
        5:23-32 warning undefined-smtp-pattern-list: No SMTP pattern list is called `elsewhere`.
    "#]]
    .assert_eq(&root_findings(
        "\
<smtp-pattern-list replies>
    reply /busy/ mode=backoff
</smtp-pattern-list>
<domain example.com>
    smtp-pattern-list elsewhere
</domain>
",
    ));
}

#[test]
fn a_switch_that_is_neither_on_nor_off_says_nothing_of_its_partners() {
    expect![[r#"
        3:18-19 error invalid-boolean: `1` is not `yes` or `no`: write `yes`.
    "#]]
    .assert_eq(&root_findings(
        "\
<source 0/0>
    always-allow-relaying yes
    require-auth 1
    smtp-max-auth-failure-rate 5/h
</source>
",
    ));
}

#[test]
fn a_look_alike_makes_no_other_name() {
    expect![[r#"
        1:17-18 warning look-alike-character: `‑` (U+2011) only looks like `-`: PowerMTA knows the plain character alone.
        8:19-20 warning look-alike-character: `‐` (U+2010) only looks like `-`: PowerMTA knows the plain character alone.
    "#]].assert_eq(&root_findings(
        "\
<virtual-mta eng\u{2011}01>
    smtp-source-host 192.0.2.1 a.example.com
</virtual-mta>
<virtual-mta-pool both>
    virtual-mta eng-01
</virtual-mta-pool>
<acct-file /var/log/pmta/acct.csv>
    records remote\u{2010}status
</acct-file>
",
    ));
}

#[test]
fn what_an_include_with_a_slip_names_is_read() {
    let root = "inlcude lists.conf\ninclude more\u{2010}lists.conf\n<source 10/8>\n    pattern-list a\n    default-virtual-mta b\n</source>\n";
    expect![[r#"
        config:1:1-8 warning unknown-directive: PowerMTA has no directive `inlcude`. Did you mean `include`?
        config:2:13-14 warning look-alike-character: `‐` (U+2010) only looks like `-`: PowerMTA knows the plain character alone.
    "#]].assert_eq(&reported(
        &[
            ("/w/p/config", root),
            (
                "/w/p/lists.conf",
                "<pattern-list a>\n    rcpt-to /x/ virtual-mta=b\n</pattern-list>\n",
            ),
            (
                "/w/p/more-lists.conf",
                "<virtual-mta b>\n    smtp-source-host 192.0.2.1 b.example.com\n</virtual-mta>\n",
            ),
        ],
        &["/w/p/config"],
    ));
}

#[test]
fn what_an_include_in_a_section_without_end_names_may_stand_behind_it() {
    let root = "<spool /var/spool/pmta>\n    deliver-only no\ninclude sources.conf\n";
    expect![[r#"
        config:1:1-24 error unclosed-section: This section has no end: write `</spool>` where it ends.
            config:3: `spool` is taken to end here.
    "#]].assert_eq(&reported(
        &[
            ("/w/p/config", root),
            (
                "/w/p/sources.conf",
                "<source 10/8>\n    smtp-service yes\n</source>\n",
            ),
        ],
        &["/w/p/config"],
    ));
}

#[test]
fn a_virtual_mta_that_is_defined_twice_is_reported_as_such() {
    expect![[r#"
        4:14-15 warning duplicate-definition: The VirtualMTA `a` is defined before; give this one another name, or put both together.
          1:14 The first definition
        9:14-15 warning duplicate-definition: The VirtualMTA `b` is defined before; give this one another name, or put both together.
          7:14 The first definition
        18:19-23 warning duplicate-definition: The pool `both` is defined before; give this one another name, or put both together.
          12:19 The first definition
    "#]].assert_eq(&root_findings(
        "\
<virtual-mta a>
    smtp-source-host 192.0.2.1 a.example.com
</virtual-mta>
<virtual-mta a>
    smtp-source-host 192.0.2.1 a.example.com
</virtual-mta>
<virtual-mta b>
</virtual-mta>
<virtual-mta b>
    smtp-source-host 192.0.2.2 b.example.com
</virtual-mta>
<virtual-mta-pool both>
    virtual-mta a
    <domain *>
        max-smtp-out 5
    </domain>
</virtual-mta-pool>
<virtual-mta-pool both>
    virtual-mta a
    <domain *>
        max-smtp-out 5
    </domain>
</virtual-mta-pool>
",
    ));
}

#[test]
fn of_two_lines_for_one_setting_none_is_sure_to_count() {
    expect![[r#"
        2:1-12 warning duplicate-directive: `run-as-root` has one value, and another line sets it to a different one. Keep the line that is meant.
          1:1 Set here as well.
        4:18-20 error invalid-boolean: `on` is not `yes` or `no`: write `yes`.
    "#]]
    .assert_eq(&root_findings(
        "run-as-root no\nrun-as-root yes\n<source 192.0.2.1>\n    smtp-service on\n    smtp-service no\n</source>\n",
    ));
}

#[test]
fn a_directive_behind_a_macro_is_not_in_its_list() {
    expect![[r#"
        1:1-8 error unclosed-section: This section has no end: write `</vault>` where it ends.
          4:43 `vault` is taken to end here.
    "#]]
    .assert_eq(&root_findings(
        "\
<vault>
    cache-ttl 2h
domain-macro keyed one.example.net
domain-key v2,$keyed,/etc/pmta/keys/v2.pem
<domain $keyed>
    dkim-sign yes
</domain>
",
    ));
}

#[test]
fn a_service_with_a_number_opens_no_block_in_a_source() {
    expect![[r#"
        2:18-19 error invalid-boolean: `1` is not `yes` or `no`: write `yes`.
    "#]]
    .assert_eq(&root_findings(
        "<source 192.0.2.1>\n    smtp-service 1\n    require-auth yes\n</source>\n",
    ));
}

#[test]
fn a_macro_where_it_may_not_stand_comes_too_late_for_nobody() {
    expect![[r#"
        5:5-17 warning misplaced-directive: `domain-macro` belongs at the top level, not in `<source>`.
        6:27-28 warning look-alike-character: `—` (U+2014) only looks like `-`: PowerMTA knows the plain character alone.
    "#]].assert_eq(&root_findings(
        "\
<domain $isp>
    max-smtp-out 5
</domain>
<source 192.0.2/24>
    domain-macro isp example.com
    default-virtual-mta by\u{2014}smtp-source-ip
</source>
",
    ));
}
