//! The grammar's node types as an enum, looked up by the parser's own numbers.

use std::sync::LazyLock;

/// The named node types of the grammar that views are built from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NodeKind {
    Comment,
    XmlComment,
    SemicolonComment,
    Section,
    BraceSection,
    KeywordSection,
    IndentedSection,
    StartTag,
    BraceOpen,
    KeywordOpen,
    IndentedOpen,
    EndTag,
    BraceClose,
    KeywordClose,
    StrayEndTag,
    StrayBrace,
    StrayEnd,
    EmptyTag,
    Element,
    Directive,
    Rule,
    Assignment,
    TemplateMarker,
    Opaque,
    TagName,
    Argument,
    Attribute,
    Name,
    Value,
    Regex,
    UnclosedRegex,
    RegexFlags,
    StatementEnd,
    LineContinuation,
    Other,
}

const NAMES: [(&str, NodeKind); 34] = [
    ("comment", NodeKind::Comment),
    ("xml_comment", NodeKind::XmlComment),
    ("semicolon_comment", NodeKind::SemicolonComment),
    ("section", NodeKind::Section),
    ("brace_section", NodeKind::BraceSection),
    ("keyword_section", NodeKind::KeywordSection),
    ("indented_section", NodeKind::IndentedSection),
    ("start_tag", NodeKind::StartTag),
    ("brace_open", NodeKind::BraceOpen),
    ("keyword_open", NodeKind::KeywordOpen),
    ("indented_open", NodeKind::IndentedOpen),
    ("end_tag", NodeKind::EndTag),
    ("brace_close", NodeKind::BraceClose),
    ("keyword_close", NodeKind::KeywordClose),
    ("stray_end_tag", NodeKind::StrayEndTag),
    ("stray_brace", NodeKind::StrayBrace),
    ("stray_end", NodeKind::StrayEnd),
    ("empty_tag", NodeKind::EmptyTag),
    ("element", NodeKind::Element),
    ("directive", NodeKind::Directive),
    ("rule", NodeKind::Rule),
    ("assignment", NodeKind::Assignment),
    ("template_marker", NodeKind::TemplateMarker),
    ("opaque", NodeKind::Opaque),
    ("tag_name", NodeKind::TagName),
    ("argument", NodeKind::Argument),
    ("attribute", NodeKind::Attribute),
    ("name", NodeKind::Name),
    ("value", NodeKind::Value),
    ("regex", NodeKind::Regex),
    ("unclosed_regex", NodeKind::UnclosedRegex),
    ("regex_flags", NodeKind::RegexFlags),
    ("statement_end", NodeKind::StatementEnd),
    ("line_continuation", NodeKind::LineContinuation),
];

static KINDS: LazyLock<Vec<NodeKind>> = LazyLock::new(|| {
    let language = tree_sitter::Language::new(tree_sitter_pmta::LANGUAGE);
    let count = u16::try_from(language.node_kind_count()).unwrap_or(u16::MAX);
    (0..count)
        .map(|id| {
            let name = language.node_kind_for_id(id).unwrap_or_default();
            if !language.node_kind_is_named(id) {
                return NodeKind::Other;
            }
            NAMES
                .iter()
                .find(|(known, _)| *known == name)
                .map_or(NodeKind::Other, |(_, kind)| *kind)
        })
        .collect()
});

impl NodeKind {
    pub(super) fn of(node: tree_sitter::Node<'_>) -> Self {
        KINDS
            .get(usize::from(node.kind_id()))
            .copied()
            .unwrap_or(Self::Other)
    }
}
