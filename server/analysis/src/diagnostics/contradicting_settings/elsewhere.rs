//! Settings of two sections that apply to one queue.

use std::collections::{HashMap, HashSet};

use super::super::Finding;
use super::super::overview::Overview;
use super::{RULE, is_more};
use crate::catalog::Directive;
use crate::deployment::{Deployment, Domain, Setting};
use crate::inheritance::{Rival, Rivals};
use crate::value::magnitude;
use crate::workspace::FileRange;

/// Most lines of the settings in question: with more, an edit would have to wait.
const MOST_LINES: usize = 1_000;
/// The setting that sends mail into another queue.
const QUEUE_TO: &str = "queue-to";

/// The directives that a directive may stand against.
pub(super) fn partners(directive: &Directive) -> impl Iterator<Item = &'static str> {
    let contradicts = directive.contradicts.iter();
    let contradicts = contradicts.flat_map(|partner| partner.directives);
    contradicts.chain(directive.at_most).copied()
}

/// What all lines of the settings say: mostly enough to know that nothing stands against anything.
struct Values<'a> {
    /// The least and the most that a setting is.
    bounds: HashMap<&'a str, (u64, u64)>,
    /// Settings with a word, such as `use-starttls no`.
    words: HashMap<&'a str, HashSet<String>>,
}

impl<'a> Values<'a> {
    fn of(rivals: &Rivals<'_>) -> Self {
        let mut values = Self {
            bounds: HashMap::new(),
            words: HashMap::new(),
        };
        for line in rivals.iter().flat_map(Rival::lines) {
            let (name, value) = (line.directive.name, line.value());
            if let Some(size) = magnitude(&value) {
                let (least, most) = values.bounds.entry(name).or_insert((size, size));
                *least = size.min(*least);
                *most = size.max(*most);
                continue;
            }
            values.words.entry(name).or_default().insert(value);
        }
        values
    }

    /// Whether some line of the other of two settings stands against this one.
    fn may_differ(&self, directive: &Directive, name: &str, line: &Setting<'_>) -> bool {
        let value = line.value();
        let contradicts = directive.contradicts.iter().any(|partner| {
            let words = self.words.get(name);
            partner.directives.contains(&name)
                && partner.concerns(&value)
                && words.is_some_and(|words| words.iter().any(|word| partner.takes(word)))
        });
        let is_limit = line.directive.name == name;
        let other = if is_limit { directive.name } else { name };
        let bounds = self.bounds.get(other).zip(magnitude(&value));
        let is_beyond = bounds.is_some_and(|((least, most), value)| {
            if is_limit {
                value < *most
            } else {
                value > *least
            }
        });
        contradicts || (is_beyond && directive.at_most.contains(&name))
    }
}

/// Two lines that both count for a queue.
struct Pair<'a, 'w> {
    directive: &'static Directive,
    line: &'a Setting<'w>,
    other: &'a Setting<'w>,
}

/// Looks at the sections of the file that give one of two settings, and at what the other one is for
/// their queues.
pub(super) fn check(
    overview: &Overview<'_>,
    directives: &[&'static Directive],
    findings: &mut Vec<Finding>,
) {
    let mut names: Vec<&str> = directives
        .iter()
        .flat_map(|directive| partners(directive).chain([directive.name]))
        .collect();
    names.sort_unstable();
    names.dedup();
    if !names.iter().any(|name| overview.has_here(name)) {
        return;
    }
    names.push(QUEUE_TO);
    let site = overview.site;
    let deployment = Deployment::new(site.workspace, site.root);
    let Some(rivals) = Rivals::of(&deployment, &names, MOST_LINES) else {
        return;
    };
    let is_here = |line: &Setting<'_>| line.range().file == site.file;
    let values = Values::of(&rivals);
    for rival in rivals.iter() {
        for directive in directives {
            for name in partners(directive) {
                let (line, asked) = match (rival.line(directive.name), rival.line(name)) {
                    (Some(line), None) => (line, name),
                    // That a narrower set turns off what a broader one asks for may be meant.
                    (None, Some(line)) if directive.at_most.contains(&name) => {
                        (line, directive.name)
                    }
                    _ => continue,
                };
                if !is_here(line) || !values.may_differ(directive, name, line) {
                    continue;
                }
                let Some(other) = counting_beside(&deployment, &rivals, rival, line, asked) else {
                    continue;
                };
                let is_own = line.directive.name == directive.name;
                let pair = Pair {
                    directive,
                    line: if is_own { line } else { other },
                    other: if is_own { other } else { line },
                };
                findings.extend(pair.finding(is_own));
            }
        }
    }
}

/// The line of another section that gives a setting for the queues of this one, if its own line counts
/// for them.
fn counting_beside<'a, 'w>(
    deployment: &Deployment<'w>,
    rivals: &'a Rivals<'w>,
    rival: &Rival<'w>,
    line: &Setting<'w>,
    asked: &str,
) -> Option<&'a Setting<'w>> {
    rival.domains().iter().find_map(|name| {
        let domain = Domain::new(name);
        let counting = |setting: &str| rivals.counting(deployment, &rival.owner, &domain, setting);
        let leads_away = counting(QUEUE_TO).is_some_and(|(queue, _)| {
            let queue = queue.value();
            !queue.is_empty() && !queue.eq_ignore_ascii_case(name)
        });
        let (own, _) = counting(line.directive.name)?;
        let (other, from) = counting(asked)?;
        let is_clear =
            own.range() == line.range() && !leads_away && !Rivals::are_twins(rival, from);
        is_clear.then_some(other)
    })
}

impl Pair<'_, '_> {
    /// What is wrong with the two; told where the line of the directive itself stands, or the other.
    fn finding(&self, is_told_at_line: bool) -> Option<Finding> {
        let (name, other_name) = (self.line.directive.name, self.other.directive.name);
        let (value, other) = (self.line.value(), self.other.value());
        let contradicts = self.directive.contradicts.iter().any(|partner| {
            partner.directives.contains(&other_name)
                && partner.concerns(&value)
                && partner.takes(&other)
        });
        let message = if contradicts {
            format!(
                "`{name} {value}` stands against `{other_name} {other}`, which applies here too."
            )
        } else if !self.directive.at_most.contains(&other_name) || !is_more(&value, &other) {
            return None;
        } else if is_told_at_line {
            format!("`{name} {value}` is more than `{other_name} {other}`, which applies here too.")
        } else {
            format!("`{other_name} {other}` is less than `{name} {value}`, which applies here too.")
        };
        let (told, elsewhere) = if is_told_at_line {
            (self.line.range(), self.other.range())
        } else {
            (self.other.range(), self.line.range())
        };
        let FileRange { range, .. } = told;
        let finding = Finding::new(&RULE, range, message);
        Some(finding.with_related_in(elsewhere, "It applies to the same queue."))
    }
}
