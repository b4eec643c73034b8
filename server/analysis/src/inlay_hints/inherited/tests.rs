use std::fmt::Write as _;

use expect_test::{Expect, expect};

use super::*;
use crate::fixture::{Fixture, fixture};

/// The hints of a file, each behind the number and the text of its line.
fn shown(text: &str) -> String {
    let Fixture { workspace, at } = fixture(text);
    let rope = workspace.document(at.file).unwrap().rope();
    let all = TextRange::of(0, rope.len_bytes());
    let mut shown = String::new();
    for hint in inherited_hints(&workspace, at.file, all) {
        let line = rope.byte_to_line(hint.at as usize);
        let start = rope.line_to_byte(line);
        let before = rope.byte_slice(start..hint.at as usize).to_string();
        let _ = writeln!(
            shown,
            "{}: {}  {}",
            line.saturating_add(1),
            before.trim(),
            hint.label
        );
    }
    shown
}

fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&shown(text));
}

#[test]
fn a_domain_takes_from_broader_sets() {
    let text = "\
<domain *>
    max-smtp-out 25
    max-msg-rate 500/h
    dkim-sign yes
    retry-after 15m
</domain>
<domain [*.]example.com>
    max-smtp-out 5
</domain>
<domain a.example.com>   # ours
    max-msg-rate 100/h
</domain>
<domain b.example.com> max-msg-per-connection 5 </domain>$0
";
    check(
        text,
        &expect![[r#"
        10: <domain a.example.com>   # ours  max-smtp-out 5 from <domain [*.]example.com>; dkim-sign yes, retry-after 15m from <domain *>
        13: <domain b.example.com> max-msg-per-connection 5 </domain>  max-msg-rate 500/h, dkim-sign yes from <domain *>; max-smtp-out 5 from <domain [*.]example.com>
    "#]],
    );
}

#[test]
fn what_is_as_by_default_is_not_told() {
    let text = "\
<domain *>
    max-smtp-out 20
    bounce-after 108h
    log-data false
</domain>
<domain example.com>
</domain>
$0";
    check(text, &expect![""]);
}

#[test]
fn virtual_mtas_and_pools() {
    let text = "\
<domain *>
    max-smtp-out 25
</domain>
<virtual-mta-pool p>
    virtual-mta a
    virtual-mta b
    <domain *>
        max-msg-rate 500/h
    </domain>
    <domain example.com>
        max-smtp-out 3
    </domain>
</virtual-mta-pool>
<virtual-mta a>
    <domain *>
        max-msg-per-connection 7
    </domain>
    <domain example.com>
    </domain>
</virtual-mta>
<virtual-mta b>
    smtp-source-host 192.0.2.1 b.example.com
</virtual-mta>
$0";
    check(
        text,
        &expect![[r#"
            7: <domain *>  max-smtp-out 25 from <domain *>
            10: <domain example.com>  max-msg-rate 500/h from <domain *> in the pool
            14: <virtual-mta a>  max-msg-rate 500/h from <domain *> in the pool; max-smtp-out 25 from <domain *>
            15: <domain *>  max-msg-rate 500/h from <domain *> in the pool; max-smtp-out 25 from <domain *>
            18: <domain example.com>  max-msg-rate 500/h from <domain *> in the pool; max-msg-per-connection 7 from <domain *> in the VirtualMTA; max-smtp-out 3 from <domain example.com> in the pool
            21: <virtual-mta b>  max-msg-rate 500/h from <domain *> in the pool; max-smtp-out 25 from <domain *>
        "#]],
    );
}

#[test]
fn sets_that_stand_for_many_domains_have_no_hint() {
    let text = "\
domain-macro big example.com, example.net
<domain *>
    max-smtp-out 25
</domain>
<domain $big>
</domain>
<domain *.example.com>
</domain>
<domain [*.]example.com>
</domain>
<domain [192.0.2.0/24]>
</domain>
<domain moved.example.com>
    queue-to other
</domain>
$0";
    check(text, &expect![""]);
}

#[test]
fn secrets_are_hidden_and_long_values_cut() {
    let text = "\
<domain *>
    auth-password \"hunter2\"
    smtp-hosts [192.0.2.1]:25,[192.0.2.2]:25,[192.0.2.3]:25
</domain>
<domain example.com>
</domain>
$0";
    check(
        text,
        &expect![[r#"
        5: <domain example.com>  smtp-hosts [192.0.2.1]:25,[192.0.2.…, auth-password •••• from <domain *>
    "#]],
    );
}

#[test]
fn what_its_own_includes_say_is_its_own() {
    let text = "\
<domain example.com>
    include /etc/pmta/limits
</domain>
include /etc/pmta/all
$0
#- /etc/pmta/limits
max-smtp-out 3
#- /etc/pmta/all
<domain *>
    max-smtp-out 25
    max-msg-rate 500/h
</domain>
";
    check(
        text,
        &expect![[r#"
        1: <domain example.com>  max-msg-rate 500/h from <domain *>
    "#]],
    );
}

#[test]
fn a_file_that_is_included_in_a_section_has_none() {
    let text = "\
<domain *>
    max-smtp-out 25
</domain>
<virtual-mta a>
    include /etc/pmta/domains
</virtual-mta>
#- /etc/pmta/domains
<domain example.com>
</domain>
$0";
    check(text, &expect![""]);
}

#[test]
fn what_is_not_sure_is_not_told() {
    let text = "\
<domain *>
    max-smtp-out 25
    max-msg-rate 500/h
</domain>
<domain *>
    max-smtp-out 30
</domain>
<domain example.com>
</domain>
$0";
    check(
        text,
        &expect![[r#"
            8: <domain example.com>  max-msg-rate 500/h from <domain *>
        "#]],
    );
}

#[test]
fn a_range_has_a_bounded_number_of_hints() {
    let sections = |count: usize| {
        let mut text = "<domain *>\n    max-smtp-out 25\n</domain>\n".to_owned();
        for number in 0..count {
            let _ = writeln!(text, "<domain d{number}.example.com>\n</domain>");
        }
        shown(&format!("{text}$0"))
    };
    let of_some = sections(100);
    // The first of them is the set that gives the value.
    assert_eq!(of_some.lines().count(), MOST_SECTIONS - 1, "{of_some}");
    assert_eq!(sections(MOST_ASKED), "");
}

#[test]
fn only_the_sections_of_the_range_have_hints() {
    let text = "<domain *>\nmax-smtp-out 25\n</domain>\n<domain a.example.com>\n</domain>\n\
                <domain b.example.com>\n</domain>\n$0";
    let Fixture { workspace, at } = fixture(text);
    let start = text.find("<domain b").unwrap();
    let range = TextRange::of(start, text.len());
    let hints = inherited_hints(&workspace, at.file, range);
    assert_eq!(hints.len(), 1);
    assert_eq!(hints[0].at as usize, start + "<domain b.example.com>".len());
}

#[test]
fn a_file_of_which_nobody_knows_where_it_belongs_has_none() {
    let text = "#- /etc/pmta/part\n<domain *>\n    max-smtp-out 25\n</domain>\n\
                <domain example.com>\n</domain>\n$0";
    check(text, &expect![""]);
}

#[test]
fn two_sections_for_one_set_do_not_name_each_other() {
    let text = "\
<domain *>
    bounce-after 1d
</domain>
<domain example.com>
    max-smtp-out 3
</domain>
<domain example.com>
    max-msg-rate 100/h
</domain>
<virtual-mta a>
    <domain example.com>
        max-msg-rate 50/h
    </domain>
</virtual-mta>
$0";
    check(
        text,
        &expect![[r#"
        4: <domain example.com>  bounce-after 1d from <domain *>
        7: <domain example.com>  bounce-after 1d from <domain *>
        10: <virtual-mta a>  bounce-after 1d from <domain *>
        11: <domain example.com>  max-smtp-out 3 from <domain example.com>; bounce-after 1d from <domain *>
    "#]],
    );
}

#[test]
fn what_powermta_brings_is_told_as_such() {
    let text = "\
<domain *>
    max-smtp-out 3
</domain>
$0
#- /etc/pmta/config-defaults
<domain *>
    bounce-after 2d
</domain>
";
    check(
        text,
        &expect![[r#"
        1: <domain *>  bounce-after 2d from <domain *> of PowerMTA's own config-defaults
    "#]],
    );
}
