use expect_test::expect;

use crate::diagnostics::test_support::{root_findings, root_fixed};
use crate::diagnostics::{Group, RULES};

#[test]
fn names_that_nothing_defines_are_reported_with_those_that_are_near() {
    let text = "\
use-proxy proxy1,proxy2
enable-signals filter
<proxy proxy1>
    server 192.0.2.10:5000
    client 192.0.2.1 mta1.example.com
</proxy>
<virtual-mta mta-1>
    smtp-source-host 192.0.2.1 mta1.example.com
    rewrite-list brands
    <domain $big>
        smtp-pattern-list replies
        queue-to other.example.com
    </domain>
</virtual-mta>
<virtual-mta-pool pool1>
    virtual-mta mta-1
    virtual-mta mta-2
</virtual-mta-pool>
<source 192.0.2.0/24>
    default-virtual-mta pool2
    pattern-list senders
    suppression-lists leavers
    source-group customers
</source>
<source 192.0.2.1>
    default-virtual-mta by-smtp-source-ip
</source>
<source 192.0.2.2>
    default-virtual-mta {default}
</source>
<smtp-user alice>
    password \"EXAMPLE\"
    source {staff}
</smtp-user>
<smtp-user bob>
    password \"EXAMPLE\"
    source {auth}
</smtp-user>
<acct-file /var/log/pmta/acct.csv>
    queue-filter example.com/nobody
</acct-file>
";
    expect![[r#"
        1:18-24 error undefined-proxy: No proxy is called `proxy2`. Is `proxy1` meant?
        2:1-22 information missing-partner: `enable-signals` needs a section `<signals>`, and there is none.
        2:16-22 warning undefined-signals-filter: No signals filter is called `filter`.
        9:18-24 warning undefined-rewrite-list: No rewrite list is called `brands`.
        10:14-17 warning undefined-macro: No domain macro is called `big`.
        11:27-34 warning undefined-smtp-pattern-list: No SMTP pattern list is called `replies`.
        17:17-22 warning undefined-virtual-mta: No VirtualMTA is called `mta-2`. Is `mta-1` meant?
        20:25-30 warning undefined-virtual-mta: No VirtualMTA or pool is called `pool2`. Is `pool1` meant?
        21:18-25 warning undefined-pattern-list: No pattern list is called `senders`.
        22:23-30 warning undefined-address-list: No address list is called `leavers`.
        23:18-27 warning undefined-source-group: No source group is called `customers`.
        33:12-19 warning undefined-source: No source is called `{staff}`.
    "#]].assert_eq(&root_findings(text));
    let fixed = root_fixed(text, "undefined-virtual-mta");
    assert!(
        fixed.contains("    virtual-mta mta-1\n    virtual-mta mta-1\n"),
        "{fixed}"
    );
}

#[test]
fn nothing_is_missing_where_not_all_is_known() {
    let source = "<source 192.0.2.1>\n    default-virtual-mta a\n</source>\n";
    for unknown in [
        "include /srv/elsewhere/*.conf\n",
        "{% for vmta in vmtas %}\n",
        "<virtual-mta {{ name }}>\n    smtp-source-host 192.0.2.1 a.example.com\n</virtual-mta>\n",
    ] {
        let shown = root_findings(&format!("{unknown}{source}"));
        assert!(!shown.contains("undefined"), "{unknown}{shown}");
    }
    let fragment = format!("#- /srv/part.conf\n{source}");
    assert_eq!(root_findings(&fragment), "");
    assert!(root_findings(source).contains("undefined-virtual-mta"));
}

#[test]
fn what_invented_lines_use_is_looked_up_in_fragments_too() {
    let text = "#- /srv/part.conf\n<sender a@example.com>\n    vmta none\n</sender>\n";
    let shown = root_findings(text);
    assert!(
        shown.contains(
            "2:10-14 warning undefined-virtual-mta: No VirtualMTA or pool is called `none`."
        ),
        "{shown}"
    );
    let defined = format!(
        "{text}<virtual-mta none>\n    smtp-source-host 192.0.2.1 a.example.com\n</virtual-mta>\n"
    );
    let shown = root_findings(&defined);
    assert!(!shown.contains("undefined-virtual-mta"), "{shown}");
}

#[test]
fn names_are_shared_by_the_files_of_a_root() {
    let text = "\
include a.conf
include b.conf
#- /etc/pmta/a.conf
<virtual-mta a>
    smtp-source-host 192.0.2.1 a.example.com
</virtual-mta>
#- /etc/pmta/b.conf
<virtual-mta-pool p>
    virtual-mta a
    virtual-mta b
</virtual-mta-pool>
<virtual-mta a>
    smtp-source-host 192.0.2.2 b.example.com
</virtual-mta>
";
    expect![[r#"
        b.conf:3:17-18 warning undefined-virtual-mta: No VirtualMTA is called `b`.
        b.conf:5:14-15 warning duplicate-definition: The VirtualMTA `a` is defined before; give this one another name, or put both together.
          a.conf:1:14 The first definition
    "#]].assert_eq(&root_findings(text));
}

/// The first example of a page shows the mistake, those after it do not.
#[test]
fn examples_of_pages_about_names_are_true() {
    let rules = RULES.iter().filter(|rule| {
        rule.group == Group::References && !rule.code.contains("include")
            || rule.code == "used-before-definition"
    });
    for rule in rules {
        let blocks = rule.documentation.split("```pmta\n").skip(1);
        let examples = blocks.map(|block| block.split("```").next().unwrap_or_default());
        for (index, example) in examples.enumerate() {
            let shown = root_findings(example);
            let is_reported = shown.contains(&format!(" {}: ", rule.code));
            assert_eq!(is_reported, index == 0, "{}\n{example}\n{shown}", rule.code);
        }
    }
}
