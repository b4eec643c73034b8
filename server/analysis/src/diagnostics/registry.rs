//! The list of rules, and which of them look at what.

use super::{CommentSite, DirectiveSite, FileSite, Finding, Item, Rule, SectionSite};
use super::{
    assignment, brace_block, directives_in_comment, html_entity, keyword_block,
    look_alike_character, page_debris, semicolon_comment, several_section_arguments, shell_command,
    statement_semicolon, tag_attribute, wrapper_section, xml_comment, xml_element,
};
use super::{
    bracket_list, conflicting_actions, continued_line, hash_in_quotes, incomplete_action,
    invalid_boolean, invalid_encoding, invalid_regex, invalid_unit, invalid_value, malformed_tag,
    mismatched_end_tag, missing_section_argument, missing_unit, missing_value,
    regex_cut_by_comment, regex_flags, regex_limit, several_directives_on_one_line, unclosed_quote,
    unclosed_regex, unclosed_section, unexpected_section_argument, unexpected_value, unknown_word,
    unmatched_end_tag, value_case, value_out_of_range,
};
use super::{
    folklore_directive, folklore_section, folklore_value, misplaced_directive, misplaced_section,
    underscore_name, unit_in_name, unknown_directive, unknown_section,
};
use super::{
    fragment_not_included, include_loop, include_matches_nothing, include_missing,
    include_not_mapped, include_refused, include_twice,
};

use super::{
    duplicate_definition, macro_loop, name_case_mismatch, pool_named_as_virtual_mta,
    undefined_address_list, undefined_macro, undefined_pattern_list, undefined_proxy,
    undefined_rewrite_list, undefined_signals_filter, undefined_smtp_pattern_list,
    undefined_source, undefined_source_group, undefined_virtual_mta, unused_definition,
    used_before_definition, virtual_mta_in_two_pools_with_domains,
};
use super::{malformed_directive_comment, too_many_findings, unknown_code, unused_ignore};

use super::{
    csrf_protection_off, deprecated, legacy_directive, newer_than_target, old_tls_version,
    open_admin_access, open_relay, plain_auth_unencrypted, readable_secret, removed, run_as_root,
    source_host_swapped, untrusted_x_virtual_mta, weak_cipher, weak_dkim, wide_relay_range,
};
use super::{duplicate_directive, duplicate_section, exposure, repeated_directive, repetition};

use super::{
    backoff_without_pattern_list, cold_limit_without_virtual_mta, cold_virtual_mta_without_limit,
    contradicting_settings, dkim_sign_without_key, domain_key_without_dkim_sign, missing_log_file,
    missing_partner, missing_postmaster, overview, placeholder_value, setting_without_effect,
    shared_source_address, unreachable_rule, virtual_mta_without_source_host,
};

/// All rules, in the order of `rules.md`: by group, then as they joined it.
pub static RULES: &[&Rule] = &[
    // Structure.
    &unclosed_section::RULE,
    &unmatched_end_tag::RULE,
    &mismatched_end_tag::RULE,
    &malformed_tag::RULE,
    &missing_section_argument::RULE,
    &unexpected_section_argument::RULE,
    &missing_value::RULE,
    &unexpected_value::RULE,
    &unclosed_quote::RULE,
    &unclosed_regex::RULE,
    &continued_line::RULE,
    &several_directives_on_one_line::RULE,
    &invalid_encoding::RULE,
    &hash_in_quotes::RULE,
    // Names of directives and sections.
    &unknown_directive::RULE,
    &unknown_section::RULE,
    &misplaced_directive::RULE,
    &misplaced_section::RULE,
    &folklore_directive::RULE,
    &folklore_section::RULE,
    &folklore_value::RULE,
    // Invented syntax.
    &xml_comment::RULE,
    &semicolon_comment::RULE,
    &assignment::RULE,
    &statement_semicolon::RULE,
    &underscore_name::RULE,
    &brace_block::RULE,
    &keyword_block::RULE,
    &tag_attribute::RULE,
    &xml_element::RULE,
    &wrapper_section::RULE,
    &several_section_arguments::RULE,
    &bracket_list::RULE,
    &regex_flags::RULE,
    &unit_in_name::RULE,
    &html_entity::RULE,
    &look_alike_character::RULE,
    &page_debris::RULE,
    &shell_command::RULE,
    &directives_in_comment::RULE,
    // Values.
    &invalid_value::RULE,
    &invalid_boolean::RULE,
    &invalid_unit::RULE,
    &missing_unit::RULE,
    &value_case::RULE,
    &value_out_of_range::RULE,
    &unknown_word::RULE,
    &invalid_regex::RULE,
    &regex_cut_by_comment::RULE,
    &conflicting_actions::RULE,
    &incomplete_action::RULE,
    // Names and files.
    &undefined_virtual_mta::RULE,
    &undefined_source::RULE,
    &undefined_source_group::RULE,
    &undefined_pattern_list::RULE,
    &undefined_smtp_pattern_list::RULE,
    &undefined_address_list::RULE,
    &undefined_rewrite_list::RULE,
    &undefined_signals_filter::RULE,
    &undefined_macro::RULE,
    &undefined_proxy::RULE,
    &name_case_mismatch::RULE,
    &duplicate_definition::RULE,
    &pool_named_as_virtual_mta::RULE,
    &virtual_mta_in_two_pools_with_domains::RULE,
    &macro_loop::RULE,
    &unused_definition::RULE,
    &include_missing::RULE,
    &include_not_mapped::RULE,
    &include_matches_nothing::RULE,
    &include_loop::RULE,
    &include_refused::RULE,
    &include_twice::RULE,
    &fragment_not_included::RULE,
    // Repetition and order.
    &duplicate_directive::RULE,
    &repeated_directive::RULE,
    &duplicate_section::RULE,
    &unreachable_rule::RULE,
    &used_before_definition::RULE,
    // Settings against each other.
    &missing_partner::RULE,
    &contradicting_settings::RULE,
    &setting_without_effect::RULE,
    &dkim_sign_without_key::RULE,
    &domain_key_without_dkim_sign::RULE,
    &backoff_without_pattern_list::RULE,
    &cold_virtual_mta_without_limit::RULE,
    &cold_limit_without_virtual_mta::RULE,
    &shared_source_address::RULE,
    &virtual_mta_without_source_host::RULE,
    &source_host_swapped::RULE,
    &missing_log_file::RULE,
    &missing_postmaster::RULE,
    &placeholder_value::RULE,
    // Security.
    &open_relay::RULE,
    &wide_relay_range::RULE,
    &open_admin_access::RULE,
    &plain_auth_unencrypted::RULE,
    &readable_secret::RULE,
    &old_tls_version::RULE,
    &weak_cipher::RULE,
    &weak_dkim::RULE,
    &run_as_root::RULE,
    &csrf_protection_off::RULE,
    &untrusted_x_virtual_mta::RULE,
    // Versions.
    &newer_than_target::RULE,
    &deprecated::RULE,
    &removed::RULE,
    &legacy_directive::RULE,
    // pmta-ls itself.
    &unknown_code::RULE,
    &unused_ignore::RULE,
    &malformed_directive_comment::RULE,
    &too_many_findings::RULE,
    &regex_limit::RULE,
];

/// The rule with this code.
#[must_use]
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.code == code)
}

/// Checks that look at one directive.
pub(super) static DIRECTIVE_CHECKS: &[fn(&DirectiveSite<'_>, &mut Vec<Finding>)] = &[
    // Structure and values.
    continued_line::check,
    super::value::check,
    // Names.
    unknown_directive::check,
    misplaced_directive::check,
    folklore_directive::check,
    folklore_section::check_line,
    underscore_name::check,
    unit_in_name::check,
    // Invented syntax.
    bracket_list::check,
    assignment::check,
    statement_semicolon::check,
    xml_element::check,
    keyword_block::check,
    html_entity::check,
    page_debris::check,
    shell_command::check,
    // Security.
    old_tls_version::check,
    weak_cipher::check,
    weak_dkim::check,
    run_as_root::check,
    csrf_protection_off::check,
    // Versions.
    deprecated::check,
    legacy_directive::check,
    // Settings.
    placeholder_value::check,
];

/// Checks that look at one directive and at what stands beside it.
pub(super) static BESIDE_CHECKS: &[fn(&DirectiveSite<'_>, &mut Vec<Finding>)] = &[
    // Security.
    plain_auth_unencrypted::check,
];

/// Checks that look at one section or tag.
pub(super) static SECTION_CHECKS: &[fn(&SectionSite<'_>, &mut Vec<Finding>)] = &[
    // Structure.
    unclosed_section::check,
    mismatched_end_tag::check,
    malformed_tag::check,
    missing_section_argument::check,
    unexpected_section_argument::check,
    super::section_argument::check,
    // Names.
    unknown_section::check,
    misplaced_section::check,
    folklore_section::check,
    underscore_name::check_section,
    // Invented syntax.
    brace_block::check,
    keyword_block::check_section,
    tag_attribute::check,
    wrapper_section::check,
    several_section_arguments::check,
    html_entity::check_section,
    // Versions.
    deprecated::check_section,
    // Order.
    unreachable_rule::check,
];

/// Checks that look at one `<source>` for what opens the server to strangers.
pub(super) static EXPOSURE_CHECKS: &[fn(&SectionSite<'_>, &mut Vec<Finding>)] = &[
    open_relay::check,
    wide_relay_range::check,
    plain_auth_unencrypted::check_source,
    untrusted_x_virtual_mta::check,
];

/// Checks that look at one comment.
pub(super) static COMMENT_CHECKS: &[fn(&CommentSite<'_>, &mut Vec<Finding>)] = &[
    // Invented syntax.
    xml_comment::check,
    semicolon_comment::check,
    directives_in_comment::check,
    // pmta-ls itself.
    malformed_directive_comment::check,
    unknown_code::check,
];

/// Looks for something wrong in a file as a part of a configuration.
pub(crate) type FileCheck = fn(&FileSite<'_>, &mut Vec<Finding>);

/// Checks that look at one file as a part of a root, and need to know the root's other files.
pub(crate) static FILE_CHECKS: &[FileCheck] = &[
    // Names.
    super::named::check,
    macro_loop::check,
    // Names and files.
    super::include::check,
    include_loop::check,
    fragment_not_included::check,
    // Security.
    exposure::check,
    open_admin_access::check,
    readable_secret::check,
    // Versions.
    newer_than_target::check,
    removed::check,
];

/// Those of them that read through a whole configuration.
pub(crate) static SLOW_FILE_CHECKS: &[FileCheck] =
    &[used_before_definition::check, overview::check];

/// Checks that hold the settings of one file against all others of a configuration.
pub(super) static OVERVIEW_CHECKS: &[fn(&overview::Overview<'_>, &mut Vec<Finding>)] = &[
    missing_partner::check,
    contradicting_settings::check,
    setting_without_effect::check,
    dkim_sign_without_key::check,
    domain_key_without_dkim_sign::check,
    backoff_without_pattern_list::check,
    cold_virtual_mta_without_limit::check,
    cold_limit_without_virtual_mta::check,
    shared_source_address::check,
    virtual_mta_without_source_host::check,
    missing_log_file::check,
    missing_postmaster::check,
];

/// Checks that look at all of an item.
pub(super) static ITEM_CHECKS: &[fn(Item<'_>, &mut Vec<Finding>)] = &[
    // Structure.
    unmatched_end_tag::check,
    malformed_tag::check_opaque,
    several_directives_on_one_line::check,
    hash_in_quotes::check,
    // Names.
    unknown_directive::check_opaque,
    // Invented syntax.
    html_entity::check_item,
    look_alike_character::check,
    page_debris::check_item,
    // Repetition and order.
    repetition::check,
];
