use expect_test::{Expect, expect};

use super::*;
use crate::fixture::fixture;

fn check(text: &str, with_definitions: bool, expected: &Expect) {
    let fixture = fixture(text);
    let found = references(&fixture.workspace, fixture.at, with_definitions);
    let shown = found.iter().map(|at| fixture.shown(*at) + "\n");
    expected.assert_eq(&shown.collect::<String>());
}

/// A deployment in which one name is used for different things.
const DEPLOYMENT: &str = "\
include vmtas.conf
<source a>
    default-virtual-mta a
    pattern-list a
</source>
<virtual-mta-pool p>
    virtual-mta $0a
    virtual-mta \"a\"
    virtual-mta A
    # virtual-mta a
</virtual-mta-pool>
<domain a>
    queue-to a
</domain>
#- /etc/pmta/vmtas.conf
<virtual-mta a>
    cold-virtual-mta a
</virtual-mta>
<pattern-list a>
    mail-from /a/ virtual-mta=a,recipient-priority=50
    rcpt-to /a/ call-to: a
</pattern-list>
invalid-virtual-mta-fallback a
<acct-file a>
    queue-filter a/a
</acct-file>
";

#[test]
fn a_name_is_found_in_all_files_and_not_what_is_only_called_alike() {
    check(
        DEPLOYMENT,
        true,
        &expect![[r#"
            3:25 a
            7:17 a
            8:18 a
            vmtas.conf:1:14 a
            vmtas.conf:2:22 a
            vmtas.conf:5:31 a
            vmtas.conf:8:30 a
            vmtas.conf:10:20 a
        "#]],
    );
    check(
        DEPLOYMENT,
        false,
        &expect![[r#"
            3:25 a
            7:17 a
            8:18 a
            vmtas.conf:2:22 a
            vmtas.conf:5:31 a
            vmtas.conf:8:30 a
            vmtas.conf:10:20 a
        "#]],
    );
}

#[test]
fn every_kind_of_name_has_its_own_places() {
    let moved = |cursor: &str| {
        let plain = cursor.replace("$0", "");
        DEPLOYMENT.replace("$0", "").replacen(&plain, cursor, 1)
    };
    check(
        &moved("<source $0a"),
        true,
        &expect![[r#"
            2:9 a
        "#]],
    );
    check(
        &moved("pattern-list $0a\n</source"),
        true,
        &expect![[r#"
            4:18 a
            vmtas.conf:4:15 a
            vmtas.conf:6:26 a
        "#]],
    );
    check(
        &moved("queue-to $0a"),
        true,
        &expect![[r#"
            12:9 a
            13:14 a
        "#]],
    );
}

#[test]
fn macros_are_found_inside_of_words_and_other_macros() {
    check(
        "domain-macro tld com, co.uk\ndomain-macro isp aol.$t$0ld, $tld\n<domain yahoo.$tld>\n</domain>\n<domain $isp.$tld>\n</domain>\n<domain tld>\n</domain>\n",
        true,
        &expect![[r#"
            1:14 tld
            2:23 tld
            2:29 tld
            3:16 tld
            5:15 tld
        "#]],
    );
}

#[test]
fn names_that_nothing_refers_to_are_found_where_they_stand() {
    check(
        "<smtp-user $0joe>\n</smtp-user>\n<smtp-user joe>\n</smtp-user>\n<smtp-user jim>\n</smtp-user>\n<source joe>\n</source>\n",
        true,
        &expect![[r#"
            1:12 joe
            3:12 joe
        "#]],
    );
    check(
        "<bounce-category-patterns>\n/x/ own-$0one\n/y/ spam-related\n/z/ \"own-one\"\n</bounce-category-patterns>\ninclude b.conf\n#- /etc/pmta/b.conf\n<bounce-category-patterns>\n/own-one/ own-one\n</bounce-category-patterns>\n",
        true,
        &expect![[r#"
            2:5 own-one
            4:6 own-one
            b.conf:2:11 own-one
        "#]],
    );
}

#[test]
fn a_shared_fragment_leads_to_the_other_roots() {
    let fixture = fixture(
        "include shared.conf\n<virtual-mta-pool p>\nvirtual-mta $0a\n</virtual-mta-pool>\n#- /etc/pmta/shared.conf\n<virtual-mta a>\n</virtual-mta>\n",
    );
    let mut workspace = fixture.workspace;
    let disk = crate::workspace::test_support::Disk::of(&[
        (
            "/etc/pmta/second",
            "include shared.conf\ninvalid-virtual-mta-fallback a\n",
        ),
        ("/etc/pmta/shared.conf", "<virtual-mta a>\n</virtual-mta>\n"),
    ]);
    workspace
        .add_root(std::path::Path::new("/etc/pmta/second"), &disk)
        .unwrap();
    let found = references(&workspace, fixture.at, true);
    let names = found.iter().map(|at| workspace.path(at.file).unwrap());
    let names: Vec<String> = names.map(|path| path.display().to_string()).collect();
    assert_eq!(
        names,
        [
            "/etc/pmta/config",
            "/etc/pmta/shared.conf",
            "/etc/pmta/second"
        ]
    );
}

#[test]
fn words_that_name_nothing_have_no_places() {
    for text in [
        "max-smtp-out 1$02\n",
        "# a$0\n",
        "$0",
        "<dom$0ain a>\n</domain>\n",
    ] {
        check(text, true, &expect![[""]]);
    }
}
