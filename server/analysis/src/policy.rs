//! What a project says about its files: which findings are reported, how bad they are, for which
//! PowerMTA the configurations are written, and how they are formatted.

use std::collections::HashMap;
use std::path::Path;

use crate::catalog;
use crate::diagnostics::{Finding, Group, Rule, Severity, rule};
use crate::format::FormatStyle;
use crate::workspace::PathPattern;

/// A version of PowerMTA, such as 4.5 or 5.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Version {
    major: u16,
    minor: u16,
}

impl Version {
    /// Reads `4.5`, `5` or `5.0r3`. Releases of one version are not told apart.
    #[must_use]
    pub fn parse(written: &str) -> Option<Self> {
        let version = written.split_once(['r', 'R']).map_or(written, |(it, _)| it);
        let (major, minor) = version.split_once('.').unwrap_or((version, "0"));
        Some(Self {
            major: major.parse().ok()?,
            minor: minor.parse().ok()?,
        })
    }
}

impl From<catalog::Version> for Version {
    fn from(version: catalog::Version) -> Self {
        let (major, minor) = match version {
            catalog::Version::V3_5 => (3, 5),
            catalog::Version::V4_0 => (4, 0),
            catalog::Version::V4_5 => (4, 5),
            catalog::Version::V5_0R1 | catalog::Version::V5_0In2020 => (5, 0),
        };
        Self { major, minor }
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}.{}", self.major, self.minor)
    }
}

/// What is made of the findings of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// They are not reported.
    Off,
    /// They are reported as this bad.
    At(Severity),
}

impl Level {
    /// The names of all levels, as settings write them.
    pub const NAMES: [&str; 5] = ["off", "hint", "information", "warning", "error"];

    /// The level of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let severities = [
            Severity::Hint,
            Severity::Information,
            Severity::Warning,
            Severity::Error,
        ];
        match name {
            "off" => Some(Self::Off),
            _ => severities
                .into_iter()
                .find(|severity| severity.name() == name)
                .map(Self::At),
        }
    }
}

/// A rule or a group of rules, as settings and comments name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selector {
    /// One rule.
    Rule(&'static Rule),
    /// All rules of a group.
    Group(Group),
}

impl Selector {
    /// The rule or group of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let group = || Group::named(name).map(Self::Group);
        rule(name).map(Self::Rule).or_else(group)
    }

    /// Whether it names this rule.
    #[must_use]
    pub fn includes(self, rule: &Rule) -> bool {
        match self {
            Self::Rule(named) => named.code == rule.code,
            Self::Group(group) => group == rule.group,
        }
    }
}

/// What a project says about its files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// What is made of the findings of a rule, by its code.
    pub rules: HashMap<&'static str, Level>,
    /// What is made of the findings of a group.
    pub groups: HashMap<Group, Level>,
    /// The PowerMTA that configurations are written for; none: not said.
    pub powermta: Option<Version>,
    /// Whether VirtualMTAs that nothing refers to are reported.
    pub report_unused_virtual_mtas: bool,
    /// Rules that do not speak in some files.
    pub per_file_ignores: Vec<(PathPattern, Vec<Selector>)>,
    /// Files in which nothing is reported unless they are asked for by name.
    pub exclude: Vec<PathPattern>,
    /// Where pages about rules are; `{code}` stands for the code.
    pub docs_url: Option<String>,
    /// Most findings that an editor is shown of one file; none: all.
    pub most_findings: Option<usize>,
    /// How files are formatted.
    pub format: FormatStyle,
}

impl Policy {
    /// Says what is made of the findings of a rule or a group. What is said of a rule goes before what is
    /// said of its group.
    pub fn set(&mut self, selector: Selector, level: Level) {
        match selector {
            Selector::Rule(rule) => self.rules.insert(rule.code, level),
            Selector::Group(group) => self.groups.insert(group, level),
        };
    }

    /// What is made of the findings of a rule; none: nothing is said, they are as bad as they are.
    #[must_use]
    pub fn level(&self, rule: &Rule) -> Option<Level> {
        let of_rule = self.rules.get(rule.code);
        of_rule.or_else(|| self.groups.get(&rule.group)).copied()
    }

    /// Whether nothing is reported in a file unless it is asked for by name.
    #[must_use]
    pub fn excludes(&self, path: &Path) -> bool {
        self.exclude.iter().any(|pattern| pattern.matches(path))
    }

    /// The page about a rule, if the project says where those are.
    #[must_use]
    pub fn page_of(&self, rule: &Rule) -> Option<String> {
        let url = self.docs_url.as_deref()?;
        Some(if url.contains("{code}") {
            url.replace("{code}", rule.code)
        } else {
            format!("{}/{}", url.trim_end_matches('/'), rule.code)
        })
    }

    /// Takes away the findings of a file that are not wanted, and makes the others as bad as is said.
    pub(crate) fn apply(&self, path: &Path, findings: &mut Vec<Finding>) {
        let ignored: Vec<Selector> = self
            .per_file_ignores
            .iter()
            .filter(|(pattern, _)| pattern.matches(path))
            .flat_map(|(_, selectors)| selectors.iter().copied())
            .collect();
        findings.retain_mut(|finding| {
            if ignored.iter().any(|it| it.includes(finding.rule)) {
                return false;
            }
            match self.level(finding.rule) {
                None => true,
                Some(Level::Off) => false,
                Some(Level::At(severity)) => {
                    finding.severity = severity;
                    true
                }
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare() {
        let version = |written| Version::parse(written).unwrap();
        assert!(version("4.5") < version("5.0"));
        assert_eq!(version("5"), version("5.0r3"));
        assert_eq!(version("5.0"), catalog::Version::V5_0In2020.into());
        assert!(version("4.5") > catalog::Version::V4_0.into());
        assert_eq!(version("4.5").to_string(), "4.5");
        for wrong in ["", "five", "4.5.1", "4.x", "-1"] {
            assert_eq!(Version::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_rule_goes_before_its_group() {
        let rule = rule("value-case").unwrap();
        let mut policy = Policy::default();
        assert_eq!(policy.level(rule), None);
        policy.set(Selector::named("values").unwrap(), Level::Off);
        assert_eq!(policy.level(rule), Some(Level::Off));
        policy.set(
            Selector::named("value-case").unwrap(),
            Level::At(Severity::Error),
        );
        assert_eq!(policy.level(rule), Some(Level::At(Severity::Error)));
        assert_eq!(Selector::named("no-such-rule"), None);
        for name in Level::NAMES {
            assert!(Level::named(name).is_some(), "{name}");
        }
    }

    #[test]
    fn pages_are_found_by_code() {
        let rule = rule("value-case").unwrap();
        let url = |written: &str| Policy {
            docs_url: Some(written.to_owned()),
            ..Policy::default()
        };
        let page = |written| url(written).page_of(rule).unwrap();
        assert_eq!(
            page("https://example.com/rules/"),
            "https://example.com/rules/value-case"
        );
        assert_eq!(
            page("https://example.com/{code}.md"),
            "https://example.com/value-case.md"
        );
        assert_eq!(Policy::default().page_of(rule), None);
    }
}
