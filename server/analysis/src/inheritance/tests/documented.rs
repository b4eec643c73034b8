//! The cases that the guide describes, each with the line that counts.

use expect_test::{Expect, expect};

use crate::fixture::root_of;
use crate::inheritance::{Queue, human, settings};

/// All that lines set for a queue of a configuration, with the lines.
fn check(queue: &str, text: &str, expected: Expect) {
    let workspace = root_of(text);
    let effective = settings(&workspace, &workspace.roots()[0], &Queue::parse(queue));
    let name = |file| {
        let path = workspace.path(file).unwrap();
        path.file_name().unwrap().to_string_lossy().into_owned()
    };
    expected.assert_eq(&human(&workspace, &effective, &name, false));
}

#[test]
fn narrower_sets_go_before_broader_ones_whatever_their_order() {
    let text = "\
<domain a.example.com>
    max-smtp-out 1
</domain>
<domain *>
    max-smtp-out 4
    retry-after 4m
    bounce-after 4h
    connect-timeout 4s
</domain>
<domain [*.]example.com>
    max-smtp-out 3
    retry-after 3m
    bounce-after 3h
</domain>
<domain *.example.com>
    max-smtp-out 2
    retry-after 2m
</domain>
";
    check(
        "a.example.com",
        text,
        expect![[r#"
        a.example.com/{default}

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          bounce-after     3h  config:13
              instead of 4h (config:7)
          connect-timeout  4s  config:8
          max-smtp-out     1   config:2
              instead of 2 (config:16)
              instead of 3 (config:11)
              instead of 4 (config:5)
          retry-after      2m  config:17
              instead of 3m (config:12)
              instead of 4m (config:6)
    "#]],
    );
    check(
        "example.com",
        text,
        expect![[r#"
        example.com/{default}

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          bounce-after     3h  config:13
              instead of 4h (config:7)
          connect-timeout  4s  config:8
          max-smtp-out     3   config:11
              instead of 4 (config:5)
          retry-after      3m  config:12
              instead of 4m (config:6)
    "#]],
    );
    check(
        "example.org",
        text,
        expect![[r#"
        example.org/{default}

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          bounce-after     4h  config:7
          connect-timeout  4s  config:8
          max-smtp-out     4   config:5
          retry-after      4m  config:6
    "#]],
    );
}

#[test]
fn address_literals_have_sets_of_their_own() {
    let text = "\
<domain [0/0]>
    max-smtp-out 1
    retry-after 1m
</domain>
<domain [192.0.2/24]>
    max-smtp-out 2
</domain>
";
    check(
        "[192.0.2.9]",
        text,
        expect![[r#"
        [192.0.2.9]/{default}

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          max-smtp-out  2   config:6
              instead of 1 (config:2)
          retry-after   1m  config:3
    "#]],
    );
}

#[test]
fn a_domain_that_is_named_goes_before_one_that_a_macro_expands_to() {
    let text = "\
<domain yahoo.com>
    max-smtp-out 1
</domain>
domain-macro tld com, de
domain-macro isp yahoo, rocketmail
<domain $isp.$tld>
    max-smtp-out 2
    retry-after 2m
</domain>
";
    check(
        "yahoo.com",
        text,
        expect![[r#"
        yahoo.com/{default}

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          max-smtp-out  1   config:2
              instead of 2 (config:7)
          retry-after   2m  config:8
    "#]],
    );
    check(
        "rocketmail.de",
        text,
        expect![[r#"
        rocketmail.de/{default}

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          max-smtp-out  2   config:7
          retry-after   2m  config:8
    "#]],
    );
}

#[test]
fn the_virtual_mta_goes_before_its_pool_before_the_top_level() {
    let text = "\
<domain example.com>
    max-smtp-out 3
    retry-after 3m
    bounce-after 3h
</domain>
<virtual-mta-pool p>
    virtual-mta m
    <domain example.com>
        max-smtp-out 2
        retry-after 2m
    </domain>
</virtual-mta-pool>
<virtual-mta m>
    smtp-source-host 192.0.2.1 m.example.com
    <domain example.com>
        max-smtp-out 1
    </domain>
</virtual-mta>
<virtual-mta n>
</virtual-mta>
";
    check(
        "example.com/m",
        text,
        expect![[r#"
        example.com/m

        Virtual MTA Settings
        --------------------
          smtp-source-host  192.0.2.1 m.example.com  config:14, in the VirtualMTA

        Queue Settings
        --------------
          bounce-after  3h  config:4
          max-smtp-out  1   config:16, in the VirtualMTA
              instead of 2 (config:9)
              instead of 3 (config:2)
          retry-after   2m  config:10, in the pool
              instead of 3m (config:3)
    "#]],
    );
    check(
        "example.com/n",
        text,
        expect![[r#"
        example.com/n

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          bounce-after  3h  config:4
          max-smtp-out  3   config:2
          retry-after   3m  config:3
    "#]],
    );
    check(
        "example.com/p",
        text,
        expect![[r#"
        example.com/p
          p is a pool, and queues belong to its members: name one of them. (config:6)

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          bounce-after  3h  config:4
          max-smtp-out  3   config:2
          retry-after   3m  config:3
    "#]],
    );
}

#[test]
fn a_virtual_mta_in_two_pools_with_domains_is_an_error_of_which_one_is_told() {
    let text = "\
<virtual-mta m>
</virtual-mta>
<virtual-mta-pool p>
    virtual-mta m
    <domain *>
        max-smtp-out 1
    </domain>
</virtual-mta-pool>
<virtual-mta-pool q>
    virtual-mta m
    <domain *>
        max-smtp-out 2
    </domain>
</virtual-mta-pool>
";
    check(
        "example.com/m",
        text,
        expect![[r#"
        example.com/m
          m is in several pools that have <domain> sections, which PowerMTA refuses. (config:9)

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          max-smtp-out  1  config:6, in the pool
              instead of 2 (config:12)
              not sure: The VirtualMTA is in several pools that set it; the guide does not say which one counts, the first is taken.
    "#]],
    );
}

#[test]
fn a_broad_set_in_the_virtual_mta_before_a_narrow_one_outside_is_doubtful() {
    let text = "\
<domain example.com>
    max-smtp-out 2
</domain>
<virtual-mta m>
    <domain *>
        max-smtp-out 1
    </domain>
</virtual-mta>
";
    check(
        "example.com/m",
        text,
        expect![[r#"
        example.com/m

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          max-smtp-out  1  config:6, in the VirtualMTA
              instead of 2 (config:2)
              not sure: The guide does not say whether a broad set inside a VirtualMTA or pool goes before a narrower one outside; that it does is assumed.
    "#]],
    );
}

#[test]
fn an_empty_value_clears_what_a_broader_set_gives() {
    let text = "\
<domain *>
    smtp-hosts relay.example.com
</domain>
<domain example.com>
    smtp-hosts \"\"
</domain>
";
    check(
        "example.com",
        text,
        expect![[r#"
        example.com/{default}

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          smtp-hosts  ""  config:5
              instead of relay.example.com (config:2)
    "#]],
    );
}

#[test]
fn what_is_cleared_leads_nowhere() {
    let text = "\
<domain *>
    queue-to relay
    reroute-to-virtual-mta other
    remove-header X-Internal
</domain>
<domain example.com>
    queue-to \"\"
    reroute-to-virtual-mta \"\"
    remove-header \"\"
</domain>
<domain relay>
    smtp-hosts [192.0.2.1]
</domain>
";
    check(
        "example.com",
        text,
        expect![[r#"
        example.com/{default}

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          queue-to                ""  config:7
              instead of relay (config:2)
          remove-header           ""  config:9
              instead of X-Internal (config:4)
          reroute-to-virtual-mta  ""  config:8
              instead of other (config:3)
    "#]],
    );
}

#[test]
fn address_literals_of_both_families_have_their_sets() {
    let text = "\
<domain [0/0]>
    max-smtp-out 1
</domain>
<domain [2001:db8::/32]>
    max-smtp-out 2
</domain>
<domain *>
    max-smtp-out 3
    retry-after 3m
</domain>
";
    check(
        "[IPv6:2001:db8::1]",
        text,
        expect![[r#"
        [IPv6:2001:db8::1]/{default}

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          max-smtp-out  2   config:5
              instead of 1 (config:2)
              instead of 3 (config:8)
          retry-after   3m  config:9
    "#]],
    );
    check(
        "[198.51.100.1]",
        text,
        expect![[r#"
        [198.51.100.1]/{default}

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          max-smtp-out  1   config:2
              instead of 3 (config:8)
          retry-after   3m  config:9
    "#]],
    );
}

#[test]
fn subdomains_of_what_a_macro_names() {
    let text = "\
domain-macro sub cfl, nyc
<domain *.$sub.example.com>
    max-smtp-out 1
</domain>
<domain [*.]example.com>
    max-smtp-out 2
    retry-after 2m
</domain>
<domain cfl.example.com>
    max-smtp-out 3
</domain>
";
    check(
        "mx.cfl.example.com",
        text,
        expect![[r#"
        mx.cfl.example.com/{default}

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          max-smtp-out  1   config:3
              instead of 2 (config:6)
              not sure: A domain named without a macro goes before one that a macro names; the guide does not say whether that holds for a broader set too.
          retry-after   2m  config:7
    "#]],
    );
    check(
        "cfl.example.com",
        text,
        expect![[r#"
        cfl.example.com/{default}

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          max-smtp-out  3   config:10
              instead of 2 (config:6)
          retry-after   2m  config:7
    "#]],
    );
    check(
        "nyc.example.com",
        text,
        expect![[r#"
        nyc.example.com/{default}

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          max-smtp-out  2   config:6
          retry-after   2m  config:7
    "#]],
    );
}

#[test]
fn the_rollup_queue_has_settings_of_its_own_and_a_queue_to_leads_into_it() {
    let text = "\
<mx-rollup-list>
    mx *.mx.example.net big.rollup
</mx-rollup-list>
<domain big.rollup>
    max-smtp-out 7
</domain>
<domain example.com>
    queue-to big.rollup
    max-smtp-out 1
</domain>
<virtual-mta m>
    <domain big.rollup>
        max-smtp-out 5
    </domain>
</virtual-mta>
";
    check(
        "example.com/m",
        text,
        expect![[r#"
        example.com/m
          Mail for example.com goes into the queue big.rollup: these are its settings. (config:8)

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          max-smtp-out  5  config:13, in the VirtualMTA
              instead of 7 (config:5)
    "#]],
    );
    check(
        "example.com",
        text,
        expect![[r#"
        example.com/{default}
          Mail for example.com goes into the queue big.rollup: these are its settings. (config:8)

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          max-smtp-out  7  config:5
    "#]],
    );
}

#[test]
fn settings_of_backoff_are_those_of_normal_mode_where_they_are_not_set() {
    let text = "\
<domain *>
    max-msg-rate 100/h
    backoff-max-connect-rate 1/m
</domain>
";
    check(
        "example.com",
        text,
        expect![[r#"
        example.com/{default}

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          backoff-max-connect-rate  1/m    config:3
          backoff-max-msg-rate      100/h  as max-msg-rate
          max-msg-rate              100/h  config:2
    "#]],
    );
}

#[test]
fn mail_goes_into_the_queue_that_queue_to_names() {
    let text = "\
domain-macro tld com, de
<domain yahoo.$tld>
    queue-to \"yahoo.queue\"
    max-smtp-out 1
</domain>
<domain yahoo.queue>
    smtp-hosts lookup-mx:yahoo.com
</domain>
<domain *>
    max-smtp-out 2
</domain>
";
    check(
        "yahoo.de",
        text,
        expect![[r#"
        yahoo.de/{default}
          Mail for yahoo.de goes into the queue yahoo.queue: these are its settings. (config:3)

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          max-smtp-out  2                    config:10
          smtp-hosts    lookup-mx:yahoo.com  config:7
    "#]],
    );
}

#[test]
fn a_queue_for_all_that_is_sent_on_does_not_lead_to_itself() {
    let text = "\
<domain *>
    queue-to relay
</domain>
<domain relay>
    smtp-hosts [192.0.2.1]
</domain>
";
    check(
        "example.com",
        text,
        expect![[r#"
        example.com/{default}
          Mail for example.com goes into the queue relay: these are its settings. (config:2)

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          queue-to    relay        config:2
          smtp-hosts  [192.0.2.1]  config:5
    "#]],
    );
}

#[test]
fn rollup_lists_tell_where_mail_may_go() {
    let text = "\
<mx-rollup-list>
    mx *.mail.protection.outlook.com outlook.rollup rollup-by-ip
</mx-rollup-list>
<domain outlook.rollup>
    max-smtp-out 7
</domain>
<domain here.example.com>
    disable-mx-rollup yes
</domain>
";
    check(
        "example.com",
        text,
        expect![[r#"
        example.com/{default}
          If the mail servers of example.com match *.mail.protection.outlook.com, its mail goes into the queue outlook.rollup. (config:2)

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          everything as PowerMTA does it by default
    "#]],
    );
    check(
        "outlook.rollup",
        text,
        expect![[r#"
        outlook.rollup/{default}

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          max-smtp-out  7  config:5
    "#]],
    );
    check(
        "here.example.com",
        text,
        expect![[r#"
        here.example.com/{default}

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          disable-mx-rollup  yes  config:8
    "#]],
    );
}

#[test]
fn included_lines_stand_where_they_are_included() {
    let text = "\
include before.conf
<domain example.com>
    include limits.conf
    max-smtp-out 1
</domain>
#- /etc/pmta/before.conf
<domain example.com>
    max-smtp-out 3
    bounce-after 3h
</domain>
#- /etc/pmta/limits.conf
max-smtp-out 2
retry-after 2m
#- /etc/pmta/config-defaults
<domain *>
    connect-timeout 4s
</domain>
";
    check(
        "example.com",
        text,
        expect![[r#"
        example.com/{default}

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          bounce-after     3h  before.conf:3
          connect-timeout  4s  config-defaults:2
          max-smtp-out     1   config:4
              instead of 2 (limits.conf:1)
              instead of 3 (before.conf:2)
              not sure: It is given twice for the same set; the guide does not say which line counts, the last one is taken.
          retry-after      2m  limits.conf:2
    "#]],
    );
}

#[test]
fn the_configuration_goes_before_what_powermta_brings() {
    let text = "\
<domain *>
    max-smtp-out 1
</domain>
#- /etc/pmta/config-defaults
<domain *>
    max-smtp-out 2
    retry-after 2m
</domain>
<domain example.com>
    retry-after 3m
</domain>
";
    check(
        "example.com",
        text,
        expect![[r#"
        example.com/{default}

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          max-smtp-out  1   config:2
              instead of 2 (config-defaults:2)
          retry-after   3m  config-defaults:6
              instead of 2m (config-defaults:3)
    "#]],
    );
}

#[test]
fn settings_of_a_virtual_mta_replace_those_outside_or_join_them() {
    let text = "\
smtp-source-host 192.0.2.1 a.example.com
smtp-source-host 192.0.2.2 b.example.com
use-proxy px
domain-key s1,*,/etc/pmta/global.pem
<virtual-mta m>
    smtp-source-host 192.0.2.3 c.example.com
    smtp-source-host 192.0.2.4 d.example.com
    domain-key s1,example.com,/etc/pmta/own.pem
</virtual-mta>
";
    check(
        "example.com/m",
        text,
        expect![[r#"
        example.com/m

        Virtual MTA Settings
        --------------------
          domain-key        s1,example.com,/etc/pmta/own.pem  config:8, in the VirtualMTA
          domain-key        s1,*,/etc/pmta/global.pem         config:4
          smtp-source-host  192.0.2.3 c.example.com           config:6, in the VirtualMTA
              instead of 192.0.2.1 a.example.com (config:1)
              instead of 192.0.2.2 b.example.com (config:2)
          smtp-source-host  192.0.2.4 d.example.com           config:7, in the VirtualMTA
          use-proxy         px                                config:3

        Queue Settings
        --------------
          everything as PowerMTA does it by default
    "#]],
    );
    check(
        "example.com",
        text,
        expect![[r#"
        example.com/{default}

        Virtual MTA Settings
        --------------------
          domain-key        s1,*,/etc/pmta/global.pem  config:4
          smtp-source-host  192.0.2.1 a.example.com    config:1
          smtp-source-host  192.0.2.2 b.example.com    config:2
          use-proxy         px                         config:3

        Queue Settings
        --------------
          everything as PowerMTA does it by default
    "#]],
    );
}

#[test]
fn each_range_of_addresses_has_its_own_limit() {
    let text = "\
<domain *>
    source-ip-max-smtp-out 0/0 5
    source-ip-max-smtp-out 192.0.2/24 6
</domain>
<domain example.com>
    source-ip-max-smtp-out 0/0 1
</domain>
";
    check(
        "example.com",
        text,
        expect![[r#"
        example.com/{default}

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          source-ip-max-smtp-out  0/0 1         config:6
              instead of 0/0 5 (config:2)
          source-ip-max-smtp-out  192.0.2/24 6  config:3
    "#]],
    );
}

#[test]
fn secrets_are_not_shown() {
    let text = "\
<domain *>
    auth-username me
    auth-password hunter2
    smtp-client-certificate /etc/pmta/c.pem hunter3
</domain>
<domain example.com>
    auth-password hunter4
</domain>
";
    check(
        "example.com",
        text,
        expect![[r#"
        example.com/{default}

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          auth-password            ••••                  config:7
              instead of •••• (config:3)
          auth-username            me                    config:2
          smtp-client-certificate  /etc/pmta/c.pem ••••  config:4
    "#]],
    );
}

#[test]
fn a_name_that_is_no_virtual_mta_is_told() {
    check(
        "example.com/nobody",
        "host-name a.example.com\n",
        expect![[r#"
        example.com/nobody
          There is no VirtualMTA nobody.

        Virtual MTA Settings
        --------------------
          host-name  a.example.com  config:1

        Queue Settings
        --------------
          everything as PowerMTA does it by default
    "#]],
    );
}
