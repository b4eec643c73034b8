//! At every byte of half-typed, broken and flattened text.

use crate::completion::{Config, completions};
use crate::document::Document;
use crate::workspace::{FilePosition, Workspace};

const TEXTS: [&str; 31] = [
    include_str!("../../../../../tests/fixtures/folklore/01-flattened.conf"),
    include_str!("../../../../../tests/fixtures/folklore/02-trailing-words.conf"),
    include_str!("../../../../../tests/fixtures/folklore/03-xml-comment.conf"),
    include_str!("../../../../../tests/fixtures/folklore/04-key-equals-value.conf"),
    include_str!("../../../../../tests/fixtures/folklore/05-statement-end.conf"),
    include_str!("../../../../../tests/fixtures/folklore/06-semicolon-comment.conf"),
    include_str!("../../../../../tests/fixtures/folklore/07-underscores.conf"),
    include_str!("../../../../../tests/fixtures/folklore/08-bracket-list.conf"),
    include_str!("../../../../../tests/fixtures/folklore/09-brace-block.conf"),
    include_str!("../../../../../tests/fixtures/folklore/10-keyword-block.conf"),
    include_str!("../../../../../tests/fixtures/folklore/11-indented-block.conf"),
    include_str!("../../../../../tests/fixtures/folklore/12-tag-attribute.conf"),
    include_str!("../../../../../tests/fixtures/folklore/13-xml-element.conf"),
    include_str!("../../../../../tests/fixtures/folklore/14-wrapper.conf"),
    include_str!("../../../../../tests/fixtures/folklore/15-several-arguments.conf"),
    include_str!("../../../../../tests/fixtures/folklore/16-argument-after-tag.conf"),
    include_str!("../../../../../tests/fixtures/folklore/17-backslash-continuation.conf"),
    include_str!("../../../../../tests/fixtures/folklore/18-regex-flags.conf"),
    include_str!("../../../../../tests/fixtures/folklore/19-unit-in-name.conf"),
    include_str!("../../../../../tests/fixtures/folklore/20-on-off.conf"),
    include_str!("../../../../../tests/fixtures/folklore/21-quotes-everywhere.conf"),
    include_str!("../../../../../tests/fixtures/folklore/22-colon.conf"),
    include_str!("../../../../../tests/fixtures/folklore/23-page-debris.conf"),
    include_str!("../../../../../tests/fixtures/folklore/24-html-entities.conf"),
    include_str!("../../../../../tests/fixtures/folklore/25-look-alikes.conf"),
    include_str!("../../../../../tests/fixtures/folklore/26-fences-and-shell.conf"),
    include_str!("../../../../../tests/fixtures/folklore/27-path-placeholders.conf"),
    "<domain é😀.example>\r\n\tmax-msg-rate 5/h\r\n\t<!-- é\r\n--> \r\n</domain>\r\n",
    "domain-macro tld com,\n    net, # é\n    org\n<domain $tld>\n</domain>\n<acct-file \"c:\\my stuff\\a.csv\">\nrecord-fields d *,!orcpt,header_X-Job\n</acct-file>\n",
    "<virtual-mta \"a b\"><domain [*.]example.com>max-smtp-out 5</domain><pattern-list>\n<source {auth}>\n</virtual-mta>\n</\n<\n< a\n<>\n",
    "<pattern-list l>\nmail-from /a\\/ b/ virtual-mta=a,recipient-priority=5 <pattern-list>\n* call-to: b\n</pattern-list>\n\"\nreply \"/a/ mode=\n",
];

/// Completes at every byte and looks at what would be written where.
fn check(text: &str) {
    let (workspace, file) = Workspace::alone("/etc/pmta/config".into(), Document::new(text));
    for offset in 0..=text.len() + 1 {
        let found = completions(
            &workspace,
            FilePosition { file, offset },
            Config {
                snippets: true,
                files: None,
            },
        );
        let mut cursor = offset.min(text.len());
        while !text.is_char_boundary(cursor) {
            cursor -= 1;
        }
        if text[..cursor].ends_with('\r') && text[cursor..].starts_with('\n') {
            cursor -= 1;
        }
        for item in &found.items {
            for range in [item.edit.insert, item.edit.replace] {
                let replaced = text.get(range.as_usize());
                let replaced = replaced.unwrap_or_else(|| panic!("{offset} {item:?} in {text:?}"));
                assert!(
                    range.touches(u32::try_from(cursor).unwrap()),
                    "{offset} {item:?} in {text:?}"
                );
                assert!(
                    !replaced.contains(['\n', '\r']),
                    "{offset} {item:?} in {text:?}"
                );
            }
            assert_eq!(item.edit.insert.start, item.edit.replace.start);
            assert!(item.edit.insert.end <= item.edit.replace.end);
        }
    }
}

#[test]
fn whole_texts() {
    TEXTS.iter().for_each(|text| check(text));
}

#[test]
fn prefixes() {
    for text in &TEXTS[26..] {
        for (end, _) in text.char_indices() {
            check(&text[..end]);
        }
    }
}
