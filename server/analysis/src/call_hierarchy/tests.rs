use std::fmt::Write as _;

use expect_test::{Expect, expect};

use super::*;
use crate::fixture::{Fixture, fixture};

fn shown_route(route: &Route) -> String {
    format!("{:?} {} ({})", route.kind, route.name, route.detail)
}

fn shown_calls(fixture: &Fixture, calls: &[Call], is_incoming: bool, own: FileId) -> String {
    let mut shown = String::new();
    for call in calls {
        let file = if is_incoming { call.route.at.file } else { own };
        let sites = call.sites.iter().map(|range| {
            fixture.shown(FileRange {
                file,
                range: *range,
            })
        });
        let sites: Vec<String> = sites.collect();
        let _ = writeln!(
            shown,
            "  {} by {}",
            shown_route(&call.route),
            sites.join("; ")
        );
    }
    shown
}

/// What leads to the thing under the cursor, and where it leads.
fn check(text: &str, expected: &Expect) {
    let fixture = fixture(text);
    let mut shown = String::new();
    for route in prepare(&fixture.workspace, fixture.at) {
        assert!(
            route.at.range.contains_range(route.name_at.range),
            "{route:?}"
        );
        let at = FilePosition {
            file: route.name_at.file,
            offset: route.name_at.range.start as usize,
        };
        let (to, from) = (
            incoming(&fixture.workspace, at),
            outgoing(&fixture.workspace, at),
        );
        let _ = writeln!(shown, "{}\nfrom:", shown_route(&route));
        shown += &shown_calls(&fixture, &to, true, at.file);
        shown += "to:\n";
        shown += &shown_calls(&fixture, &from, false, at.file);
    }
    expected.assert_eq(&shown);
}

const DEPLOYMENT: &str = "\
smtp-listener 192.0.2.1:25 source=s
<smtp-listener 192.0.2.2:25>
    source s
</smtp-listener>
<smtp-user joe>
    source s
</smtp-user>
<source s>
    default-virtual-mta p
    pattern-list l
</source>
<pattern-list l>
    mail-from /x/ virtual-mta=a
    mail-from /y/ <pattern-list>
        rcpt-to /z/ virtual-mta=a
        rcpt-to /w/ call-to: l2
    </pattern-list>
</pattern-list>
<pattern-list l2>
    mail-from /x/ virtual-mta=p
</pattern-list>
<virtual-mta a>
    cold-virtual-mta b
    <domain example.com>
        reroute-to-virtual-mta b
    </domain>
</virtual-mta>
<virtual-mta b>
</virtual-mta>
<virtual-mta-pool p>
    include members.conf
</virtual-mta-pool>
<domain example.org>
    backoff-reroute-to-virtual-mta a
    queue-to other.queue
</domain>
<domain other.queue>
</domain>
<acct-file x>
    queue-filter */a
</acct-file>
invalid-virtual-mta-fallback a
#- /etc/pmta/members.conf
virtual-mta a
virtual-mta b
virtual-mta undefined
";

fn at(cursor: &str) -> String {
    let plain = cursor.replace("$0", "");
    DEPLOYMENT.replacen(&plain, cursor, 1)
}

#[test]
fn a_virtual_mta_is_reached_over_pools_rules_and_reroutes() {
    check(
        &at("<virtual-mta $0a>"),
        &expect![[r#"
            VirtualMta a (virtual-mta)
            from:
              List l (pattern-list) by 13:31 a; 15:33 a
              Domain example.org (domain) by 34:36 a
              Rule invalid-virtual-mta-fallback (invalid-virtual-mta-fallback) by 42:30 a
              Pool p (virtual-mta-pool) by 31:13 members.conf
            to:
              VirtualMta b (virtual-mta) by 23:22 b; 25:32 b
        "#]],
    );
}

#[test]
fn a_pool_leads_to_the_members_of_its_files() {
    check(
        &at("default-virtual-mta $0p"),
        &expect![[r#"
            Pool p (virtual-mta-pool)
            from:
              Source s (source) by 9:25 p
              List l2 (pattern-list) by 20:31 p
            to:
              VirtualMta a (virtual-mta) by 31:13 members.conf
              VirtualMta b (virtual-mta) by 31:13 members.conf
        "#]],
    );
}

#[test]
fn sources_are_reached_from_listeners_and_users() {
    check(
        &at("<source $0s>"),
        &expect![[r#"
            Source s (source)
            from:
              Entrance 192.0.2.1:25 (smtp-listener) by 1:35 s
              Entrance 192.0.2.2:25 (smtp-listener) by 3:12 s
              Entrance joe (smtp-user) by 6:12 s
            to:
              Pool p (virtual-mta-pool) by 9:25 p
              List l (pattern-list) by 10:18 l
        "#]],
    );
}

#[test]
fn entrances_and_lists_have_their_ways_too() {
    check(
        &at("$0smtp-listener 192.0.2.1:25"),
        &expect![[r#"
            Entrance 192.0.2.1:25 (smtp-listener)
            from:
            to:
              Source s (source) by 1:35 s
        "#]],
    );
    check(
        &at("<smtp-listener $0192.0.2.2:25>"),
        &expect![[r#"
            Entrance 192.0.2.2:25 (smtp-listener)
            from:
            to:
              Source s (source) by 3:12 s
        "#]],
    );
    check(
        &at("<smtp-user $0joe>"),
        &expect![[r#"
            Entrance joe (smtp-user)
            from:
            to:
              Source s (source) by 6:12 s
        "#]],
    );
    check(
        &at("call-to: $0l2"),
        &expect![[r#"
            List l2 (pattern-list)
            from:
              List l (pattern-list) by 16:30 l2
            to:
              Pool p (virtual-mta-pool) by 20:31 p
        "#]],
    );
    check(
        &at("<domain $0other.queue>"),
        &expect![[r#"
            Domain other.queue (domain)
            from:
              Domain example.org (domain) by 35:14 other.queue
            to:
        "#]],
    );
}

#[test]
fn other_lines_are_on_no_way() {
    for text in [
        "max-smtp-out 1$02\n",
        "# a$0\n",
        "$0",
        "<proxy $0x>\n</proxy>\n",
    ] {
        let fixture = fixture(text);
        assert!(
            prepare(&fixture.workspace, fixture.at)
                .iter()
                .all(|route| route.kind == SymbolKind::Named),
            "{text}"
        );
    }
}
