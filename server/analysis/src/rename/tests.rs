use expect_test::{Expect, expect};

use super::*;
use crate::findings::findings;
use crate::fixture::{Fixture, fixture};

/// All files after a renaming, with the lines that changed.
fn renamed(text: &str, new_name: &str) -> String {
    let fixture = fixture(text);
    match rename(&fixture.workspace, fixture.at, new_name) {
        Err(refusal) => format!("refused: {refusal}\n"),
        Ok(None) => "nothing\n".to_owned(),
        Ok(Some(edit)) => shown(&fixture, &edit),
    }
}

/// The changed lines of each file.
fn shown(fixture: &Fixture, edit: &RenameEdit) -> String {
    let mut shown = String::new();
    for file in &edit.files {
        let before = fixture.workspace.document(file.file).unwrap();
        let mut after = before.clone();
        for edit in file.edits.iter().rev() {
            after.edit(edit.range.as_usize(), &edit.text);
        }
        let path = fixture.workspace.path(file.file).unwrap();
        shown += &format!("{}\n", path.file_name().unwrap().display());
        let lines = before.rope().lines().zip(after.rope().lines());
        for (number, (before, after)) in lines.enumerate() {
            if before != after {
                shown += &format!("{}: {}\n", number + 1, after.to_string().trim_end());
            }
        }
    }
    if let Some(note) = edit.note {
        shown += &format!("note: {note}\n");
    }
    shown
}

fn check(text: &str, new_name: &str, expected: &Expect) {
    expected.assert_eq(&renamed(text, new_name));
}

fn refused(text: &str, new_name: &str) -> String {
    let shown = renamed(text, new_name);
    assert!(shown.starts_with("refused: "), "{text}\n{shown}");
    shown.trim_start_matches("refused: ").trim_end().to_owned()
}

const DEPLOYMENT: &str = "\
include vmtas.conf
<source a>
    default-virtual-mta a
</source>
<virtual-mta-pool p>
    virtual-mta $0a
    virtual-mta \"a\"
    # virtual-mta a
</virtual-mta-pool>
<domain a>
    queue-to a
</domain>
#- /etc/pmta/vmtas.conf
<virtual-mta a>
    cold-virtual-mta a
</virtual-mta>
<pattern-list l>
    mail-from /a/ virtual-mta=a,recipient-priority=50
</pattern-list>
<acct-file a>
    queue-filter a/a
</acct-file>
";

#[test]
fn a_virtual_mta_is_renamed_everywhere_and_nothing_else() {
    check(DEPLOYMENT, "mta-1", &expect![[""]]);
}

#[test]
fn quotes_stay_and_come_where_the_new_name_needs_them() {
    check(
        "<virtual-mta $0a>\n</virtual-mta>\n<virtual-mta-pool p>\nvirtual-mta a\nvirtual-mta \"a\"\n</virtual-mta-pool>\n<pattern-list l>\nmail-from /x/ virtual-mta=a\n</pattern-list>\n",
        "two words",
        &expect![[""]],
    );
    check(
        "<virtual-mta \"two words\">\n</virtual-mta>\ninvalid-virtual-mta-fallback \"two$0 words\"\n",
        "one",
        &expect![[""]],
    );
}

#[test]
fn folklore_that_uses_a_name_follows() {
    check(
        "<virtual-mta $0a>\n</virtual-mta>\n<sender x@example.com>\nvmta a\n</sender>\n<bind source-vmta=\"a\">\n</bind>\n",
        "b",
        &expect![[""]],
    );
}

#[test]
fn macros_are_renamed_behind_their_sign() {
    check(
        "domain-macro $0tld com, co.uk\ndomain-macro isp aol.$tld\n<domain yahoo.$tld>\n</domain>\n<domain $isp>\n</domain>\n<domain tld.tld>\n</domain>\n",
        "top",
        &expect![[""]],
    );
    check("domain-macro $0tld com\n", "top-level", &expect![[""]]);
}

#[test]
fn every_kind_of_list_and_section_is_renamed() {
    check(
        "<source $0{own}>\n</source>\nsmtp-listener 192.0.2.1:25 source={own}\n<smtp-user u>\nsource {own}\n</smtp-user>\n",
        "{other}",
        &expect![[""]],
    );
    check(
        "<source-group $0g>\n</source-group>\n<source 0/0>\nsource-group g\nsuppression-lists s, t\nrewrite-list r\n</source>\n",
        "h",
        &expect![[""]],
    );
    check(
        "<address-list $0s>\n</address-list>\n<source 0/0>\nsuppression-lists s, t\n</source>\n",
        "u",
        &expect![[""]],
    );
    check(
        "<proxy $0x>\n</proxy>\nuse-proxy y,x\n",
        "z",
        &expect![[""]],
    );
    check(
        "<smtp-pattern-list $0x>\n</smtp-pattern-list>\n<domain *>\nsmtp-pattern-list x\n</domain>\n",
        "z",
        &expect![[""]],
    );
    check(
        "<signals-filter $0x>\n</signals-filter>\nenable-signals x\n",
        "z",
        &expect![[""]],
    );
    check(
        "<domain-key-list $0k>\n</domain-key-list>\n",
        "z",
        &expect![[""]],
    );
    check("<smtp-user $0joe>\n</smtp-user>\n", "jim", &expect![[""]]);
    check(
        "<bounce-category-patterns>\n/x/ $0own\n/own/ own\n/y/ other\n</bounce-category-patterns>\n",
        "mine",
        &expect![[""]],
    );
}

#[test]
fn queues_are_renamed_if_lines_send_mail_there() {
    let queues = "<domain big.rollup>\n</domain>\n<virtual-mta a>\n<domain Big.rollup>\n</domain>\n</virtual-mta>\n<mx-rollup-list>\nmx *.big.example $0big.rollup\n</mx-rollup-list>\n<domain x>\nqueue-to \"big.rollup\"\n</domain>\n";
    check(queues, "large.rollup", &expect![[""]]);
    check(queues, "large", &expect![[""]]);
    check(
        "<domain $0example.com>\n</domain>\n",
        "example.net",
        &expect![[""]],
    );
    check(
        "<domain $0*>\n</domain>\n<domain x>\nqueue-to *\n</domain>\n",
        "x",
        &expect![[""]],
    );
}

#[test]
fn reserved_names_are_refused() {
    for text in [
        "invalid-virtual-mta-fallback {def$0ault}\n",
        "<source 0/0>\ndefault-virtual-mta by-smtp$0-source-ip\n</source>\n",
        "<source {pic$0kup}>\n</source>\n",
        "<source {au$0th}>\n</source>\n",
        "<domain x>\nqueue-to {spark$0post}\n</domain>\n",
    ] {
        let why = refused(text, "other");
        assert!(
            why.ends_with("has a fixed meaning in PowerMTA and cannot be renamed."),
            "{why}"
        );
        let prepared = fixture(text);
        assert_eq!(
            prepare_rename(&prepared.workspace, prepared.at)
                .unwrap_err()
                .0,
            why
        );
    }
    refused("<source 10$0/8>\n</source>\n", "other");
    refused("log-file /var/log/pm$0ta.log\n", "other");
    refused("<virtual-mta {{ na$0me }}>\n</virtual-mta>\n", "other");
}

#[test]
fn new_names_that_cannot_be_written_are_refused() {
    let text = "<virtual-mta $0a>\n</virtual-mta>\n<source 0/0>\ndefault-virtual-mta a\n</source>\n<acct-file x>\nqueue-filter */a\n</acct-file>\n";
    let mut shown = String::new();
    for new in [
        "",
        " ",
        " b",
        "b#c",
        "b,c",
        "b\"c",
        "b>c",
        "b/c",
        "b\nc",
        "{b}",
        "{default}",
        "by-smtp-source-ip",
        "%NAME%",
        "*",
    ] {
        shown += &format!("{new:?}: {}\n", refused(text, new));
    }
    expect![[""]].assert_eq(&shown);
}

#[test]
fn names_that_are_taken_are_refused() {
    check(
        "<virtual-mta $0a>\n</virtual-mta>\n<virtual-mta-pool b>\n</virtual-mta-pool>\n",
        "b",
        &expect![[""]],
    );
    check(
        "<virtual-mta $0a>\n</virtual-mta>\ninvalid-virtual-mta-fallback b\n",
        "b",
        &expect![[""]],
    );
    check(
        "<virtual-mta $0a>\n</virtual-mta>\n<source b>\n</source>\n",
        "b",
        &expect![[""]],
    );
    check(
        "<virtual-mta $0a>\n</virtual-mta>\n<virtual-mta A>\n</virtual-mta>\n",
        "a",
        &expect![[""]],
    );
}

#[test]
fn files_that_were_not_read_or_cannot_be_written_stop_it() {
    check(
        "include none.conf\n<virtual-mta $0a>\n</virtual-mta>\n",
        "b",
        &expect![[""]],
    );
    let fixture = fixture("include more/*.conf\n<virtual-mta $0a>\n</virtual-mta>\n");
    assert!(
        rename(&fixture.workspace, fixture.at, "b")
            .unwrap()
            .is_some()
    );
    let invalid = Document::from_bytes(b"# \xff\n<virtual-mta a>\n</virtual-mta>\n");
    let mut workspace = fixture.workspace.clone();
    workspace.set_document(fixture.at.file, invalid);
    let at = FilePosition {
        offset: 18,
        ..fixture.at
    };
    let why = prepare_rename(&workspace, at).unwrap_err();
    assert_eq!(
        why.0,
        "`/etc/pmta/config` is not valid UTF-8 and is therefore not changed. Save it as UTF-8 first."
    );
}

#[test]
fn the_same_findings_follow_and_the_way_back_leads_to_the_same_bytes() {
    let fixture = fixture(DEPLOYMENT);
    let edit = rename(&fixture.workspace, fixture.at, "a much longer name")
        .unwrap()
        .unwrap();
    let mut workspace = fixture.workspace.clone();
    for file in &edit.files {
        let mut document = workspace.document(file.file).unwrap().clone();
        for edit in file.edits.iter().rev() {
            document.edit(edit.range.as_usize(), &edit.text);
        }
        workspace.set_document(file.file, document);
    }
    let told = |workspace: &Workspace| -> Vec<_> {
        let all = workspace.files().flat_map(|file| findings(workspace, file));
        all.map(|finding| finding.rule.code).collect()
    };
    assert_eq!(told(&fixture.workspace), told(&workspace));
    let at = FilePosition {
        file: fixture.at.file,
        offset: fixture.at.offset + 20,
    };
    let prepared = prepare_rename(&workspace, at).unwrap().unwrap();
    assert_eq!(prepared.text, "a much longer name");
}

#[test]
fn nothing_is_renamed_where_no_name_stands() {
    for text in [
        "max-smtp-out $012\n",
        "# a$0\n",
        "$0",
        "<virtual-$0mta a>\n</virtual-mta>\n",
    ] {
        assert_eq!(renamed(text, "b"), "nothing\n", "{text}");
    }
}
