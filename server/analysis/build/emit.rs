//! The tables as Rust.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::check::VERSIONS;
use crate::load::{Catalog, Directive};
use crate::spec::{Kind, Spec};
use crate::tables::{self, Deprecated, Partner, Since};

/// Numbers of the places: the top level, then the sections by tag.
struct Places(BTreeMap<String, usize>);

/// All tables, to be included into `catalog.rs`.
pub(crate) fn emit(catalog: &Catalog) -> String {
    let sections = catalog.sections.keys().cloned();
    let places = Places(
        std::iter::once("global".to_owned())
            .chain(sections)
            .zip(0..)
            .collect(),
    );
    let mut out = String::from(
        "// Generated from the files in `catalog`; see `build.rs`.\n\n\
         const PLAIN: ValueSpec = ValueSpec::of(ValueKind::Bool);\n",
    );
    table(
        &mut out,
        "All sections, by tag.",
        "SECTIONS: &[Section]",
        catalog
            .sections
            .iter()
            .map(|(name, one)| section(&places, name, one)),
    );
    table(
        &mut out,
        "All directives, by name without regard to case, then by place.",
        "DIRECTIVES: &[Directive]",
        catalog.directives.iter().map(|one| directive(&places, one)),
    );
    let aliases: BTreeSet<(&String, &String)> = catalog
        .directives
        .iter()
        .flat_map(|one| {
            one.table
                .aliases
                .iter()
                .map(move |alias| (alias, &one.name))
        })
        .collect();
    table(
        &mut out,
        "Names that stand for a directive of another name and have no entry themselves, sorted.",
        "ALIASES: &[(&str, &str)]",
        aliases
            .iter()
            .map(|(alias, name)| format!("({alias:?}, {name:?})")),
    );
    table(
        &mut out,
        "The kinds of accounting records, in the order of the guide.",
        "RECORD_TYPES: &[RecordType]",
        catalog.record_types.iter().map(|one| {
            let (short, long, means) = (&one.short, &one.long, &one.means);
            let fields = texts(&one.fields);
            format!("RecordType {{ short: {short:?}, long: {long:?}, means: {means:?}, fields: {fields} }}")
        }),
    );
    table(
        &mut out,
        "The columns of accounting records.",
        "RECORD_FIELDS: &[RecordField]",
        catalog
            .record_fields
            .iter()
            .map(|(name, means)| format!("RecordField {{ name: {name:?}, means: {means:?} }}")),
    );
    table(
        &mut out,
        "Texts about the kinds of values, by name.",
        "KINDS: &[KindText]",
        catalog.kinds.iter().map(|(name, one)| kind_text(name, one)),
    );
    folklore(&mut out, &places, catalog);
    out
}

fn folklore(out: &mut String, places: &Places, catalog: &Catalog) {
    let folklore = &catalog.folklore;
    table(
        out,
        "Invented directives, by name.",
        "FOLKLORE_DIRECTIVES: &[FolkloreDirective]",
        folklore
            .directives
            .iter()
            .map(|(name, one)| folklore_directive(places, name, one)),
    );
    table(
        out,
        "Invented sections, by tag.",
        "FOLKLORE_SECTIONS: &[FolkloreSection]",
        folklore
            .sections
            .iter()
            .map(|(name, one)| folklore_section(places, name, one)),
    );
    table(
        out,
        "Wrong values, in the order in which they are tried.",
        "FOLKLORE_VALUES: &[FolkloreValue]",
        folklore
            .values
            .iter()
            .map(|one| folklore_value(places, one)),
    );
    table(
        out,
        "What to write for lines that PowerMTA does not take, in the order in which they are tried.",
        "FOLKLORE_CONVERSIONS: &[FolkloreConversion]",
        folklore
            .conversions
            .iter()
            .map(|one| folklore_conversion(places, one)),
    );
    let mut scopes: Vec<(&String, usize, String)> = folklore
        .scopes
        .iter()
        .flat_map(|one| {
            one.directives.iter().flat_map(move |name| {
                one.places.iter().map(move |place| {
                    let number = places.number(place);
                    (name, number, folklore_scope(places, name, number, one))
                })
            })
        })
        .collect();
    scopes.sort();
    table(
        out,
        "Genuine directives in wrong places, by directive, then by place.",
        "FOLKLORE_SCOPES: &[FolkloreScope]",
        scopes.into_iter().map(|(.., text)| text),
    );
}

/// A static of that name and type. Writing to a string cannot fail.
fn table(out: &mut String, doc: &str, declaration: &str, rows: impl Iterator<Item = String>) {
    let _ = writeln!(out, "\n/// {doc}\npub static {declaration} = &[");
    for row in rows {
        let _ = writeln!(out, "    {row},");
    }
    out.push_str("];\n");
}

impl Places {
    fn number(&self, name: &str) -> usize {
        self.0.get(name).copied().unwrap_or_default()
    }

    fn one(&self, name: &str) -> String {
        format!("Place({})", self.number(name))
    }

    fn several(&self, names: &[String]) -> String {
        slice(names.iter().map(|name| self.one(name)))
    }
}

fn slice(items: impl Iterator<Item = String>) -> String {
    format!("&[{}]", items.collect::<Vec<_>>().join(", "))
}

fn texts(texts: &[String]) -> String {
    slice(texts.iter().map(|text| format!("{text:?}")))
}

fn option(value: Option<String>) -> String {
    value.map_or_else(|| "None".to_owned(), |value| format!("Some({value})"))
}

fn option_text(text: Option<&String>) -> String {
    option(text.map(|text| format!("{text:?}")))
}

/// `pattern-list` as `PatternList`.
fn variant(name: &str) -> String {
    let word = |word: &str| {
        let mut signs = word.chars();
        let first = signs.next().map(|sign| sign.to_ascii_uppercase());
        first.into_iter().chain(signs).collect::<String>()
    };
    name.split('-').map(word).collect()
}

fn reference(name: &str) -> String {
    format!("ReferenceKind::{}", variant(name))
}

fn since(since: Option<&Since>) -> String {
    option(since.map(|since| {
        let (name, note) = since.parts();
        format!("Since {{ version: {}, note: {note:?} }}", version(name))
    }))
}

fn version(name: Option<&str>) -> String {
    let known = name.and_then(|name| VERSIONS.iter().find(|(known, _)| *known == name));
    option(known.map(|(_, variant)| format!("Version::{variant}")))
}

fn deprecated(deprecated: Option<&Deprecated>) -> String {
    option(deprecated.map(|one| {
        let replacement = option_text(one.replacement.as_ref());
        format!(
            "Deprecated {{ since: {:?}, replacement: {replacement}, is_equal: {}, removed: {} }}",
            one.since,
            one.equal,
            version(one.removed.as_deref())
        )
    }))
}

fn confidence(confidence: Option<&String>) -> String {
    format!(
        "Confidence::{}",
        variant(confidence.map_or("high", String::as_str))
    )
}

fn status(status: Option<&String>) -> String {
    format!(
        "Status::{}",
        variant(status.map_or("documented", String::as_str))
    )
}

fn section(places: &Places, name: &str, one: &tables::Section) -> String {
    let forms = one.argument_forms.iter().map(|form| {
        let example = option_text(form.example.as_ref());
        format!(
            "ArgumentForm {{ form: {:?}, means: {:?}, example: {example} }}",
            form.form, form.means
        )
    });
    let results = one.results.iter().map(|result| {
        format!(
            "RuleResult {{ form: {:?}, means: {:?} }}",
            result.form, result.means
        )
    });
    [
        format!("Section {{ place: {}, name: {name:?}", places.one(name)),
        format!(
            "argument: {}",
            option(
                one.argument
                    .as_ref()
                    .map(|kind| format!("ArgumentKind::{}", variant(kind)))
            )
        ),
        format!(
            "argument_required: {}",
            one.argument.is_some() && one.argument_required != Some(false)
        ),
        format!(
            "argument_optional_in: {}",
            places.several(&one.argument_optional_in)
        ),
        format!("argument_forms: {}", slice(forms)),
        format!(
            "defines: {}",
            slice(one.defines.iter().map(|name| reference(name)))
        ),
        format!("nests_in: {}", places.several(&one.nests_in)),
        format!(
            "directives_of: {}",
            places.one(one.like.as_deref().unwrap_or(name))
        ),
        format!("single: {}", one.single),
        format!("repeats: {}", option_text(one.repeats.as_ref())),
        format!(
            "body: BodyKind::{}",
            variant(one.body.as_deref().unwrap_or("directives"))
        ),
        format!("evaluation: {}", option_text(one.evaluation.as_ref())),
        format!("results: {}", slice(results)),
        format!("known_words: {}", texts(&one.known_words)),
        format!("since: {}", since(one.since.as_ref())),
        format!("deprecated: {}", deprecated(one.deprecated.as_ref())),
        format!("summary: {:?}", one.summary),
        format!("gotchas: {}", texts(&one.gotchas)),
        format!("example: {:?}", one.example.trim_end()),
        format!("sources: {}", texts(&one.sources)),
        format!("confidence: {}", confidence(one.confidence.as_ref())),
        format!("status: {}", status(one.status.as_ref())),
        format!("uses: {} }}", one.uses),
    ]
    .join(", ")
}

fn partners(places: &Places, partners: &[Partner]) -> String {
    slice(partners.iter().map(|one| {
        [
            format!("Partner {{ when: {}", texts(&one.when)),
            format!("unless: {}", texts(&one.unless)),
            format!("directives: {}", texts(&one.directives)),
            format!("values: {}", texts(&one.values)),
            format!("holding: {}", texts(&one.holding)),
            format!(
                "place: {}",
                option(one.place.as_ref().map(|place| places.one(place)))
            ),
            format!("is_listener: {}", one.listener),
            format!("sections: {}", texts(&one.sections)),
            format!(
                "argument_begins: {} }}",
                option_text(one.argument_begins.as_ref())
            ),
        ]
        .join(", ")
    }))
}

/// The syntax, where the kind alone tells it.
fn plain_syntax(name: &str, value: &Spec) -> String {
    let shape = match &value.kind {
        Kind::Plain(kind) if kind == "bool" => "{ yes | no | true | false }",
        Kind::Plain(kind) if kind == "int" => "N",
        Kind::Plain(kind) if kind == "duration" => "TIME-INTERVAL",
        _ => "VALUE",
    };
    format!("{name} {shape}")
}

fn directive(places: &Places, one: &Directive) -> String {
    let (name, table) = (&one.name, &one.table);
    let syntax = table
        .syntax
        .clone()
        .unwrap_or_else(|| plain_syntax(name, &one.value));
    [
        format!(
            "Directive {{ name: {name:?}, aliases: {}",
            texts(&table.aliases)
        ),
        format!("place: {}", places.one(&one.place)),
        format!("value: {}", spec(&one.value)),
        format!("syntax: {syntax:?}"),
        format!("default: {}", option_text(table.default.as_ref())),
        format!("needs: {}", partners(places, &table.needs)),
        format!("works_with: {}", partners(places, &table.works_with)),
        format!("contradicts: {}", partners(places, &table.contradicts)),
        format!("at_most: {}", texts(&table.at_most)),
        format!("ignored_with: {}", texts(&table.ignored_with)),
        format!("default_from: {}", option_text(table.default_from.as_ref())),
        format!("adds: {}", table.adds),
        format!("since: {}", since(table.since.as_ref())),
        format!("deprecated: {}", deprecated(table.deprecated.as_ref())),
        format!("summary: {:?}", table.summary),
        format!("gotchas: {}", texts(&table.gotchas)),
        format!("example: {:?}", table.example.trim_end()),
        format!(
            "block: {}",
            option(
                table
                    .block
                    .as_ref()
                    .map(|block| format!("{:?}", block.trim_end()))
            )
        ),
        format!("repeatable: {}", table.repeatable),
        format!(
            "defines: {}",
            option(table.defines.as_ref().map(|name| reference(name)))
        ),
        format!("sources: {}", texts(&table.sources)),
        format!("confidence: {}", confidence(table.confidence.as_ref())),
        format!("status: {}", status(table.status.as_ref())),
        format!("uses: {} }}", table.uses),
    ]
    .join(", ")
}

fn spec(value: &Spec) -> String {
    let table = &value.table;
    let mut fields = vec![format!("kind: {}", kind(&value.kind))];
    let mut push = |is_set: bool, field: &str, text: String| {
        if is_set {
            fields.push(format!("{field}: {text}"));
        }
    };
    let words = value.words.iter().map(|word| {
        let (text, means) = (&word.text, &word.means);
        let since = version(word.since.as_deref());
        format!("Word {{ text: {text:?}, means: {means:?}, since: {since} }}")
    });
    push(!value.words.is_empty(), "words", slice(words));
    push(value.min.is_some(), "min", format!("{:?}", value.min));
    push(value.max.is_some(), "max", format!("{:?}", value.max));
    push(table.unit.is_some(), "unit", format!("{:?}", table.unit));
    push(
        table.pattern.is_some(),
        "pattern",
        format!("{:?}", table.pattern),
    );
    push(table.bare.is_some(), "bare", format!("{:?}", table.bare));
    push(table.clear, "clear", "true".to_owned());
    push(table.secret, "secret", "true".to_owned());
    push(
        table.prefix.is_some(),
        "prefix",
        format!("{:?}", table.prefix),
    );
    push(table.prefix_blank, "prefix_blank", "true".to_owned());
    push(
        !table.variables.is_empty(),
        "variables",
        texts(&table.variables),
    );
    push(table.macros, "macros", "true".to_owned());
    push(table.unchecked, "unchecked", "true".to_owned());
    push(!table.before.is_empty(), "before", texts(&table.before));
    push(
        !table.excludes.is_empty(),
        "excludes",
        texts(&table.excludes),
    );
    push(table.once, "once", "true".to_owned());
    push(
        !table.means.is_empty(),
        "means",
        format!("{:?}", table.means),
    );
    push(
        table.since.is_some(),
        "since",
        version(table.since.as_deref()),
    );
    format!("ValueSpec {{ {}, ..PLAIN }}", fields.join(", "))
}

fn kind(kind: &Kind) -> String {
    match kind {
        Kind::Plain(name) => format!("ValueKind::{}", variant(name)),
        Kind::Literal(text) => format!("ValueKind::Literal({text:?})"),
        Kind::Reference(name) => format!("ValueKind::Ref({})", reference(name)),
        Kind::List {
            item,
            separator,
            max_items,
        } => format!(
            "ValueKind::List {{ item: &{}, separator: {separator:?}, max_items: {max_items:?} }}",
            spec(item)
        ),
        Kind::Composite(parts) => {
            let parts = parts.iter().map(|part| {
                let (name, separator, optional) = (&part.name, &part.separator, part.optional);
                let value = spec(&part.value);
                format!(
                    "Part {{ name: {name:?}, separator: {separator:?}, optional: {optional}, value: {value} }}"
                )
            });
            format!("ValueKind::Composite({})", slice(parts))
        }
        Kind::AnyOf(of) => format!("ValueKind::AnyOf({})", slice(of.iter().map(spec))),
        Kind::InlineSection(tag) => format!("ValueKind::InlineSection({tag:?})"),
    }
}

fn kind_text(name: &str, one: &tables::Kind) -> String {
    [
        format!("KindText {{ name: {name:?}, grammar: {:?}", one.grammar),
        format!("meaning: {:?}", one.meaning),
        format!("unit: {:?}", one.unit),
        format!("valid: {}", texts(&one.valid)),
        format!("invalid: {} }}", texts(&one.invalid)),
    ]
    .join(", ")
}

fn folklore_directive(places: &Places, name: &str, one: &tables::FolkloreDirective) -> String {
    [
        format!(
            "FolkloreDirective {{ name: {name:?}, only_in: {}",
            texts(&one.only_in)
        ),
        format!("example: {:?}", one.example),
        format!("replacement: {:?}", one.replacement),
        format!(
            "replacement_places: {}",
            places.several(&one.replacement_places)
        ),
        format!("conversion: {:?}", one.conversion),
        format!("fix: FolkloreFix::{}", variant(&one.fix)),
        format!("equal_meaning: {}", one.equal_meaning),
        format!("explanation: {:?}", one.explanation),
        format!("borrowed_from: {:?}", one.borrowed_from),
        format!(
            "references: {}",
            option(one.references.as_ref().map(|name| reference(name)))
        ),
        format!("confidence: {} }}", confidence(one.confidence.as_ref())),
    ]
    .join(", ")
}

fn folklore_section(places: &Places, name: &str, one: &tables::FolkloreSection) -> String {
    [
        format!("FolkloreSection {{ name: {name:?}, form: {:?}", one.form),
        format!("example: {:?}", one.example.trim_end()),
        format!("genuine: {:?}", one.genuine),
        format!(
            "body_of: {}",
            option(one.body_of.as_ref().map(|place| places.one(place)))
        ),
        format!("conversion: {:?}", one.conversion),
        format!("rename_pair: {}", one.rename_pair),
        format!(
            "defines: {}",
            option(one.defines.as_ref().map(|name| reference(name)))
        ),
        format!("confidence: {} }}", confidence(one.confidence.as_ref())),
    ]
    .join(", ")
}

fn folklore_value(places: &Places, one: &tables::FolkloreValue) -> String {
    [
        format!("FolkloreValue {{ directives: {}", texts(&one.directives)),
        format!("places: {}", places.several(&one.places)),
        format!("pattern: {:?}", one.pattern),
        format!("replacement: {:?}", one.replacement),
        format!("safe: {}", one.safe),
        format!("example: {:?}", one.example),
        format!("genuine: {:?}", one.genuine),
        format!("explanation: {:?} }}", one.explanation),
    ]
    .join(", ")
}

fn folklore_scope(
    places: &Places,
    name: &str,
    place: usize,
    one: &tables::FolkloreScope,
) -> String {
    [
        format!("FolkloreScope {{ directive: {name:?}, place: Place({place})"),
        format!("genuine: {:?}", one.genuine),
        format!("rename_to: {:?}", one.rename_to),
        format!(
            "into: {}",
            option(one.into.as_ref().map(|place| places.one(place)))
        ),
        format!("explanation: {:?} }}", one.explanation),
    ]
    .join(", ")
}

fn folklore_conversion(places: &Places, one: &tables::FolkloreConversion) -> String {
    [
        format!("FolkloreConversion {{ names: {}", texts(&one.names)),
        format!("places: {}", texts(&one.places)),
        format!("pattern: {:?}", one.pattern),
        format!("lines: {}", texts(&one.lines)),
        format!(
            "into: {}",
            option(one.into.as_ref().map(|place| places.one(place)))
        ),
        format!("argument: {:?}", one.argument),
        format!("above: {}", texts(&one.above)),
        format!("delete: {}", one.delete),
        format!("decision: {:?} }}", one.decision),
    ]
    .join(", ")
}
