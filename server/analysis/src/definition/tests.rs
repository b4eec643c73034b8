use expect_test::{Expect, expect};

use super::*;
use crate::fixture::fixture;

/// The definitions that the cursor leads to, one a line.
fn definitions(text: &str) -> String {
    let fixture = fixture(text);
    let found = definition(&fixture.workspace, fixture.at);
    for one in &found {
        assert!(one.target.range.contains_range(one.name.range), "{one:?}");
        assert!(
            one.origin
                .range
                .touches(TextRange::of(fixture.at.offset, 0).start),
            "{one:?}"
        );
    }
    found
        .iter()
        .map(|one| fixture.shown(one.name) + "\n")
        .collect()
}

fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&definitions(text));
}

/// A reference leads to exactly this line of its text.
fn leads_to(text: &str, line: usize) {
    let found = definitions(text);
    assert_eq!(found.lines().count(), 1, "{text}\n{found}");
    assert!(found.starts_with(&format!("{line}:")), "{text}\n{found}");
}

#[test]
fn rules_lead_to_virtual_mtas() {
    for rule in [
        "mail-from /@example\\.com$/ virtual-mta=m$01",
        "mail-from /@example\\.com$/ virtual-mta=$0m1",
        "mail-from /@example\\.com$/ virtual-mta=m1$0",
        "mail-from /@example\\.com$/ virtual-mta=m$01,recipient-priority=60",
        "mail-from /@example\\.com$/ virtual-mta=\"m$01\"",
        "rcpt-to /@example\\.com$/ virtual-mta=m$01",
        "header X-Job /news/ virtual-mta=m$01",
        "mail-from /@example\\.com$/ virtual-mta m$01",
    ] {
        leads_to(
            &format!(
                "<virtual-mta m1>\n</virtual-mta>\n<pattern-list p>\n{rule}\n</pattern-list>\n"
            ),
            1,
        );
    }
}

#[test]
fn every_directive_that_names_a_virtual_mta_leads_to_it() {
    for (tag, line) in [
        ("virtual-mta-pool x", "virtual-mta m$01"),
        ("source 192.0.2.1", "default-virtual-mta m$01"),
        ("source 192.0.2.1", "default-virtual-mta \"m$01\""),
        ("virtual-mta x", "cold-virtual-mta m$01"),
        ("virtual-mta-pool x", "cold-virtual-mta m$01"),
        ("domain example.com", "reroute-to-virtual-mta m$01"),
        ("domain example.com", "backoff-reroute-to-virtual-mta m$01"),
        ("acct-file a.csv", "queue-filter example.com/m$01"),
        ("acct-file a.csv", "queue-filter !*/m$01"),
        ("domain example.com", "virtual-mta m$01"),
        ("domain example.com", "virtual-mta-pool m$01"),
        ("domain example.com", "vmta \"m$01\""),
        ("domain example.com", "use-vmta m$01"),
        ("sender a@example.com", "vmta m$01"),
        ("virtual-mta-group x", "virtual-mta m$01"),
        ("virtual-mta-pool x", "add-vmta m$01"),
        ("virtual-mta-pool x", "add-vmta m0, m$01"),
        ("source 192.0.2.1", "default-virtual-mta-pool m$01"),
    ] {
        let name = tag.split(' ').next().unwrap();
        leads_to(
            &format!("<virtual-mta m1>\n</virtual-mta>\n<{tag}>\n    {line}\n</{name}>\n"),
            1,
        );
    }
    leads_to(
        "<virtual-mta m1>\n</virtual-mta>\ninvalid-virtual-mta-fallback m$01\n",
        1,
    );
    leads_to(
        "<virtual-mta m1>\n</virtual-mta>\n<bind source-vmta=\"m$01\" destination-domain=\"example.net\">\n</bind>\n",
        1,
    );
}

#[test]
fn words_that_name_nothing_lead_nowhere() {
    for line in [
        "<source 192.0.2.1>\ndefault-virtual-mta by-smtp-$0source-ip\n</source>\n",
        "<acct-file a.csv>\nqueue-filter */{def$0ault}\n</acct-file>\n",
        "<domain example.com>\nreroute-to-virtual-mta \"$0\"\n</domain>\n",
        "enable-signals tr$0ue\n",
        "# vmta m$01\n",
        "max-smtp-out 1$00\n",
        "\n$0\n",
        "$0",
    ] {
        assert_eq!(
            definitions(&format!("<virtual-mta m1>\n</virtual-mta>\n{line}")),
            "",
            "{line}"
        );
    }
}

#[test]
fn other_names_lead_to_their_sections() {
    for text in [
        "<source s1>\n</source>\nsmtp-listener 192.0.2.1:25 source=s$01\n",
        "<source s1>\n</source>\n<smtp-listener 192.0.2.1:25>\nsource s$01\n</smtp-listener>\n",
        "<source s1>\n</source>\n<smtp-user u>\nsource s$01\n</smtp-user>\n",
        "<source {auth}>\n</source>\n<smtp-user u>\nsource {au$0th}\n</smtp-user>\n",
        "<source-group g1>\n</source-group>\n<source 192.0.2.1>\nsource-group g$01\n</source>\n",
        "<pattern-list p1>\n</pattern-list>\n<source 192.0.2.1>\npattern-list p$01\n</source>\n",
        "<pattern-list p1>\n</pattern-list>\n<pattern-list q>\nmail-from /x/ call-to: p$01\n</pattern-list>\n",
        "<smtp-pattern-list l1>\n</smtp-pattern-list>\n<domain *>\nsmtp-pattern-list l$01\n</domain>\n",
        "<address-list a1>\n</address-list>\n<source 192.0.2.1>\nsuppression-lists a0,a$01\n</source>\n",
        "<rewrite-list r1>\n</rewrite-list>\n<source 192.0.2.1>\nrewrite-list r$01\n</source>\n",
        "<rewrite-list r1>\n</rewrite-list>\n<virtual-mta m>\nrewrite-list r$01\n</virtual-mta>\n",
        "<rewrite-list r1>\n</rewrite-list>\n<virtual-mta-pool m>\nrewrite-list r$01\n</virtual-mta-pool>\n",
        "<proxy x1>\n</proxy>\nuse-proxy x0,x$01\n",
        "<proxy x1>\n</proxy>\n<virtual-mta m>\nuse-proxy x$01\n</virtual-mta>\n",
        "<signals-filter f1>\n</signals-filter>\nenable-signals f$01\n",
        "<signals-filter f1>\n</signals-filter>\n<virtual-mta m>\nenable-signals f$01\n</virtual-mta>\n",
        "<domain big.queue>\n</domain>\n<domain example.com>\nqueue-to big.$0queue\n</domain>\n",
        "<domain big.queue>\n</domain>\n<domain example.com>\nqueue-to \"Big.$0Queue\"\n</domain>\n",
        "<domain x.rollup>\n</domain>\n<mx-rollup-list>\nmx *.example.com x.$0rollup\n</mx-rollup-list>\n",
        "<pattern-list p1>\n</pattern-list>\n<source \"s 1\">\npattern-list \"p$01\"\n</source>\n",
    ] {
        leads_to(text, 1);
    }
}

#[test]
fn macros_lead_to_their_lists() {
    for line in [
        "<domain $is$0p>\n</domain>",
        "<domain $isp.$0$tld>\n</domain>",
        "<domain mail.$i$0sp.com>\n</domain>",
        "domain-macro all $i$0sp,example.org",
        "domain-macro all example.org,$i$0sp",
        "domain-key k,$is$0p,/etc/pmta/k.pem",
        "<domain $isp$0",
    ] {
        let text =
            format!("domain-macro isp example.com,example.net\ndomain-macro tld com,net\n{line}\n");
        let line = if line.contains("$0$") { 2 } else { 1 };
        leads_to(&text, line);
    }
}

#[test]
fn every_definition_form_is_found_and_genuine_ones_first() {
    for definition in [
        "<virtual-mta txn>\n</virtual-mta>",
        "<virtual-mta-pool txn>\n</virtual-mta-pool>",
        "<virtual-mta \"txn\">\n</virtual-mta>",
        "<vmta txn>\n</vmta>",
        "<vmta name=\"txn\">\n</vmta>",
        "<virtual-mta name=\"txn\">\n</virtual-mta>",
        "<virtual-mta-pool pool-name=\"txn\">\n</virtual-mta-pool>",
        "<pool name=\"txn\">\n  ips 203.0.113.30\n</pool>",
        "<virtual-mta-group txn>\n</virtual-mta-group>",
        "virtual-mta txn {\n  smtp-source-host 203.0.113.30 mail.example.com\n}",
        "vmta txn {\n}",
        "virtual-mta txn\n  smtp-source-host 203.0.113.30 mail.example.com\n",
        "virtual-mta txn\nsmtp-source-host 203.0.113.30 mail.example.com\n",
        "vmta txn\n  smtp-source-host 203.0.113.30 mail.example.com\n",
        "vmta txn smtp-source-host 203.0.113.30 mail.example.com max-smtp-out 20",
        "<vmta txn> source 203.0.113.30 max-smtp-out 50 </vmta>",
        "<virtual-mta txn> smtp-source-host 203.0.113.30 mail.example.com </virtual-mta> <domain *> max-smtp-out 5 </domain>",
    ] {
        for reference in [
            "<sender a@example.com>\n  vmta t$0xn\n  max-conn 80\n</sender>",
            "<sender a@example.com> vmta t$0xn max-msg-rate 3000/hour max-conn 80 bounce-sender b@example.com",
        ] {
            let own = format!("{definition}\n{reference}\n");
            leads_to(&own, 1);
            let across = format!(
                "#- /etc/pmta/config\ninclude /etc/pmta/vmtas.conf\n{reference}\n#- /etc/pmta/vmtas.conf\n{definition}\n"
            );
            let found = definitions(&across);
            assert!(found.starts_with("vmtas.conf:1:"), "{across}\n{found}");
            assert_eq!(found.lines().count(), 1, "{across}\n{found}");
        }
    }
    check(
        "<pool name=\"txn\">\n</pool>\n<vmta txn>\n</vmta>\n<virtual-mta-pool txn>\n</virtual-mta-pool>\n\
         <virtual-mta txn>\n</virtual-mta>\n<sender a@example.com>\nvmta t$0xn\n</sender>\n",
        &expect![[r#"
            7:14 txn
            5:19 txn
            3:7 txn
            1:13 txn
        "#]],
    );
}

#[test]
fn names_compare_exactly_but_for_quotes() {
    let found = |reference: &str| {
        definitions(&format!(
            "<virtual-mta m1>\n</virtual-mta>\n<virtual-mta M1>\n</virtual-mta>\n<virtual-mta m10>\n</virtual-mta>\n\
             <source 192.0.2.1>\ndefault-virtual-mta {reference}\n</source>\n"
        ))
    };
    assert_eq!(found("m$01"), "1:14 m1\n");
    assert_eq!(found("\"m$01\""), "1:14 m1\n");
    assert_eq!(found("M$01"), "3:14 M1\n");
    assert_eq!(found("m$02"), "");
}

#[test]
fn a_definition_leads_to_all_of_its_name() {
    check(
        "<virtual-mta m$01>\n</virtual-mta>\n<virtual-mta m1>\n</virtual-mta>\n",
        &expect![[r#"
            1:14 m1
            3:14 m1
        "#]],
    );
    check(
        "domain-macro i$0sp example.com\n",
        &expect![[r#"
        1:14 isp
    "#]],
    );
}

#[test]
fn the_whole_construct_is_the_target() {
    let fixture = fixture(
        "<virtual-mta m1>\n  <domain *>\n  </domain>\n</virtual-mta>\n<source 192.0.2.1>\ndefault-virtual-mta m$01\n</source>\n",
    );
    let found = definition(&fixture.workspace, fixture.at);
    expect![[r#"
        1:1 <virtual-mta m1>
          <domain *>
          </domain>
        </virtual-mta>"#]]
    .assert_eq(&fixture.shown(found[0].target));
    expect!["6:21 m1"].assert_eq(&fixture.shown(found[0].origin));
}

#[test]
fn includes_lead_to_their_files() {
    let files = "#- /etc/pmta/config.d/a.conf\nmax-smtp-out 1\n#- /etc/pmta/config.d/b.conf\nmax-smtp-out 1\n";
    for (line, count) in [
        ("include /etc/pmta/config.d/a.$0conf", 1),
        ("include \"/etc/pmta/config.d/a.$0conf\"", 1),
        ("include /etc/pmta/config.d/*.$0conf", 2),
        ("include config.d/b.$0conf", 1),
        ("include /etc/pmta/config.d/c.$0conf", 0),
        ("inc$0lude /etc/pmta/config.d/a.conf", 0),
    ] {
        let text = format!("#- /etc/pmta/config\n{line}\n{files}");
        let found = definitions(&text);
        assert_eq!(found.lines().count(), count, "{line}\n{found}");
    }
    check(
        "#- /etc/pmta/config\n<virtual-mta m1>\ninclude /etc/pmta/m1.$0inc\n</virtual-mta>\n#- /etc/pmta/m1.inc\nmax-smtp-out 1\n",
        &expect![[r#"
            m1.inc:1:1 
        "#]],
    );
}

#[test]
fn names_are_found_from_and_in_fragments() {
    check(
        "#- /etc/pmta/config\n<virtual-mta m1>\n</virtual-mta>\ninclude /etc/pmta/a.conf\ninclude /etc/pmta/b.conf\n\
         #- /etc/pmta/a.conf\n<source 192.0.2.1>\ndefault-virtual-mta m$01\n</source>\n\
         #- /etc/pmta/b.conf\n<vmta m1>\n</vmta>\n",
        &expect![[r#"
            config:1:14 m1
            b.conf:1:7 m1
        "#]],
    );
}

#[test]
fn nothing_panics_at_any_byte() {
    for text in [
        "<virtual-mta a>\nsmtp-source-host 192.0.2.1 é.example.com\n<domain $x>\n</virtual-mta>\nmail-from /x/ <pattern-list>\n",
        "<sender a@example.com> vmta \"t\u{e9} max-conn 80 </sender\n<pool name=\"\">\n</pool x\n<x a=\"b\"/>\n",
        "vmta a,b\nadd-vmta ,,\nadd-vmta \"\ndomain-macro x a,\n  $y,\n  z\n",
    ] {
        for (offset, _) in text.char_indices() {
            let mut marked = text.to_owned();
            marked.insert_str(offset, "$0");
            let _ = definitions(&marked);
        }
    }
}

#[test]
fn senders_lead_to_where_their_mail_may_go() {
    let text = "\
<source 0/0>
    pattern-list first
</source>
<pattern-list first>
    mail-from /^plain@/ virtual-mta=a
    mail-from /^nested@/ <pattern-list>
        header x-class /bulk/ virtual-mta=b
        rcpt-to /@example/ call-to: second
        * virtual-mta=p
    </pattern-list>
    mail-from /^called@/ call-to: second
</pattern-list>
<pattern-list second>
    mail-from /one/ virtual-mta=c
    mail-from /two/ call-to: second
    mail-from // <pattern-list>
        * virtual-mta=a
    </pattern-list>
</pattern-list>
<virtual-mta a>
</virtual-mta>
<virtual-mta b>
</virtual-mta>
<virtual-mta c>
</virtual-mta>
<virtual-mta-pool p>
    virtual-mta a
</virtual-mta-pool>
<sender news@example.com>
    vmta b
</sender>
";
    let at = |sender: &str| {
        let (before, behind) = sender.split_at(1);
        text.replacen(sender, &format!("{before}$0{behind}"), 1)
    };
    check(
        &at("/^plain@/"),
        &expect![[r#"
        20:14 a
    "#]],
    );
    check(
        &at("/^nested@/"),
        &expect![[r#"
        22:14 b
        26:19 p
        24:14 c
        20:14 a
    "#]],
    );
    check(
        &at("/^called@/"),
        &expect![[r#"
        24:14 c
        20:14 a
    "#]],
    );
    check(
        &at("news@example.com"),
        &expect![[r#"
        22:14 b
    "#]],
    );
}
