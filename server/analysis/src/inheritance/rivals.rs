//! The lines of a few settings in all `<domain>` sections, to be asked for many queues which of them
//! count.

use std::collections::{HashMap, HashSet};

use super::precedence::{self, DOCUMENTED, Layer};
use super::{Owner, Scope, choice};
use crate::catalog::DirectiveSet;
use crate::deployment::{Deployment, Domain, Section, Setting};

/// Most members of pools that are looked at.
const MOST_MEMBERS: usize = 20_000;
/// A domain, or the first part of one, that no configuration names.
const UNNAMED: &str = "a-domain-that-no-line-names";

/// A `<domain>` section that gives some of the settings.
pub(crate) struct Rival<'w> {
    /// What it stands in.
    pub(crate) owner: Owner,
    /// The section.
    section: Section<'w>,
    /// Its lines that give them.
    lines: Vec<Setting<'w>>,
    /// Which of all pools it stands in.
    pool: usize,
    rank: usize,
}

impl<'w> Rival<'w> {
    /// Its lines that give them, in reading order.
    pub(crate) fn lines(&self) -> &[Setting<'w>] {
        &self.lines
    }

    /// Its argument.
    pub(crate) fn argument(&self) -> String {
        self.section.argument()
    }

    /// Its line that gives a setting: of several the last.
    pub(crate) fn line(&self, name: &str) -> Option<&Setting<'w>> {
        let mut lines = self.lines.iter().rev();
        lines.find(|line| line.directive.name == name)
    }

    /// The domains whose queues show best what the section says: those it names, or of which nothing
    /// else is said. None if a macro or an address names them.
    pub(crate) fn domains(&self) -> Vec<String> {
        let set = self.argument();
        if set.contains('$') || set.starts_with('[') && !set.starts_with("[*.]") {
            return Vec::new();
        }
        if let Some(domain) = set.strip_prefix("[*.]") {
            return vec![domain.to_owned(), format!("{UNNAMED}.{domain}")];
        }
        match set.strip_prefix('*') {
            Some(domain) => vec![format!("{UNNAMED}{domain}")],
            None => vec![set],
        }
    }
}

/// All `<domain>` sections that give some of the settings.
pub(crate) struct Rivals<'w> {
    sections: Vec<Rival<'w>>,
    /// The numbers of the sections, by the keys of their sets.
    by_key: HashMap<u32, Vec<usize>>,
    /// The members of the pools that have such sections.
    members: HashMap<String, HashSet<String>>,
}

impl<'w> Rivals<'w> {
    /// The sections that give settings of these names; none if that takes more than `most` lines.
    pub(crate) fn of(deployment: &Deployment<'w>, names: &[&str], most: usize) -> Option<Self> {
        let mut rivals = Self {
            sections: Vec::new(),
            by_key: HashMap::new(),
            members: HashMap::new(),
        };
        let (mut count, mut members): (usize, usize) = (0, 0);
        let wanted = DirectiveSet::named(names.iter().copied());
        let mut lines: usize = 0;
        let mut counts = deployment.sections_with(wanted).map(|it| it.count(&wanted));
        let is_much = counts.any(|count| {
            lines = lines.saturating_add(count);
            lines > most
        });
        if is_much {
            return None;
        }
        for (pool, section) in deployment.sections_with(wanted).enumerate() {
            let owner = match section.place.name() {
                "domain" => Owner::Nobody,
                "virtual-mta" => Owner::VirtualMta(section.argument()),
                "virtual-mta-pool" => Owner::Pool(section.argument()),
                _ => continue,
            };
            let inside: Vec<Section<'w>> = match owner {
                Owner::Nobody => vec![section],
                _ => deployment.sections_in(&section, "domain").collect(),
            };
            for section in inside {
                let lines = deployment.settings_in(&section);
                let lines: Vec<Setting<'w>> = lines
                    .filter(|line| names.contains(&line.directive.name))
                    .collect();
                if lines.is_empty() {
                    continue;
                }
                count = count.saturating_add(lines.len());
                if count > most {
                    return None;
                }
                let number = rivals.sections.len();
                rivals.by_key.entry(section.key()).or_default().push(number);
                rivals.sections.push(Rival {
                    owner: owner.clone(),
                    section,
                    lines,
                    pool,
                    rank: number,
                });
            }
            if let Owner::Pool(name) = owner {
                let named = deployment.members_of(&section).map(|line| line.value());
                let known = rivals.members.entry(name).or_default();
                known.extend(named.take(MOST_MEMBERS.saturating_sub(members)));
                members = members.saturating_add(known.len());
                if members >= MOST_MEMBERS {
                    return None;
                }
            }
        }
        Some(rivals)
    }

    /// The sections, in reading order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Rival<'w>> {
        self.sections.iter()
    }

    /// The line that gives a setting for a queue of this owner, and the section it stands in; none if
    /// there is none, or it is not sure which one.
    pub(crate) fn counting(
        &self,
        deployment: &Deployment<'w>,
        owner: &Owner,
        domain: &Domain,
        name: &str,
    ) -> Option<(&Setting<'w>, &Rival<'w>)> {
        let numbers = domain.keys().filter_map(|key| self.by_key.get(&key));
        let alike = numbers
            .flatten()
            .filter_map(|number| self.sections.get(*number));
        let giving = alike.filter_map(|rival| {
            let line = rival.line(name)?;
            let scope = self.scope(rival, owner)?;
            let fit = deployment.fit(&rival.section, domain)?;
            let layer = Layer {
                scope,
                fit,
                owner: rival.pool,
                rank: rival.rank,
                is_shipped: deployment.is_shipped(&rival.section),
            };
            Some((layer, line, rival))
        });
        let mut giving: Vec<_> = giving.collect();
        giving.sort_by(|(one, ..), (other, ..)| precedence::compare(&DOCUMENTED, one, other));
        let ((first, line, rival), others) = giving.split_first()?;
        let mut differing = others
            .iter()
            .filter(|(_, other, _)| other.value() != line.value());
        let is_sure = differing.all(|(other, ..)| choice::doubt(first, other).is_none());
        is_sure.then_some((line, rival))
    }

    /// What a section stands in as a queue of this owner sees it; none if it does not count for it.
    fn scope(&self, rival: &Rival<'w>, owner: &Owner) -> Option<Scope> {
        match (&rival.owner, owner) {
            (Owner::Nobody, _) => Some(Scope::Global),
            (Owner::VirtualMta(one), Owner::VirtualMta(other)) => {
                (one == other).then_some(Scope::VirtualMta)
            }
            (Owner::Pool(one), Owner::Pool(other)) => (one == other).then_some(Scope::Pool),
            (Owner::Pool(pool), Owner::VirtualMta(member)) => {
                let members = self.members.get(pool);
                let is_member = members.is_some_and(|members| members.contains(member));
                is_member.then_some(Scope::Pool)
            }
            _ => None,
        }
    }

    /// Whether both sections are about the same set of the same owner: the guide does not say how two
    /// such sections go together.
    pub(crate) fn are_twins(one: &Rival<'w>, other: &Rival<'w>) -> bool {
        one.owner == other.owner && one.argument().eq_ignore_ascii_case(&other.argument())
    }
}
