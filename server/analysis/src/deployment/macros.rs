//! Domain macros: lists of domains, or of parts of them, under a name.

use std::collections::HashMap;

/// Steps after which it is taken for granted that a set of macros holds no such domain: they refer to
/// each other in a circle, or are far larger than any that people write.
const MOST_STEPS: u32 = 200_000;
/// Most macros inside each other.
const MOST_LEVELS: u32 = 32;

/// All macros of a configuration.
#[derive(Debug, Default)]
pub(crate) struct Macros(HashMap<String, Vec<Macro>>);

#[derive(Debug)]
struct Macro {
    order: usize,
    items: Vec<String>,
}

impl Macros {
    /// The macros that these values of `domain-macro` lines define, each with the rank of its line in
    /// reading order.
    pub(super) fn of(lines: impl Iterator<Item = (String, usize)>) -> Self {
        let mut macros: HashMap<String, Vec<Macro>> = HashMap::new();
        for (value, order) in lines {
            let value = value.trim();
            let split = value.find(|sign: char| sign.is_whitespace() || sign == ',');
            let (name, items) = value.split_at(split.unwrap_or(value.len()));
            let items = items.split(',').map(str::trim);
            let items = items.filter(|item| !item.is_empty());
            macros.entry(name.to_owned()).or_default().push(Macro {
                order,
                items: items
                    .map(|item| item.trim_matches('"').to_owned())
                    .collect(),
            });
        }
        Self(macros)
    }

    /// The items of a macro as a line of this rank sees it: the nearest definition before it, else
    /// the first.
    fn items(&self, name: &str, order: usize) -> &[String] {
        let Some(definitions) = self.0.get(name) else {
            return &[];
        };
        let before = definitions.iter().rev().find(|it| it.order < order);
        before
            .or_else(|| definitions.first())
            .map(|found| found.items.as_slice())
            .unwrap_or_default()
    }

    /// Whether a text is among those that a pattern with macros stands for. Letters are compared
    /// without regard to case.
    pub(super) fn expand_to(&self, pattern: &str, text: &str, order: usize) -> bool {
        let mut expansion = Expansion {
            macros: self,
            order,
            steps: 0,
        };
        expansion.matches(pattern, text, 0)
    }
}

struct Expansion<'a> {
    macros: &'a Macros,
    order: usize,
    steps: u32,
}

impl Expansion<'_> {
    fn matches(&mut self, pattern: &str, text: &str, level: u32) -> bool {
        self.steps = self.steps.saturating_add(1);
        if self.steps > MOST_STEPS || level > MOST_LEVELS {
            return false;
        }
        let Some((literal, rest)) = pattern.split_once('$') else {
            return pattern.eq_ignore_ascii_case(text);
        };
        let is_start = text
            .get(..literal.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(literal));
        if !is_start {
            return false;
        }
        let text = text.get(literal.len()..).unwrap_or_default();
        let is_part = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
        let end = rest.find(|sign| !is_part(sign)).unwrap_or(rest.len());
        let (name, behind) = rest.split_at(end);
        let macros = self.macros;
        macros.items(name, self.order).iter().any(|item| {
            let pattern = format!("{item}{behind}");
            self.matches(&pattern, text, level.saturating_add(1))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn macros(lines: &[&str]) -> Macros {
        Macros::of(
            lines
                .iter()
                .enumerate()
                .map(|(order, line)| ((*line).to_owned(), order)),
        )
    }

    #[test]
    fn patterns_stand_for_all_combinations() {
        let macros = macros(&[
            "tld com, co.uk",
            "isp yahoo,rocketmail",
            "all $isp.$tld, aol.com",
        ]);
        for (pattern, text, is_one) in [
            ("yahoo.$tld", "yahoo.co.uk", true),
            ("yahoo.$tld", "yahoo.de", false),
            ("$isp.$tld", "RocketMail.com", true),
            ("$all", "yahoo.com", true),
            ("$all", "aol.com", true),
            ("$all", "aol.co.uk", false),
            ("$sub.rr.com", "a.rr.com", false),
        ] {
            assert_eq!(
                macros.expand_to(pattern, text, 9),
                is_one,
                "{pattern} {text}"
            );
        }
    }

    #[test]
    fn a_line_sees_the_definition_before_it() {
        let macros = macros(&["x a", "x b"]);
        assert!(macros.expand_to("$x", "a", 1) && !macros.expand_to("$x", "b", 1));
        assert!(macros.expand_to("$x", "b", 2) && !macros.expand_to("$x", "a", 2));
        assert!(macros.expand_to("$x", "a", 0));
    }

    #[test]
    fn circles_end() {
        let macros = macros(&["a $a$a, $b", "b $a, x"]);
        assert!(!macros.expand_to("$a", "y", 9));
    }
}
