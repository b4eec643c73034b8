//! What is wrong with names, as the name table of a root tells: names that nothing defines, that
//! nothing uses, or that are defined twice.
//!
//! The table knows which names are suspect, so the text is looked at only where these stand.

mod nearest;

use std::cell::{Cell, OnceCell};

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    FileSite, Finding, Fix, Rule, Safety, duplicate_definition, name_case_mismatch,
    pool_named_as_virtual_mta, undefined_address_list, undefined_macro, undefined_pattern_list,
    undefined_proxy, undefined_rewrite_list, undefined_signals_filter, undefined_smtp_pattern_list,
    undefined_source, undefined_source_group, undefined_virtual_mta, unused_definition,
    virtual_mta_in_two_pools_with_domains,
};
use crate::catalog::{Place, ReferenceKind};
use crate::gaps::Gaps;
use crate::names::{self, Key, NameSpace, NameTable, Uses, Written};
use crate::refactor::skeleton;
use crate::text::TextRange;
use crate::workspace::FileRange;
use nearest::nearest;

/// Most names for which others are proposed: looking for them takes time.
const MOST_PROPOSALS: u32 = 20;

/// A suspect name where it stands in a file.
pub(super) struct NameSite<'a> {
    /// The file.
    pub(super) file: &'a FileSite<'a>,
    /// The names of the root.
    pub(super) table: &'a NameTable,
    /// The name.
    pub(super) key: &'a Key,
    /// How often it is defined and used.
    pub(super) uses: Uses,
    /// Here.
    pub(super) written: Written<'a, 'a>,
    /// Everywhere in the root that it stands, in reading order, if it stands there too often.
    pub(super) everywhere: &'a [names::Site],
    proposals: &'a Cell<u32>,
    doubts: &'a Doubts<'a>,
}

/// Names of which it is not sure whether they are defined and used, worked out when asked for.
pub(super) struct Doubts<'a> {
    file: &'a FileSite<'a>,
    table: &'a NameTable,
    gaps: OnceCell<Gaps>,
    undefined: OnceCell<FxHashSet<NameSpace>>,
}

impl<'a> Doubts<'a> {
    fn of(file: &'a FileSite<'a>, table: &'a NameTable) -> Self {
        Self {
            file,
            table,
            gaps: OnceCell::new(),
            undefined: OnceCell::new(),
        }
    }

    fn gaps(&self) -> &Gaps {
        self.gaps.get_or_init(|| {
            let mut gaps = Gaps::default();
            for file in &self.file.root.files {
                if let Some(document) = self.file.workspace.document(*file) {
                    gaps.extend(&document.gaps());
                }
            }
            gaps
        })
    }

    /// Whether something of this kind is defined whose name is missing.
    fn may_be_defined(&self, kind: ReferenceKind) -> bool {
        let definitions = self.gaps().definitions;
        let is_either = kind == ReferenceKind::VirtualMtaOrPool;
        definitions.contains(kind) || (is_either && definitions.contains(ReferenceKind::VirtualMta))
    }

    /// Whether something of this space is used whose name is missing, or by a name that nothing
    /// defines: the finding there may be about this name.
    pub(super) fn may_be_used(&self, space: NameSpace) -> bool {
        let references = self.gaps().references;
        references.contains(space.kind()) || self.undefined().contains(&space)
    }

    fn undefined(&self) -> &FxHashSet<NameSpace> {
        self.undefined.get_or_init(|| {
            let named = self.table.suspects().filter(|(key, entry)| {
                let uses = entry.total();
                uses.references > 0
                    && !uses.is_defined()
                    && !names::is_built_in(key.space.kind(), &key.name)
            });
            named.map(|(key, _)| key.space).collect()
        })
    }
}

impl NameSite<'_> {
    /// Where it stands.
    pub(super) fn at(&self) -> FileRange {
        FileRange {
            file: self.file.file,
            range: self.written.range,
        }
    }

    /// Whether something may use it all the same.
    pub(super) fn may_be_used(&self) -> bool {
        self.table.has_unknown(self.key.space) || self.doubts.may_be_used(self.key.space)
    }

    /// Names of the same space that are defined and look alike, the nearest first.
    fn proposals(&self) -> Vec<String> {
        if self.proposals.get() >= MOST_PROPOSALS {
            return Vec::new();
        }
        self.proposals.set(self.proposals.get().saturating_add(1));
        nearest(self.table, self.key)
    }
}

pub(super) fn check(site: &FileSite<'_>, findings: &mut Vec<Finding>) {
    let Some(table) = site.workspace.names(site.root) else {
        return;
    };
    let virtual_mtas = site.workspace.policy().report_unused_virtual_mtas.then(|| {
        let all = table.names_of(NameSpace::of(ReferenceKind::VirtualMta));
        all.filter(|(_, entry)| !entry.total().is_used())
    });
    let named = table.suspects().chain(virtual_mtas.into_iter().flatten());
    let here = named.filter(|(_, entry)| entry.stands_in(site.file));
    let suspects: FxHashMap<&Key, Uses> = here
        .map(|(key, entry)| (key, entry.total()))
        .filter(|(key, uses)| site.is_resolved || is_missing_for_folklore(key, *uses))
        .collect();
    if suspects.is_empty() {
        return;
    }
    let hashes = names::hashes(suspects.keys().copied());
    let several = suspects.iter().filter(|(_, uses)| uses.is_several());
    let several: Vec<&Key> = several.map(|(key, _)| *key).collect();
    let everywhere = names::sites_of_root(site.workspace, site.root, &several);
    let proposals = Cell::new(0);
    let doubts = Doubts::of(site, table);
    site.document.each_name_like(&hashes, &mut |written| {
        let key = Key::new(written.space(), written.text);
        if let Some(uses) = suspects.get(&key) {
            let site = NameSite {
                file: site,
                table,
                key: &key,
                uses: *uses,
                written,
                everywhere: everywhere.get(&key).map(Vec::as_slice).unwrap_or_default(),
                proposals: &proposals,
                doubts: &doubts,
            };
            check_name(&site, findings);
        }
    });
}

/// Whether invented directives use a name that nothing defines. They are read by nobody, so it does
/// not matter what else a root may hold.
fn is_missing_for_folklore(key: &Key, uses: Uses) -> bool {
    key.space.kind() == ReferenceKind::VirtualMta
        && uses.folklore_references > 0
        && !uses.is_defined()
}

fn check_name(site: &NameSite<'_>, findings: &mut Vec<Finding>) {
    if super::has_template_marker(&site.key.name) {
        return;
    }
    if site.written.is_definition {
        findings.extend(duplicate_definition::finding(site));
        findings.extend(pool_named_as_virtual_mta::finding(site));
        findings.extend(unused_definition::finding(site));
        return;
    }
    findings.extend(virtual_mta_in_two_pools_with_domains::finding(site));
    if is_undefined(site) {
        findings.extend(name_case_mismatch::finding(site).or_else(|| undefined(site)));
    }
}

fn is_undefined(site: &NameSite<'_>) -> bool {
    let written = &site.written;
    let speaks = site.file.is_resolved || written.name.is_folklore;
    speaks
        && !site.uses.is_defined()
        && written.name.role != crate::facts::Role::Unchecked
        && !names::is_built_in(site.key.space.kind(), &site.key.name)
        && !site.table.has_unknown(site.key.space)
        && !site.doubts.may_be_defined(written.name.kind)
}

fn undefined(site: &NameSite<'_>) -> Option<Finding> {
    let kind = site.written.name.kind;
    let rule = undefined_rule(kind)?;
    let what = kind.noun();
    let proposals = site.proposals();
    let name = super::wording::shown(site.written.text);
    let mut message = format!("No {what} is called `{name}`.");
    if let Some(proposal) = proposals.first() {
        message = format!("{message} Is `{proposal}` meant?");
    }
    let mut finding = Finding::new(rule, site.written.range, message);
    for proposal in proposals {
        finding = finding.with_fix(Fix::replace(
            format!("Change to `{proposal}`"),
            Safety::Alternative,
            site.written.range,
            proposal,
        ));
    }
    Some(finding.with_fixes(creation(site)))
}

/// The fix that defines the name before the construct that uses it, in files whose lines may define
/// it.
fn creation(site: &NameSite<'_>) -> Option<Fix> {
    let is_top_level = site.file.document.places() == [Place::GLOBAL];
    let definition = skeleton(site.written.name.kind, site.written.text)?;
    let first_line = definition.lines().next()?;
    let title = format!("Insert `{first_line}` to define it");
    let at = TextRange::empty(site.written.item);
    is_top_level.then(|| Fix::replace(title, Safety::Alternative, at, definition))
}

/// The rule about names of this kind that nothing defines.
fn undefined_rule(kind: ReferenceKind) -> Option<&'static Rule> {
    let rule = match kind {
        ReferenceKind::VirtualMta | ReferenceKind::VirtualMtaOrPool => &undefined_virtual_mta::RULE,
        ReferenceKind::Source => &undefined_source::RULE,
        ReferenceKind::SourceGroup => &undefined_source_group::RULE,
        ReferenceKind::PatternList => &undefined_pattern_list::RULE,
        ReferenceKind::SmtpPatternList => &undefined_smtp_pattern_list::RULE,
        ReferenceKind::AddressList => &undefined_address_list::RULE,
        ReferenceKind::RewriteList => &undefined_rewrite_list::RULE,
        ReferenceKind::SignalsFilter => &undefined_signals_filter::RULE,
        ReferenceKind::DomainMacro => &undefined_macro::RULE,
        ReferenceKind::Proxy => &undefined_proxy::RULE,
        ReferenceKind::DomainKeyList
        | ReferenceKind::SmtpUser
        | ReferenceKind::BounceCategory
        | ReferenceKind::Queue
        | ReferenceKind::File
        | ReferenceKind::Directory => return None,
    };
    Some(rule)
}

#[cfg(test)]
mod tests;
