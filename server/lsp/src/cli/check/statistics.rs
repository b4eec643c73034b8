//! `--statistics`: how often each rule speaks.

use std::collections::BTreeMap;
use std::io::{self, Write};

use pmta_analysis::diagnostics::{RULES, rule};
use serde::Serialize;

use super::report::Reported;

/// How often one rule speaks.
#[derive(Clone, Debug, Serialize)]
struct Line {
    code: &'static str,
    severity: &'static str,
    count: usize,
    /// How many of them have a fix that keeps the meaning.
    fixable: usize,
}

/// Prints a line for each rule, the most frequent first.
///
/// # Errors
/// If writing fails.
pub(crate) fn print(reported: &[Reported<'_>], out: &mut dyn Write) -> io::Result<()> {
    let lines = lines(reported);
    let width = |text: fn(&Line) -> String| {
        let widths = lines.iter().map(|line| text(line).chars().count());
        widths.max().unwrap_or_default()
    };
    let counts = width(|line| line.count.to_string());
    let (codes, severities) = (
        width(|line| line.code.to_owned()),
        width(|line| line.severity.to_owned()),
    );
    for line in &lines {
        let fixable = match line.fixable {
            0 => String::new(),
            all if all == line.count => "  [fix]".to_owned(),
            some => format!("  [fix: {some}]"),
        };
        let summary = rule(line.code).map_or("", |rule| rule.summary);
        writeln!(
            out,
            "{:counts$}  {:severities$}  {:codes$}  {summary}{fixable}",
            line.count, line.severity, line.code
        )?;
    }
    Ok(())
}

/// Prints one array, an object to a line.
///
/// # Errors
/// If writing fails.
pub(crate) fn print_json(reported: &[Reported<'_>], out: &mut dyn Write) -> io::Result<()> {
    let lines: Vec<String> = lines(reported)
        .iter()
        .map(serde_json::to_string)
        .collect::<Result<_, _>>()?;
    if lines.is_empty() {
        return writeln!(out, "[]");
    }
    writeln!(out, "[\n{}\n]", lines.join(",\n"))
}

fn lines(reported: &[Reported<'_>]) -> Vec<Line> {
    let mut lines: BTreeMap<&str, Line> = BTreeMap::new();
    for it in reported {
        let line = lines.entry(it.finding.rule.code).or_insert_with(|| Line {
            code: it.finding.rule.code,
            severity: it.finding.severity.name(),
            count: 0,
            fixable: 0,
        });
        line.count = line.count.saturating_add(1);
        let is_fixable = it.finding.safe_fix().is_some();
        line.fixable = line.fixable.saturating_add(usize::from(is_fixable));
    }
    let mut lines: Vec<Line> = lines.into_values().collect();
    let order = |line: &Line| RULES.iter().position(|rule| rule.code == line.code);
    lines.sort_by_key(|line| (std::cmp::Reverse(line.count), order(line)));
    lines
}
