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
                shown += &format!(
                    "{}: {}\n",
                    number.saturating_add(1),
                    after.to_string().trim_end()
                );
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
    check(
        DEPLOYMENT,
        "mta-1",
        &expect![[r#"
            config
            3:     default-virtual-mta mta-1
            6:     virtual-mta mta-1
            7:     virtual-mta "mta-1"
            vmtas.conf
            1: <virtual-mta mta-1>
            2:     cold-virtual-mta mta-1
            5:     mail-from /a/ virtual-mta=mta-1,recipient-priority=50
            8:     queue-filter a/mta-1
            note: Message headers such as X-Virtual-MTA, programs that submit mail, and commands keep the old name.
        "#]],
    );
}

#[test]
fn quotes_stay_and_come_where_the_new_name_needs_them() {
    check(
        "<virtual-mta $0a>\n</virtual-mta>\n<virtual-mta-pool p>\nvirtual-mta a\nvirtual-mta \"a\"\n</virtual-mta-pool>\n<pattern-list l>\nmail-from /x/ virtual-mta=a\n</pattern-list>\n",
        "two words",
        &expect![[r#"
            config
            1: <virtual-mta "two words">
            4: virtual-mta "two words"
            5: virtual-mta "two words"
            8: mail-from /x/ virtual-mta="two words"
            note: Message headers such as X-Virtual-MTA, programs that submit mail, and commands keep the old name.
        "#]],
    );
    check(
        "<virtual-mta \"two words\">\n</virtual-mta>\ninvalid-virtual-mta-fallback \"two$0 words\"\n",
        "one",
        &expect![[r#"
            config
            1: <virtual-mta "one">
            3: invalid-virtual-mta-fallback "one"
            note: Message headers such as X-Virtual-MTA, programs that submit mail, and commands keep the old name.
        "#]],
    );
}

#[test]
fn folklore_that_uses_a_name_follows() {
    check(
        "<virtual-mta $0a>\n</virtual-mta>\n<sender x@example.com>\nvmta a\n</sender>\n<bind source-vmta=\"a\">\n</bind>\n",
        "b",
        &expect![[r#"
            config
            1: <virtual-mta b>
            4: vmta b
            6: <bind source-vmta="b">
            note: Message headers such as X-Virtual-MTA, programs that submit mail, and commands keep the old name.
        "#]],
    );
}

#[test]
fn macros_are_renamed_behind_their_sign() {
    check(
        "domain-macro $0tld com, co.uk\ndomain-macro isp aol.$tld\n<domain yahoo.$tld>\n</domain>\n<domain $isp>\n</domain>\n<domain tld.tld>\n</domain>\n",
        "top",
        &expect![[r#"
            config
            1: domain-macro top com, co.uk
            2: domain-macro isp aol.$top
            3: <domain yahoo.$top>
        "#]],
    );
    check(
        "domain-macro $0tld com\n",
        "top-level",
        &expect![[r#"
            refused: `-` cannot stand in a macro name of letters, digits and underscores.
        "#]],
    );
}

#[test]
fn every_kind_of_list_and_section_is_renamed() {
    check(
        "<source $0{own}>\n</source>\nsmtp-listener 192.0.2.1:25 source={own}\n<smtp-user u>\nsource {own}\n</smtp-user>\n",
        "{other}",
        &expect![[r#"
            config
            1: <source {other}>
            3: smtp-listener 192.0.2.1:25 source={other}
            5: source {other}
        "#]],
    );
    check(
        "<source-group $0g>\n</source-group>\n<source 0/0>\nsource-group g\nsuppression-lists s, t\nrewrite-list r\n</source>\n",
        "h",
        &expect![[r#"
            config
            1: <source-group h>
            4: source-group h
        "#]],
    );
    check(
        "<address-list $0s>\n</address-list>\n<source 0/0>\nsuppression-lists s, t\n</source>\n",
        "u",
        &expect![[r#"
            config
            1: <address-list u>
            4: suppression-lists u, t
        "#]],
    );
    check(
        "<proxy $0x>\n</proxy>\nuse-proxy y,x\n",
        "z",
        &expect![[r#"
            config
            1: <proxy z>
            3: use-proxy y,z
        "#]],
    );
    check(
        "<smtp-pattern-list $0x>\n</smtp-pattern-list>\n<domain *>\nsmtp-pattern-list x\n</domain>\n",
        "z",
        &expect![[r#"
            config
            1: <smtp-pattern-list z>
            4: smtp-pattern-list z
        "#]],
    );
    check(
        "<signals-filter $0x>\n</signals-filter>\nenable-signals x\n",
        "z",
        &expect![[r#"
            config
            1: <signals-filter z>
            3: enable-signals z
        "#]],
    );
    check(
        "<domain-key-list $0k>\n</domain-key-list>\n",
        "z",
        &expect![[r#"
            config
            1: <domain-key-list z>
            note: Message headers that name it, such as x-dkim-options, keep the old name.
        "#]],
    );
    check(
        "<smtp-user $0joe>\n</smtp-user>\n",
        "jim",
        &expect![[r#"
            config
            1: <smtp-user jim>
            note: Clients that log in with this name have to be told the new one.
        "#]],
    );
    check(
        "<bounce-category-patterns>\n/x/ $0own\n/own/ own\n/y/ other\n</bounce-category-patterns>\n",
        "mine",
        &expect![[r#"
            config
            2: /x/ mine
            3: /own/ mine
            note: Accounting files that were written before, and programs that read them, keep the old name.
        "#]],
    );
}

#[test]
fn queues_are_renamed_if_lines_send_mail_there() {
    let queues = "<domain big.rollup>\n</domain>\n<virtual-mta a>\n<domain Big.rollup>\n</domain>\n</virtual-mta>\n<mx-rollup-list>\nmx *.big.example $0big.rollup\n</mx-rollup-list>\n<domain x>\nqueue-to \"big.rollup\"\n</domain>\n";
    check(
        queues,
        "large.rollup",
        &expect![[r#"
            config
            1: <domain large.rollup>
            4: <domain large.rollup>
            8: mx *.big.example large.rollup
            11: queue-to "large.rollup"
            note: Commands, programs and the patterns of `queue-filter` that name it keep the old name.
        "#]],
    );
    check(
        queues,
        "large",
        &expect![[r#"
            refused: The name of a rollup queue ends in `.rollup`, such as `large.rollup`.
        "#]],
    );
    check(
        "<domain $0example.com>\n</domain>\n",
        "example.net",
        &expect![[r#"
            refused: `example.com` is a domain of recipients: no `queue-to` and no rollup refers to it, and with another name these settings would no longer apply to its mail.
        "#]],
    );
    check(
        "<domain $0*>\n</domain>\n<domain x>\nqueue-to *\n</domain>\n",
        "x",
        &expect![[r#"
            refused: `*` has a fixed meaning in PowerMTA and cannot be renamed.
        "#]],
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
        "b c",
        "b\nc",
        "{b}",
        "{default}",
        "by-smtp-source-ip",
        "%NAME%",
        "*",
    ] {
        shown += &format!("{new:?}: {}\n", refused(text, new));
    }
    expect![[r#"
        "": The new name is empty.
        " ": The new name is empty.
        " b": A name cannot begin or end with a blank.
        "b#c": A name cannot hold `#`, which begins a comment.
        "b,c": A name cannot hold a comma, which stands between names.
        "b\"c": A name cannot hold `"`, which means something else to PowerMTA.
        "b>c": A name cannot hold `>`, which means something else to PowerMTA.
        "b/c": The name of a VirtualMTA cannot hold `/`: a queue is written as its domain, `/` and the VirtualMTA.
        "b c": `b c` needs quotes, and they cannot stand inside of a word as in line 7 of `/etc/pmta/config`.
        "b\nc": A name cannot hold line breaks or other control characters.
        "{b}": `{b}` has a fixed meaning in PowerMTA.
        "{default}": `{default}` has a fixed meaning in PowerMTA.
        "by-smtp-source-ip": `by-smtp-source-ip` has a fixed meaning in PowerMTA.
        "%NAME%": `%NAME%` reads like a marker of a template.
        "*": `*` has a fixed meaning in PowerMTA.
    "#]].assert_eq(&shown);
}

#[test]
fn names_that_are_taken_are_refused() {
    check(
        "<virtual-mta $0a>\n</virtual-mta>\n<virtual-mta-pool b>\n</virtual-mta-pool>\n",
        "b",
        &expect![[r#"
            refused: There is already a VirtualMTA `b`, in line 3 of `/etc/pmta/config`.
        "#]],
    );
    check(
        "<virtual-mta $0a>\n</virtual-mta>\ninvalid-virtual-mta-fallback b\n",
        "b",
        &expect![[r#"
            refused: The name `b` is already used for a VirtualMTA, in line 3 of `/etc/pmta/config`.
        "#]],
    );
    check(
        "<virtual-mta $0a>\n</virtual-mta>\n<source b>\n</source>\n",
        "b",
        &expect![[r#"
            config
            1: <virtual-mta b>
            note: Message headers such as X-Virtual-MTA, programs that submit mail, and commands keep the old name.
        "#]],
    );
    check(
        "<virtual-mta $0a>\n</virtual-mta>\n<virtual-mta A>\n</virtual-mta>\n",
        "A",
        &expect![[r#"
            refused: There is already a VirtualMTA `A`, in line 3 of `/etc/pmta/config`.
        "#]],
    );
}

#[test]
fn files_that_were_not_read_or_cannot_be_written_stop_it() {
    check(
        "include none.conf\n<virtual-mta $0a>\n</virtual-mta>\n",
        "b",
        &expect![[r#"
            refused: `include none.conf` in `/etc/pmta/config` could not be read, and the name may be used there. `[paths]` in `pmta-ls.toml` can say where such files are.
        "#]],
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
        offset: 19,
        ..fixture.at
    };
    let why = prepare_rename(&workspace, at).unwrap_err();
    assert_eq!(
        why.0,
        "`/etc/pmta/config` is not valid UTF-8 and is therefore not changed. Save it as UTF-8 first."
    );
}

/// The workspace with the edits.
fn applied(workspace: &Workspace, edit: &RenameEdit) -> Workspace {
    let mut workspace = workspace.clone();
    for file in &edit.files {
        let mut document = workspace.document(file.file).unwrap().clone();
        for edit in file.edits.iter().rev() {
            document.edit(edit.range.as_usize(), &edit.text);
        }
        workspace.set_document(file.file, document);
    }
    workspace
}

#[test]
fn the_same_findings_follow_and_the_way_back_leads_to_the_same_bytes() {
    let Fixture { workspace, at } = fixture(DEPLOYMENT);
    let edit = rename(&workspace, at, "first").unwrap().unwrap();
    let edited = applied(&workspace, &edit);
    let told = |workspace: &Workspace| -> Vec<_> {
        let all = workspace.files().flat_map(|file| findings(workspace, file));
        all.map(|finding| finding.rule.code).collect()
    };
    assert_eq!(told(&workspace), told(&edited));
    // One name before the cursor has grown by four bytes.
    let at = FilePosition {
        file: at.file,
        offset: at.offset.saturating_add(4),
    };
    let back = applied(&edited, &rename(&edited, at, "a").unwrap().unwrap());
    let bytes = |workspace: &Workspace| -> Vec<String> {
        let documents = workspace
            .files()
            .filter_map(|file| workspace.document(file));
        documents.map(|it| it.rope().to_string()).collect()
    };
    assert_ne!(bytes(&workspace), bytes(&edited));
    assert_eq!(bytes(&workspace), bytes(&back));
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
