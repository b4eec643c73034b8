//! Findings for people.

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, Title, renderer};
use pmta_analysis::diagnostics::{Fix, Safety, Severity};
use pmta_analysis::document::Document;
use pmta_analysis::text::TextRange;

use super::excerpt::Excerpt;
use super::report::{Position, Reported};
use crate::cli::output::printable;

/// Most fixes that are offered for one finding.
const MOST_FIXES: usize = 3;
/// Wider than any excerpt, so that the renderer leaves cutting to us.
const WIDTH: usize = 2_000;

/// Prints the findings one after the other, with an empty line behind each.
///
/// # Errors
/// If writing fails.
pub(crate) fn print(
    reported: &[Reported<'_>],
    is_coloured: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let renderer = if is_coloured {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let printer = Printer {
        renderer: renderer.term_width(WIDTH),
        is_coloured,
    };
    for finding in reported {
        printer.print(finding, out)?;
    }
    Ok(())
}

/// A place in a file.
struct Shown<'a> {
    path: &'a str,
    document: &'a Document,
    range: TextRange,
    secrets: &'a [TextRange],
}

struct Printer {
    renderer: Renderer,
    is_coloured: bool,
}

impl Printer {
    fn print(&self, reported: &Reported<'_>, out: &mut dyn Write) -> io::Result<()> {
        let finding = &reported.finding;
        let title = level(finding.severity)
            .primary_title(one_line(&finding.message))
            .id(finding.rule.code);
        let help: Vec<String> = finding.fixes.iter().take(MOST_FIXES).map(offer).collect();
        let shown = Shown {
            path: reported.path,
            document: reported.document,
            range: finding.range,
            secrets: &reported.secrets,
        };
        self.block(title, &shown, &help, out)?;
        for related in &reported.related {
            let title = Level::NOTE.secondary_title(one_line(&related.message));
            let shown = Shown {
                path: &related.path,
                document: related.document,
                range: related.range,
                secrets: &related.secrets,
            };
            self.block(title, &shown, &[], out)?;
        }
        writeln!(out)
    }

    /// A title, where it is, the line, and what helps.
    fn block(
        &self,
        title: Title<'_>,
        shown: &Shown<'_>,
        help: &[String],
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let excerpt = Excerpt::new(shown.document, shown.range, shown.secrets);
        let snippet = Snippet::source(excerpt.text.as_str())
            .line_start(excerpt.line)
            .fold(false)
            .annotation(AnnotationKind::Primary.span(excerpt.range));
        let group = Group::with_title(title)
            .element(snippet)
            .elements(help.iter().map(|help| Level::HELP.message(help.as_str())));
        let rendered = self.renderer.render(&[group]);
        // The renderer would count columns in what is shown of the line.
        let at = Position::of(shown.document, shown.range.start);
        let (heading, rest) = rendered.split_once('\n').unwrap_or((&rendered, ""));
        let indent = at.line.to_string().len();
        let arrow = if self.is_coloured {
            let style = renderer::DEFAULT_LINE_NUM_STYLE;
            format!("{style}-->{style:#}")
        } else {
            "-->".to_owned()
        };
        writeln!(out, "{heading}")?;
        writeln!(
            out,
            "{:indent$}{arrow} {}:{}:{}",
            "",
            printable(shown.path),
            at.line,
            at.column
        )?;
        writeln!(out, "{rest}")
    }
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Information => Level::INFO.with_name(severity.name()),
        Severity::Hint => Level::NOTE.with_name(severity.name()),
    }
}

fn offer(fix: &Fix) -> String {
    let title = one_line(&fix.title);
    match fix.safety {
        Safety::Safe | Safety::Alternative => title,
        Safety::Unsafe => format!("{title} (may change the meaning)"),
    }
}

/// The text in one line, without characters that steer a terminal.
fn one_line(text: &str) -> String {
    printable(&text.replace(['\n', '\r'], " "))
}
