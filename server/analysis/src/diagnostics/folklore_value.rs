//! `folklore-value`: a value that the web teaches for a genuine directive, and that is wrong.

use std::collections::HashMap;
use std::sync::OnceLock;

use pcre2::bytes::{Captures, Regex};

use super::{DirectiveSite, Finding, Fix, Group, Rule, Safety, Severity, wording};
use crate::catalog::{self, FolkloreValue};
use crate::meaning::Meaning;
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "folklore-value",
    severity: Severity::Warning,
    group: Group::Names,
    summary: "a value that the web teaches for a genuine directive, and that is wrong",
    documentation: "The directive exists, its value does not look like this. The finding says what does the same.

```pmta
<domain example.com>
    use-starttls always
</domain>
```

```pmta
<domain example.com>
    use-starttls yes
    require-starttls yes
</domain>
```

Where it is plain what was meant, a fix writes it.",
};

/// A row of the catalog, compiled when it is first needed.
struct Row {
    value: &'static FolkloreValue,
    pattern: OnceLock<Option<Regex>>,
}

impl Row {
    fn pattern(&self) -> Option<&Regex> {
        self.pattern.get_or_init(|| Regex::new(self.value.pattern).ok()).as_ref()
    }
}

/// The rows that are about a directive.
fn rows_about(name: &str) -> impl Iterator<Item = &'static Row> {
    static ROWS: OnceLock<HashMap<&'static str, Vec<Row>>> = OnceLock::new();
    let rows = ROWS.get_or_init(|| {
        let mut rows: HashMap<&'static str, Vec<Row>> = HashMap::new();
        for value in catalog::FOLKLORE_VALUES {
            for directive in value.directives {
                rows.entry(directive).or_default().push(Row { value, pattern: OnceLock::new() });
            }
        }
        rows
    });
    rows.get(name).into_iter().flatten()
}

/// What the web taught wrong about the value of this directive, if anything.
pub(crate) fn of(site: &DirectiveSite<'_>) -> Option<Finding> {
    let canonical = match site.judged.meaning {
        Meaning::Directive(entry) => entry.name,
        Meaning::SomewhereValid(entries) | Meaning::Misplaced(entries) => entries.first()?.name,
        _ => return None,
    };
    let place = site.judged.location.place();
    rows_about(canonical)
        .filter(|row| row.value.places.is_empty() || place.is_some_and(|place| row.value.places.contains(&place)))
        .find_map(|row| {
            let captures = row.pattern()?.captures(site.value().as_bytes()).ok().flatten()?;
            Some(finding(site, row.value, &captures))
        })
}

fn finding(site: &DirectiveSite<'_>, row: &FolkloreValue, captures: &Captures<'_>) -> Finding {
    let start = site.directive.value.start;
    let wrong = captures
        .name("wrong")
        .map_or(site.directive.value, |wrong| TextRange::of(wrong.start(), wrong.end()).shifted(start));
    let mut finding = Finding::new(&RULE, wrong, row.explanation);
    if let Some(replacement) = row.replacement {
        let text = expand(replacement, captures);
        let title = format!("Change to `{}`", wording::shown(&text));
        let safety = if row.safe { Safety::Safe } else { Safety::Unsafe };
        finding = finding.with_fix(Fix::replace(title, safety, wrong, text));
    }
    finding
}

/// A replacement with `$1` to `$9` filled in from the pattern's groups.
fn expand(template: &str, captures: &Captures<'_>) -> String {
    let mut text = String::with_capacity(template.len());
    let mut characters = template.chars().peekable();
    while let Some(character) = characters.next() {
        let group = (character == '$').then(|| characters.peek().and_then(|next| next.to_digit(10))).flatten();
        let Some(group) = group else {
            text.push(character);
            continue;
        };
        characters.next();
        let matched = captures.get(group as usize).map(|found| found.as_bytes()).unwrap_or_default();
        text.push_str(&String::from_utf8_lossy(matched));
    }
    text
}
