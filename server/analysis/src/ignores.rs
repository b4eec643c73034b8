//! Findings that comments hide: `# pmta-ls: ignore[code, code]` and `# pmta-ls: ignore-file[code]`.
//!
//! Behind other things on its line, a comment is about that line; alone on a line, about the next line
//! that is no comment, with the comments between. On the line of a section's tag it is about the tag
//! only, for the findings of the body begin on other lines.

use std::collections::HashMap;

use crate::diagnostics::{
    Edit, Finding, Fix, Group, Rule, Safety, malformed_directive_comment, unknown_code,
    unused_ignore,
};
use crate::document::Document;
use crate::policy::Selector;
use crate::remarks::{Order, Remark};
use crate::text::TextRange;
use crate::workspace::{FileId, Root, Workspace};

/// Most lines that one comment is about: those of a list that goes on line after line.
const MOST_LINES: usize = 1_000;

/// Rules that are about comments for this program. No comment hides them.
static ABOUT_COMMENTS: [&Rule; 3] = [
    &unused_ignore::RULE,
    &unknown_code::RULE,
    &malformed_directive_comment::RULE,
];

/// Rules that speak on one machine and are silent on another.
const OF_THE_MACHINE: [&str; 5] = [
    "readable-secret",
    "include-missing",
    "include-not-mapped",
    "include-refused",
    "fragment-not-included",
];

/// Takes away what comments hide, and adds what is wrong with these comments.
pub(crate) fn apply(
    workspace: &Workspace,
    file: FileId,
    document: &Document,
    findings: &mut Vec<Finding>,
) {
    let mut ignores = Ignores::of(document);
    if ignores.all.is_empty() {
        return;
    }
    findings.retain(|finding| !ignores.hide(document, finding));
    let asked = Asked::of(workspace, file, document);
    for ignore in &ignores.all {
        findings.extend(ignore.unused(document, &asked));
    }
}

/// A comment that hides findings.
#[derive(Debug)]
struct Ignore {
    remark: Remark,
    /// The codes with what they name; none: nothing.
    codes: Vec<(TextRange, Option<Selector>)>,
    used: Vec<bool>,
}

/// All comments of a document that hide findings.
#[derive(Debug, Default)]
struct Ignores {
    all: Vec<Ignore>,
    of_file: Vec<usize>,
    of_line: HashMap<usize, Vec<usize>>,
}

impl Ignores {
    fn of(document: &Document) -> Self {
        let mut ignores = Self::default();
        for remark in document.remarks() {
            let (Order::Ignore(codes) | Order::IgnoreFile(codes)) = &remark.order else {
                continue;
            };
            let named = |code: &TextRange| Selector::named(&document.slice(code.as_usize()));
            let codes: Vec<_> = codes.iter().map(|code| (*code, named(code))).collect();
            let index = ignores.all.len();
            if matches!(remark.order, Order::IgnoreFile(_)) {
                ignores.of_file.push(index);
            } else {
                for line in lines_of(document, remark.range) {
                    ignores.of_line.entry(line).or_default().push(index);
                }
            }
            ignores.all.push(Ignore {
                used: vec![false; codes.len()],
                remark,
                codes,
            });
        }
        ignores
    }

    /// Whether a comment hides this finding.
    fn hide(&mut self, document: &Document, finding: &Finding) -> bool {
        if is_about_comments(finding.rule) {
            return false;
        }
        let rope = document.rope();
        let line = rope.byte_to_line((finding.range.start as usize).min(rope.len_bytes()));
        let of_line = self.of_line.get(&line).map(Vec::as_slice);
        let mut is_hidden = false;
        for index in self.of_file.iter().chain(of_line.unwrap_or_default()) {
            let Some(ignore) = self.all.get_mut(*index) else {
                continue;
            };
            for ((_, selector), used) in ignore.codes.iter().zip(&mut ignore.used) {
                if selector.is_some_and(|it| it.includes(finding.rule)) {
                    *used = true;
                    is_hidden = true;
                }
            }
        }
        is_hidden
    }
}

fn is_about_comments(rule: &Rule) -> bool {
    ABOUT_COMMENTS.iter().any(|it| it.code == rule.code)
}

impl Ignore {
    /// What is to be said of codes that hide nothing.
    fn unused(&self, document: &Document, asked: &Asked) -> Vec<Finding> {
        let is_unused = |(selector, used): (&Option<Selector>, &bool)| {
            !used && selector.is_some_and(|it| asked.knows(it))
        };
        let selectors = self.codes.iter().map(|(_, selector)| selector);
        let unused: Vec<bool> = selectors.zip(&self.used).map(is_unused).collect();
        let ranges: Vec<TextRange> = self.codes.iter().map(|(range, _)| *range).collect();
        let text = |range: &TextRange| document.slice(range.as_usize());
        if unused.iter().all(|it| *it) {
            let codes: Vec<String> = ranges.iter().map(text).collect();
            let (comment, title) = (self.remark.range, "Delete the comment");
            let edit = deletion_of_comment(document, comment);
            return vec![unused_ignore::finding(comment, &codes, title, edit)];
        }
        let each = ranges.iter().enumerate().zip(&unused);
        each.filter(|(_, is_unused)| **is_unused)
            .map(|((index, range), _)| {
                let code = text(range);
                let title = format!("Delete `{code}`");
                unused_ignore::finding(*range, &[code], title, deletion(&ranges, index))
            })
            .collect()
    }
}

/// Which rules had everything they need to speak.
#[derive(Debug)]
struct Asked {
    is_place_known: bool,
    is_resolved: bool,
    is_version_known: bool,
}

impl Asked {
    fn of(workspace: &Workspace, file: FileId, document: &Document) -> Self {
        let mut roots = workspace.roots_with(file).peekable();
        // Before an editor has looked at the disk, nothing is known of what is included.
        let has_includes = document.includes().next().is_some();
        let is_read = |root: &Root| !(has_includes && root.includes.is_empty());
        let is_resolved = |root: &Root| is_read(root) && workspace.is_resolved(root);
        Self {
            is_place_known: !document.places().is_empty(),
            is_resolved: roots.peek().is_some() && roots.all(is_resolved),
            is_version_known: workspace.policy().powermta.is_some(),
        }
    }

    /// Whether the silence of what is named here says that nothing is wrong.
    fn knows(&self, selector: Selector) -> bool {
        let group = match selector {
            Selector::Rule(rule) if OF_THE_MACHINE.contains(&rule.code) => return false,
            Selector::Rule(rule) if is_about_comments(rule) => return true,
            Selector::Rule(rule) => rule.group,
            Selector::Group(group) => group,
        };
        match group {
            Group::Structure | Group::Syntax => true,
            Group::Names | Group::Values => self.is_place_known,
            Group::References | Group::Order | Group::Settings | Group::Security => {
                self.is_place_known && self.is_resolved
            }
            Group::Versions => self.is_place_known && self.is_version_known,
            // What an editor leaves out, or a limit of this program.
            Group::Checker => false,
        }
    }
}

/// The lines that a comment is about.
fn lines_of(document: &Document, comment: TextRange) -> std::ops::RangeInclusive<usize> {
    let rope = document.rope();
    let own = rope.byte_to_line((comment.start as usize).min(rope.len_bytes()));
    if !is_alone(document, comment) {
        return own..=own;
    }
    let line = |index: usize| {
        rope.get_line(index)
            .map(|line| String::from(line).trim().to_owned())
    };
    let mut last = own.saturating_add(1);
    let farthest = own.saturating_add(MOST_LINES);
    while last < farthest && line(last).is_some_and(|it| it.starts_with('#')) {
        last = last.saturating_add(1);
    }
    while last < farthest && line(last).is_some_and(|it| goes_on(&it)) {
        last = last.saturating_add(1);
    }
    own.saturating_add(1)..=last
}

/// Whether a line goes on in the next.
fn goes_on(line: &str) -> bool {
    line.ends_with([',', '\\']) && !line.starts_with('#')
}

/// Whether nothing else stands on the line of a comment.
fn is_alone(document: &Document, comment: TextRange) -> bool {
    let rope = document.rope();
    let start = (comment.start as usize).min(rope.len_bytes());
    let line_start = rope.line_to_byte(rope.byte_to_line(start));
    document.slice(line_start..start).trim().is_empty()
}

/// The edit that takes one of several codes out of its brackets, with a comma.
pub(crate) fn deletion(codes: &[TextRange], index: usize) -> Edit {
    let Some(code) = codes.get(index) else {
        return Edit {
            range: TextRange::default(),
            text: String::new(),
        };
    };
    let before = index.checked_sub(1).and_then(|it| codes.get(it));
    let range = match (codes.get(index.saturating_add(1)), before) {
        (Some(next), _) => TextRange::new(code.start, next.start),
        (None, Some(before)) => TextRange::new(before.end, code.end),
        (None, None) => *code,
    };
    Edit {
        range,
        text: String::new(),
    }
}

/// The edit that takes a comment away: with its line if it stands alone there, else with the blanks
/// before it.
fn deletion_of_comment(document: &Document, comment: TextRange) -> Edit {
    let rope = document.rope();
    let line = rope.byte_to_line((comment.start as usize).min(rope.len_bytes()));
    let line_start = rope.line_to_byte(line);
    let range = if is_alone(document, comment) {
        let next = line.saturating_add(1).min(rope.len_lines());
        TextRange::of(line_start, rope.line_to_byte(next))
    } else {
        let before = document.slice(line_start..comment.start as usize);
        let start = line_start.saturating_add(before.trim_end().len());
        TextRange::new(TextRange::of(start, start).start, comment.end)
    };
    Edit {
        range,
        text: String::new(),
    }
}

/// The comments that would hide a finding: on its line, and in all of its file.
#[must_use]
pub fn ignore_fixes(document: &Document, finding: &Finding) -> Vec<Fix> {
    if is_about_comments(finding.rule) {
        return Vec::new();
    }
    let code = finding.rule.code;
    let remarks: Vec<Remark> = document.remarks().collect();
    vec![
        Fix {
            title: format!("Ignore `{code}` on this line"),
            safety: Safety::Alternative,
            edits: vec![ignore_on_line(document, &remarks, finding)],
        },
        Fix {
            title: format!("Ignore `{code}` in this file"),
            safety: Safety::Alternative,
            edits: vec![ignore_in_file(document, &remarks, code)],
        },
    ]
}

fn ignore_on_line(document: &Document, remarks: &[Remark], finding: &Finding) -> Edit {
    let rope = document.rope();
    let line_of = |byte: u32| rope.byte_to_line((byte as usize).min(rope.len_bytes()));
    let text_of = |line: usize| rope.get_line(line).map(String::from).unwrap_or_default();
    let code = finding.rule.code;
    let wrong = line_of(finding.range.start);
    let known = remarks.iter().find_map(|remark| match &remark.order {
        Order::Ignore(codes) if lines_of(document, remark.range).contains(&wrong) => codes.last(),
        _ => None,
    });
    if let Some(last) = known {
        return insert(last.end, format!(", {code}"));
    }
    // A comment between the lines of a list would cut it.
    let mut first = wrong;
    while let Some(before) = first.checked_sub(1)
        && goes_on(text_of(before).trim())
    {
        first = before;
    }
    let text = text_of(first);
    let code_start = text.trim_start_matches([' ', '\t']);
    let indentation = text
        .get(..text.len().saturating_sub(code_start.len()))
        .unwrap_or_default();
    let at = TextRange::of(rope.line_to_byte(first), 0).start;
    let end = line_break(document);
    insert(at, format!("{indentation}# pmta-ls: ignore[{code}]{end}"))
}

fn ignore_in_file(document: &Document, remarks: &[Remark], code: &str) -> Edit {
    let known = remarks.iter().find_map(|remark| match &remark.order {
        Order::IgnoreFile(codes) => codes.last(),
        _ => None,
    });
    match known {
        Some(last) => insert(last.end, format!(", {code}")),
        None => insert(
            0,
            format!("# pmta-ls: ignore-file[{code}]{}", line_break(document)),
        ),
    }
}

fn insert(at: u32, text: String) -> Edit {
    Edit {
        range: TextRange::empty(at),
        text,
    }
}

/// The line break of a document: that of its first line.
fn line_break(document: &Document) -> &'static str {
    let first = document.rope().get_line(0).map(String::from);
    if first.is_some_and(|line| line.ends_with("\r\n")) {
        "\r\n"
    } else {
        "\n"
    }
}

#[cfg(test)]
mod tests;
