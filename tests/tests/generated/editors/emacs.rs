//! Emacs: which files, and the names that it colours.

use super::Output;
use super::language::Language;
use super::pattern::{Dialect, Pattern};
use super::words;

pub fn outputs(language: &Language) -> Vec<Output> {
    let constant = |name: &str, pattern: Pattern, help: &str| {
        let pattern = pattern.write(Dialect::Emacs);
        format!("(defconst pmta--{name} \"{pattern}\"\n  \"{help}\")\n")
    };
    let names = words::directives();
    let quoted: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
    let quoted: Vec<&str> = quoted.iter().map(String::as_str).collect();
    let parts = [
        constant(
            "path",
            language.path(),
            "Paths of configuration, unless `pmta--none-path' fits.",
        ),
        constant(
            "none-path",
            language.none_path(),
            "Paths of files that are none.",
        ),
        constant(
            "content-path",
            language.content_path(),
            "Paths of files that are configuration if they begin so.",
        ),
        constant(
            "first-line",
            language.first_line(),
            "How such a file begins.",
        ),
        constant(
            "none-line",
            language.none_line(),
            "How a file begins that is none.",
        ),
        format!(
            "(defconst pmta-directives\n  '(\n{})\n  \"All directives.\")\n",
            words::wrapped(&quoted, "    ")
        ),
    ];
    vec![Output::part("emacs/pmta-mode.el", parts.join("\n"))]
}
