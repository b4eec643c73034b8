//! At the start of lines.

use expect_test::{Expect, expect};

use super::super::documentation;
use super::support::{complete, first, labels, taken};
use crate::hover::{Markup, render};

fn check_first(text: &str, expected: Expect) {
    expected.assert_eq(&first(text, 10));
}

/// The candidates that a client shows for what was typed: those whose filter begins with it.
fn matching(text: &str, typed: &str) -> String {
    let found = complete(text)
        .items
        .into_iter()
        .filter(|item| item.filter.starts_with(typed));
    found
        .map(|item| format!("{} | {}\n", item.label, item.detail.unwrap_or_default()))
        .collect()
}

#[test]
fn first_at_the_top_level() {
    check_first(
        "postmaster you@example.com\n$0\n",
        expect![[r#"
            <domain> | Settings for the queues of matching recipient domains | typed domain | <domain ${1:*}>⏎→$0⏎</domain>
            domain-macro | NAME ITEM[, ITEM...] | domain-macro ${1:topLevel} ${2:com}
            http-access | CIDR { monitor[,deny-logs] | operator | admin | none } | http-access ${1:127.0.0.1} ${2|monitor,none,monitor\,deny-logs,operator,admin|}
            <source> | Settings for submissions, chosen by client IP or by name. | typed source | <source ${1:10/8}>⏎→$0⏎</source>
            <acct-file> | An accounting (CSV) file or pipe. | typed acct-file | <acct-file ${1:/var/log/pmta/acct.csv}>⏎→$0⏎</acct-file>
            <virtual-mta> | A named sending identity | typed virtual-mta | <virtual-mta ${1:name}>⏎→$0⏎</virtual-mta>
            smtp-listener | CIDR:PORT [source=SOURCE-NAME] | smtp-listener ${1:192.0.2.4}:${2:25} source=${3:source}
            http-mgmt-port | PORT | http-mgmt-port ${1:8888}
            run-as-root | { yes | no | true | false } | run-as-root ${1|yes,no|}
            log-file | FILENAME | log-file ${1:/var/log/pmta/pmta.log}
        "#]],
    );
}

#[test]
fn first_in_a_domain() {
    check_first(
        "<domain example.com>\n    $0\n</domain>\n",
        expect![[r#"
        max-msg-rate | { unlimited | 0 | N/[M]{d|day|h|hr|m|min|s|sec} } | max-msg-rate ${1:500/h}
        max-msg-per-connection | N | max-msg-per-connection ${1:100}
        max-smtp-out | N | max-smtp-out ${1:20}
        dkim-sign | { yes | no | true | false | if-x-dkim-options-present } | dkim-sign ${1|yes,no,true,false,if-x-dkim-options-present|}
        dkim-identity | { EMAIL-ADDRESS | @DOMAIN | DOMAIN | sender-or-from | strict-from } | dkim-identity @${1:esp.example}
        retry-after | TIME-INTERVAL[,TIME-INTERVAL]... | retry-after ${1:10m}
        backoff-max-msg-rate | { unlimited | 0 | N/[M]{d|day|h|hr|m|min|s|sec} } | backoff-max-msg-rate ${1:10/h}
        backoff-retry-after | TIME-INTERVAL[,TIME-INTERVAL]... | backoff-retry-after ${1:1h}
        backoff-to-normal-after-delivery | { yes | no | true | false } | backoff-to-normal-after-delivery ${1|yes,no|}
        smtp-pattern-list | NAME | smtp-pattern-list ${1:list}
    "#]],
    );
}

#[test]
fn first_in_a_virtual_mta() {
    check_first(
        "<virtual-mta a>\n    $0\n</virtual-mta>\n",
        expect![[r#"
            <domain> | Settings for the queues of matching recipient domains | typed domain | <domain ${1:*}>⏎→$0⏎</domain>
            smtp-source-host | { IP | CIDR } HOST-NAME | smtp-source-host ${1:192.0.2.4} ${2:mail.example.org}
            domain-key | SELECTOR,{DOMAIN|*},{FILENAME|{vault}:/PATH:KEY}   or   domain-key {selector},{domain},{vault}:/PATH-WITH-VARIABLES | domain-key ${1:m},${2:mail.example.com},${3:c:\\pmta\\m.pem}
            max-smtp-out | { N | unlimited } | max-smtp-out ${1:100}
            include | { FILENAME | scheme://host[:port][/path] } | include ${1:/etc/pmta/vmtas.txt}
            host-name | HOST-NAME | host-name ${1:mail.example.org}
            cold-virtual-mta | VMTA-NAME | cold-virtual-mta ${1:vmta}
            smtp-proxy-source-host | { LOCAL-IP | CIDR } PROXY-HOST:PORT PROXY-CLIENT-IP[:PORT] HOST-NAME | smtp-proxy-source-host ${1:192.0.2.10} ${2:198.51.100.5}:${3:5000} ${4:198.51.100.5} ${5:px1.example.com}
            use-proxy | NAME[,NAME...] | use-proxy ${1:proxy}
            enable-signals | { true[,subaccount=N] | false | SIGNALS-FILTER-NAME } | enable-signals ${1:true},subaccount=${2:100}
        "#]],
    );
}

#[test]
fn first_in_a_source() {
    check_first(
        "<source 0/0>\n    $0\n</source>\n",
        expect![[r#"
        process-x-virtual-mta | { yes | no | true | false } | process-x-virtual-mta ${1|yes,no|}
        smtp-service | { yes | no | true | false } | smtp-service ${1|yes,no|}
        always-allow-relaying | { yes | no | true | false } | always-allow-relaying ${1|yes,no|}
        add-received-header | { yes | no | true | false } | add-received-header ${1|yes,no|}
        hide-message-source | { yes | no | true | false } | hide-message-source ${1|yes,no|}
        default-virtual-mta | { VMTA-NAME | POOL-NAME | by-smtp-source-ip } | default-virtual-mta ${1:vmta}
        require-auth | { yes | no | true | false } | require-auth ${1|yes,no|}
        add-message-id-header | { yes | no | true | false } | add-message-id-header ${1|yes,no|}
        max-message-size | { N{b|k|m|g|t} | 0 | unlimited } | max-message-size ${1:40K}
        remove-received-headers | { yes | no | true | false } | remove-received-headers ${1|yes,no|}
    "#]],
    );
}

#[test]
fn what_is_set_already_comes_last() {
    let text = "<domain a.example>\n max-smtp-out 5\n $0\n max-msg-rate 5/h\n</domain>\n";
    let labels = labels(text);
    let last = &labels[labels.len() - 2..];
    assert_eq!(last, ["max-msg-rate", "max-smtp-out"]);
    let text =
        "log-file /var/a\n$0\n<domain a>\n</domain>\nrun-as-root no\nhttp-access ::1 monitor\n";
    let labels = self::labels(text);
    let at = |label: &str| labels.iter().position(|it| it == label).unwrap();
    assert!(at("log-file") > at("total-max-smtp-out"));
    assert!(at("run-as-root") > at("total-max-smtp-out"));
    // These may stand several times.
    assert!(at("http-access") < 10);
    assert!(at("<domain>") < 10);
}

#[test]
fn a_place_that_is_not_known_offers_all_with_their_places() {
    let found = complete("max-$0\n");
    let detail = |label: &str| {
        let item = found.items.iter().find(|item| item.label == label).unwrap();
        item.detail.clone().unwrap()
    };
    assert_eq!(
        detail("max-smtp-out"),
        "<domain>, <virtual-mta>, <virtual-mta-pool>"
    );
    assert_eq!(detail("max-message-size"), "<source>");
    assert!(found.items.iter().any(|item| item.label == "<domain>"));
}

#[test]
fn a_fragment_offers_what_stands_where_it_is_included() {
    let files = "<virtual-mta a>\ninclude more.conf\n</virtual-mta>\n#- /etc/pmta/more.conf\n$0\n";
    let labels = labels(files);
    assert!(labels.contains(&"smtp-source-host".to_owned()));
    assert!(!labels.contains(&"max-msg-rate".to_owned()));
    let told = self::labels("# pmta-ls: place=spool\n$0\n");
    assert!(told.contains(&"min-free-space".to_owned()));
    assert!(!told.contains(&"smtp-source-host".to_owned()));
}

#[test]
fn names_that_the_web_invented_lead_to_genuine_ones() {
    let domain = |name: &str| format!("<domain a.example>\n{name}$0\n</domain>\n");
    expect![[r#"
        max-connect-rate | { unlimited | 0 | N/[M]{d|day|h|hr|m|min|s|sec} }
        max-smtp-out | instead of max-conn
        source-ip-max-smtp-out | instead of max-conn-per-ip
        max-connect-rate | instead of max-conn-rate
        max-connect-rate | instead of max-connection-rate
        max-smtp-out | instead of max-connections
        max-smtp-in | instead of max-connections-per-source; stands in <source-group>
    "#]]
    .assert_eq(&matching(&domain("max-conn"), "max-conn"));
    expect![[r#"
        domain-key | instead of dkim-selector; stands in the top level, <domain-key-list>, <virtual-mta>, <virtual-mta-pool>
    "#]].assert_eq(&matching(&domain("dkim-sel"), "dkim-sel"));
    expect![[r#"
        domain-key | instead of dkim-selector
    "#]]
    .assert_eq(&matching(
        "postmaster a@example.com\ndkim-sel$0",
        "dkim-sel",
    ));
    expect![[r#"
        <smtp-user> | Credentials for SMTP AUTH.
        require-auth | instead of smtp-user-auth; stands in <source>
        require-auth | instead of smtp-users-authentication; stands in <source>
    "#]]
    .assert_eq(&matching("postmaster a@example.com\nsmtp-u$0", "smtp-u"));
    expect![[r#"
        max-smtp-out | N
        max-smtp-out-per-source-ip | N
        max-smtp-out | instead of max-smtp-connections
        max-smtp-out | instead of max-smtp-out-connections
        max-smtp-msg-rate | instead of max-smtp-out-msg-rate; stands in <virtual-mta>, <virtual-mta-pool>
        source-ip-max-smtp-out | instead of max-smtp-out-per-ip
    "#]].assert_eq(&matching(&domain("max_smtp"), "max_smtp"));
}

#[test]
fn old_ones_are_marked() {
    let found = complete("postmaster a@example.com\n$0\n");
    let old: Vec<&str> = found
        .items
        .iter()
        .filter(|it| it.is_deprecated)
        .map(|it| &*it.label)
        .collect();
    expect!["spool pickup-retry-interval smtp-port <gm-imprinter> http-mgmt-source http-tls-allow-sslv3 no-http-mgmt-source smtp-ip smtp-server-tls-allow-sslv3 <sparkpost-analytics> spool-min-free-space"].assert_eq(&old.join(" "));
}

#[test]
fn a_name_is_replaced_up_to_the_cursor_and_keeps_its_value() {
    let before = "<domain a.example>\nmax-$0conn 20\n</domain>\n";
    assert_eq!(
        taken(before, "max-smtp-out"),
        "<domain a.example>\nmax-smtp-outconn 20\n</domain>\n"
    );
    let found = complete(before);
    let item = found
        .items
        .iter()
        .find(|item| item.label == "max-smtp-out")
        .unwrap();
    assert_eq!(item.edit.insert.len(), 4);
    assert_eq!(item.edit.replace.len(), 8);
    let empty = "<domain a.example>\nmax-$0\n</domain>\n";
    assert_eq!(
        taken(empty, "max-smtp-out"),
        "<domain a.example>\nmax-smtp-out \n</domain>\n"
    );
}

#[test]
fn nothing_in_comments_and_unknown_lines() {
    for text in [
        "# max-$0\n",
        "; max-$0\n",
        "<!-- max-$0",
        "max-smtp-out 20 # $0\n",
        "<!-- a\n$0\n-->\n",
        "/ab$0\n",
    ] {
        assert_eq!(labels(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn each_has_help() {
    let text = "<domain a.example>\nmax-con$0\n</domain>\n";
    for item in complete(text).items {
        let page = documentation(item.documentation.as_deref().unwrap());
        assert!(
            !render(&page.expect("help"), Markup::Markdown).is_empty(),
            "{}",
            item.label
        );
    }
    for text in ["max-con$0", "<$0"] {
        for item in complete(text).items {
            assert!(
                documentation(item.documentation.as_deref().unwrap()).is_some(),
                "{}",
                item.label
            );
        }
    }
}
