//! Pattern lists: rules that choose a VirtualMTA by sender, recipient or header.

use std::collections::HashMap;

use pcre2::bytes::{Regex, RegexBuilder};

use super::{Message, Trace};
use crate::catalog::{ReferenceKind, ValueKind};
use crate::deployment::{Member, Section, Setting};
use crate::value;
use crate::workspace::FileRange;

/// Most lists inside each other, nested or called.
const MOST_LEVELS: usize = 16;
/// Longest expression that is tried.
const LONGEST: usize = 32 * 1024;
/// Put before each expression: PCRE2 gives up instead of trying for minutes.
const LIMITS: &str = "(*LIMIT_MATCH=200000)(*LIMIT_DEPTH=20000)";

/// What a rule decides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RuleResult {
    /// The VirtualMTA or pool that it chooses.
    pub(super) virtual_mta: Option<String>,
    /// The list that it goes on with.
    pub(super) call_to: Option<String>,
    /// The priority that it sets.
    priority: Option<String>,
}

/// What a list decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decision {
    /// The VirtualMTA or pool; none: the rule that matched chooses none.
    pub(super) virtual_mta: Option<String>,
    /// The rule.
    pub(super) at: FileRange,
}

/// A rule, taken apart.
pub(super) struct Rule {
    header: Option<String>,
    /// The expression, without slashes.
    pattern: Option<String>,
    /// What it decides.
    pub(super) result: RuleResult,
}

/// Takes a rule apart.
pub(super) fn rule_of(line: &Setting<'_>) -> Rule {
    let written = line.written();
    let parsed = value::parse(&line.directive.value, &written, value::Context::default());
    let mut rule = Rule {
        header: None,
        pattern: None,
        result: RuleResult::default(),
    };
    for piece in parsed.pieces {
        let text = || piece.range.slice(&written).to_owned();
        match piece.spec.kind {
            ValueKind::HeaderName => rule.header = Some(text()),
            ValueKind::Regex => rule.pattern = Some(text()),
            ValueKind::Ref(ReferenceKind::PatternList) => rule.result.call_to = Some(text()),
            ValueKind::Ref(_) => rule.result.virtual_mta = Some(text()),
            ValueKind::Int => rule.result.priority = Some(text()),
            _ => {}
        }
    }
    rule
}

/// Whether an expression is found in a text, without regard to case; none if that cannot be told: it
/// is no expression, or takes too long.
pub(super) fn matches(pattern: &str, text: &str) -> Option<bool> {
    compile(pattern)?.is_match(text.as_bytes()).ok()
}

fn compile(pattern: &str) -> Option<Regex> {
    if pattern.len() > LONGEST {
        return None;
    }
    let limited = format!("{LIMITS}{pattern}");
    RegexBuilder::new()
        .caseless(true)
        .utf(true)
        .ucp(true)
        .build(&limited)
        .ok()
}

/// Whether a rule's expression is found.
enum Found {
    Yes,
    No,
    /// It depends on what the guide does not say; why.
    Depends(bool, &'static str),
    /// It cannot be told.
    Unknown,
}

impl<'w> Trace<'_, 'w> {
    /// What the list of this name decides about the message; none if no rule matches.
    pub(super) fn decide(&mut self, name: &str, at: Option<FileRange>) -> Option<Decision> {
        let list = self.deployment.named("pattern-list", name).last();
        let Some(list) = list else {
            let text = format!("The pattern list {name} is not defined.");
            self.note("pattern list", text, at);
            return None;
        };
        self.try_list(&list, &format!("the pattern list {name}"), 0)
    }

    fn try_list(&mut self, list: &Section<'w>, called: &str, level: usize) -> Option<Decision> {
        if level > MOST_LEVELS {
            let text = format!("Lists call each other in a circle: {called} again.");
            self.note("pattern list", text, Some(list.range()));
            return None;
        }
        let mut subjects = HashMap::new();
        let members = self.deployment.body(list);
        let mut following = members.iter().skip(1);
        for member in &members {
            let nested = following.next();
            let Member::Setting(line) = member else {
                continue;
            };
            let rule = rule_of(line);
            let kind = line.directive.name;
            let found = found(kind, &rule, self.message, &mut subjects);
            let doubt = match found {
                Found::No | Found::Depends(false, _) => {
                    if let Found::Depends(_, why) = found {
                        let text = format!("A {kind} rule of {called} is taken not to match.");
                        self.doubtful("pattern list", text, Some(line.range()), Some(why));
                    }
                    continue;
                }
                Found::Unknown => {
                    let text = format!("Whether a {kind} rule of {called} matches cannot be told.");
                    let why = "The expression is wrong or takes too long; the next rule is tried.";
                    self.doubtful("pattern list", text, Some(line.range()), Some(why));
                    continue;
                }
                Found::Yes => None,
                Found::Depends(true, why) => Some(why),
            };
            let text = format!("A {kind} rule is the first of {called} that matches.");
            self.doubtful("pattern list", text, Some(line.range()), doubt);
            return Some(self.follow(line, &rule.result, nested, level));
        }
        let text = format!("No rule of {called} matches.");
        self.note("pattern list", text, Some(list.range()));
        None
    }

    /// What a rule that matches decides, with the list that it goes on with.
    fn follow(
        &mut self,
        line: &Setting<'w>,
        result: &RuleResult,
        nested: Option<&Member<'w>>,
        level: usize,
    ) -> Decision {
        if let Some(priority) = &result.priority {
            let text = format!("The rule sets the recipient's priority to {priority}.");
            self.note("pattern list", text, Some(line.range()));
        }
        let level = level.saturating_add(1);
        let inner = match (nested, &result.call_to) {
            (Some(Member::Section(section)), None)
                if result == &RuleResult::default() && !section.has_argument() =>
            {
                Some(self.try_list(section, "the nested list", level))
            }
            (_, Some(name)) => {
                let list = self.deployment.named("pattern-list", name).last();
                Some(match list {
                    Some(list) => self.try_list(&list, &format!("the pattern list {name}"), level),
                    None => {
                        let text = format!("The pattern list {name} is not defined.");
                        self.note("pattern list", text, Some(line.range()));
                        None
                    }
                })
            }
            _ => None,
        };
        match inner {
            Some(Some(decision)) => decision,
            Some(None) => {
                let text = "The rule decides nothing, and no other rule is tried.".to_owned();
                let why = "The guide does not say whether the rules behind it are tried then.";
                self.doubtful("pattern list", text, Some(line.range()), Some(why));
                Decision {
                    virtual_mta: None,
                    at: line.range(),
                }
            }
            None => Decision {
                virtual_mta: result.virtual_mta.clone(),
                at: line.range(),
            },
        }
    }
}

/// Whether a rule matches a message. `subjects` remembers the texts that rules of a header look at.
fn found(
    kind: &str,
    rule: &Rule,
    message: &Message,
    subjects: &mut HashMap<String, Vec<String>>,
) -> Found {
    let Some(pattern) = &rule.pattern else {
        return if kind == "*" {
            Found::Yes
        } else {
            Found::Unknown
        };
    };
    let Some(regex) = compile(pattern) else {
        return Found::Unknown;
    };
    let is_found = |text: &str| regex.is_match(text.as_bytes()).ok();
    let (plain, otherwise, why) = match kind {
        "header" => {
            let name = rule.header.clone().unwrap_or_default();
            let values = subjects.entry(name).or_insert_with_key(|name| {
                let same = message.headers.iter();
                same.filter(|(known, _)| known.eq_ignore_ascii_case(name))
                    .map(|(_, value)| value.clone())
                    .collect()
            });
            let any = |trim: bool| {
                let mut found = Some(false);
                for value in values.iter() {
                    let text = if trim { value.trim() } else { value };
                    match is_found(text) {
                        Some(true) => return Some(true),
                        Some(false) => {}
                        None => found = None,
                    }
                }
                found
            };
            (
                any(false),
                any(true),
                "The blanks around a header's value are part of it; without them the rule would do \
                 otherwise.",
            )
        }
        _ => {
            let address = if kind == "rcpt-to" {
                message.rcpt_to.as_str()
            } else {
                message.mail_from.as_str()
            };
            (
                is_found(address),
                is_found(&format!("{address}>")),
                "The vendor's texts differ in whether a `>` ends the address that rules look at; with \
                 one this rule would do otherwise.",
            )
        }
    };
    match (plain, otherwise) {
        (Some(plain), Some(otherwise)) if plain == otherwise => {
            if plain {
                Found::Yes
            } else {
                Found::No
            }
        }
        (Some(plain), _) => Found::Depends(plain, why),
        (None, _) => Found::Unknown,
    }
}
