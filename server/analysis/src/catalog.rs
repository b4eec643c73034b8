//! What PowerMTA accepts, and what the web invented beside it.
//!
//! The data stands in `catalog/*.toml`, one file for each section, and is turned into static tables
//! by `build.rs`, so that starting up costs nothing. Adding a directive is an entry there.

include!(concat!(env!("OUT_DIR"), "/catalog.rs"));

/// A section, or the top level, in which directives stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place(u8);

impl Place {
    /// The top level of a configuration.
    pub const GLOBAL: Self = Self(0);

    /// How many there are.
    pub const COUNT: usize = SECTIONS.len().saturating_add(1);

    /// Its number among all places.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The section that makes this place; none for the top level.
    #[must_use]
    pub fn section(self) -> Option<&'static Section> {
        SECTIONS.get(usize::from(self.0.checked_sub(1)?))
    }

    /// The place with this name: a section's tag without regard to case, or `global`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        if name.eq_ignore_ascii_case("global") {
            return Some(Self::GLOBAL);
        }
        section(name).map(|found| found.place)
    }

    /// The tag of its section, or `global`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.section().map_or("global", |section| section.name)
    }

    /// All places: the top level, then the sections by name.
    pub fn all() -> impl Iterator<Item = Self> {
        std::iter::once(Self::GLOBAL).chain(SECTIONS.iter().map(|section| section.place))
    }
}

/// A version of PowerMTA that the catalog tells apart; in order of age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Version {
    /// 3.5
    V3_5,
    /// 4.0
    V4_0,
    /// 4.5
    V4_5,
    /// 5.0r1, the guide of 2019
    V5_0R1,
    /// 5.0, the guide of 2020
    V5_0In2020,
}

/// Since when something is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Since {
    /// First version known to have it; none where nothing dates it.
    pub version: Option<Version>,
    /// What the version alone does not say, such as `or earlier`.
    pub note: &'static str,
}

/// That something should not be used any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deprecated {
    /// Since when, in words.
    pub since: &'static str,
    /// What to write instead.
    pub replacement: Option<&'static str>,
    /// Whether the replacement takes the same value and means the same.
    pub is_equal: bool,
    /// First version that does not have it any more.
    pub removed: Option<Version>,
}

/// Where the knowledge of an entry comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Described in a vendor guide.
    Documented,
    /// Seen in configurations only.
    Observed,
    /// Known from old versions or old configurations only.
    Legacy,
}

/// How sure an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// One weak source.
    Low,
    /// Sources that differ, or one good source.
    Medium,
    /// Agreeing good sources.
    High,
}

/// A directive in one of its places.
#[derive(Clone, Copy, Debug)]
pub struct Directive {
    /// Its name in lower case. `/REGEX/` stands for a line that begins with a pattern, `*` for the
    /// catch-all of a nested pattern list.
    pub name: &'static str,
    /// Other names PowerMTA reads the same way.
    pub aliases: &'static [&'static str],
    /// Where it stands.
    pub place: Place,
    /// What its value looks like.
    pub value: ValueSpec,
    /// The syntax as shown to people.
    pub syntax: &'static str,
    /// Value when it is not set, as text; none where it is unknown.
    pub default: Option<&'static str>,
    /// What has to be set with it: of each, some line in the configuration.
    pub needs: &'static [Partner],
    /// What it has no effect without.
    pub works_with: &'static [Partner],
    /// What stands against it in the same section.
    pub contradicts: &'static [Partner],
    /// Directives of the same section whose value may not be less than its own.
    pub at_most: &'static [&'static str],
    /// Directives beside which it is ignored.
    pub ignored_with: &'static [&'static str],
    /// Directive of the same place whose value it takes when it is not set itself.
    pub default_from: Option<&'static str>,
    /// Whether what a wider scope sets goes on to apply beside it, instead of being replaced by it.
    pub adds: bool,
    /// Since when it is there.
    pub since: Option<Since>,
    /// Set when something else should be used.
    pub deprecated: Option<Deprecated>,
    /// One sentence: what it does.
    pub summary: &'static str,
    /// What surprises people.
    pub gotchas: &'static [&'static str],
    /// A line, or lines, as they stand in its place.
    pub example: &'static str,
    /// The example within its section, where that helps.
    pub block: Option<&'static str>,
    /// Whether it may be given several times in one section.
    pub repeatable: bool,
    /// What the first part of its value defines, if anything.
    pub defines: Option<ReferenceKind>,
    /// Where the facts come from.
    pub sources: &'static [&'static str],
    /// How sure they are.
    pub confidence: Confidence,
    /// What kind of knowledge it is.
    pub status: Status,
    /// How often it was counted in genuine configurations in this place.
    pub uses: u32,
}

impl Directive {
    /// Its number.
    #[must_use]
    pub fn id(&'static self) -> DirectiveId {
        let first = DIRECTIVES.as_ptr().addr();
        let distance = std::ptr::from_ref(self).addr().saturating_sub(first);
        let index = distance.checked_div(size_of::<Self>()).unwrap_or_default();
        DirectiveId(u16::try_from(index).unwrap_or(u16::MAX))
    }
}

/// Something else that belongs to a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Partner {
    /// Values of the setting itself for which this holds; empty: any.
    pub when: &'static [&'static str],
    /// Values of the setting itself for which it does not hold.
    pub unless: &'static [&'static str],
    /// Directives any of which will do.
    pub directives: &'static [&'static str],
    /// Values of theirs that will do; empty: any.
    pub values: &'static [&'static str],
    /// Words one of which their value has to hold; empty: it may be any.
    pub holding: &'static [&'static str],
    /// The section in which they have to stand; none: any.
    pub place: Option<Place>,
    /// Whether their value has to begin with an address that PowerMTA listens at.
    pub is_listener: bool,
    /// Sections at the top level any of which will do.
    pub sections: &'static [&'static str],
    /// What the argument of the setting's own section has to begin with.
    pub argument_begins: Option<&'static str>,
}

impl Partner {
    /// Whether a setting of this value needs it.
    #[must_use]
    pub fn concerns(&self, value: &str) -> bool {
        let is_one_of = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(value));
        (self.when.is_empty() || is_one_of(self.when)) && !is_one_of(self.unless)
    }

    /// Whether a value of one of its directives will do.
    #[must_use]
    pub fn takes(&self, value: &str) -> bool {
        let is_one = |word: &&str| word.eq_ignore_ascii_case(value);
        let is_sign = |sign: char| sign == ',' || sign.is_whitespace();
        let mut words = value.split(is_sign);
        (self.values.is_empty() || self.values.iter().any(is_one))
            && (self.holding.is_empty()
                || words.any(|word| {
                    let mut holding = self.holding.iter();
                    holding.any(|held| held.eq_ignore_ascii_case(word))
                }))
    }
}

/// A directive in one of its places, as a number: small enough to be kept for every line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DirectiveId(u16);

impl DirectiveId {
    /// The directive.
    #[must_use]
    pub fn directive(self) -> Option<&'static Directive> {
        DIRECTIVES.get(self.index())
    }

    /// Where it stands among [`DIRECTIVES`].
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// A set of directives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DirectiveSet([u64; 16]);

impl DirectiveSet {
    /// Adds a directive.
    pub fn insert(&mut self, directive: DirectiveId) {
        let (word, bit) = Self::place(directive);
        if let Some(word) = self.0.get_mut(word) {
            *word |= bit;
        }
    }

    /// The entries of directives with these names, in all their places.
    #[must_use]
    pub fn named<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut set = Self::default();
        for entry in names.into_iter().flat_map(directives_named) {
            set.insert(entry.id());
        }
        set
    }

    /// Whether a directive is in both sets.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.0
            .iter()
            .zip(other.0)
            .any(|(one, other)| one & other != 0)
    }

    /// Adds all of another set.
    pub fn extend(&mut self, other: &Self) {
        for (word, more) in self.0.iter_mut().zip(other.0) {
            *word |= more;
        }
    }

    /// Whether a directive is in it.
    #[must_use]
    pub fn contains(&self, directive: DirectiveId) -> bool {
        let (word, bit) = Self::place(directive);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }

    /// Whether a directive of this name is in it, in any place.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        let mut entries = directives_named(name).iter();
        entries.any(|directive| self.contains(directive.id()))
    }

    fn place(directive: DirectiveId) -> (usize, u64) {
        let word = usize::from(directive.0 / 64);
        (word, 1_u64.wrapping_shl(u32::from(directive.0)))
    }
}

/// What a section's opening tag holds after the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArgumentKind {
    /// A name that others refer to.
    Name,
    /// A set of recipient domains.
    DomainPattern,
    /// A client address range, or the name of a source.
    CidrOrName,
    /// Address or range, colon, port.
    CidrPort,
    /// A directory on the server.
    Directory,
    /// A file on the server, or `|command`.
    FileOrPipe,
}

/// One form of a section's argument.
#[derive(Clone, Copy, Debug)]
pub struct ArgumentForm {
    /// The form, as shown to people.
    pub form: &'static str,
    /// What it means.
    pub means: &'static str,
    /// A tag that shows it.
    pub example: Option<&'static str>,
}

/// Whether a section's body holds settings or rules tried in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyKind {
    /// Settings.
    Directives,
    /// Rules.
    Rules,
}

/// One possible result of a rule.
#[derive(Clone, Copy, Debug)]
pub struct RuleResult {
    /// How it is written.
    pub form: &'static str,
    /// What it does.
    pub means: &'static str,
}

/// A section.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    /// The place inside it.
    pub place: Place,
    /// Its tag, in lower case.
    pub name: &'static str,
    /// Kind of its argument; none where it takes none.
    pub argument: Option<ArgumentKind>,
    /// Whether the argument must be there.
    pub argument_required: bool,
    /// Places in which the argument is left out although it is required elsewhere.
    pub argument_optional_in: &'static [Place],
    /// Forms of the argument.
    pub argument_forms: &'static [ArgumentForm],
    /// What its argument defines.
    pub defines: &'static [ReferenceKind],
    /// Where it may stand.
    pub nests_in: &'static [Place],
    /// Place whose directives it shares (an old name of another section); usually its own.
    pub directives_of: Place,
    /// Whether only one is allowed.
    pub single: bool,
    /// How several of them work together.
    pub repeats: Option<&'static str>,
    /// Settings or rules.
    pub body: BodyKind,
    /// How rules are tried, where the body holds rules.
    pub evaluation: Option<&'static str>,
    /// Results of rules, where the body holds rules.
    pub results: &'static [RuleResult],
    /// Known words of an open set, such as the bounce categories.
    pub known_words: &'static [&'static str],
    /// Since when it is there.
    pub since: Option<Since>,
    /// Set when something else should be used.
    pub deprecated: Option<Deprecated>,
    /// One sentence: what it is for.
    pub summary: &'static str,
    /// What surprises people.
    pub gotchas: &'static [&'static str],
    /// The section with a small body.
    pub example: &'static str,
    /// Where the facts come from.
    pub sources: &'static [&'static str],
    /// How sure they are.
    pub confidence: Confidence,
    /// What kind of knowledge it is.
    pub status: Status,
    /// How often it was counted in genuine configurations.
    pub uses: u32,
}

/// A kind of accounting record and the fields it may hold.
#[derive(Clone, Copy, Debug)]
pub struct RecordType {
    /// `d`
    pub short: &'static str,
    /// `delivery`
    pub long: &'static str,
    /// What is recorded.
    pub means: &'static str,
    /// Its fields; `header_*` and `arf_*` are open families.
    pub fields: &'static [&'static str],
}

/// A field of an accounting record.
#[derive(Clone, Copy, Debug)]
pub struct RecordField {
    /// Its name, as in the guide.
    pub name: &'static str,
    /// What it holds.
    pub means: &'static str,
}

/// What a value refers to, or a section or directive defines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReferenceKind {
    /// A `<virtual-mta>`.
    VirtualMta,
    /// A `<virtual-mta>` or `<virtual-mta-pool>`: one name space.
    VirtualMtaOrPool,
    /// A named `<source>`.
    Source,
    /// A `<pattern-list>`.
    PatternList,
    /// An `<smtp-pattern-list>`.
    SmtpPatternList,
    /// A named `<address-list>` at the top level.
    AddressList,
    /// A `<rewrite-list>`.
    RewriteList,
    /// A `<proxy>`.
    Proxy,
    /// A `<signals-filter>`.
    SignalsFilter,
    /// A `<source-group>`.
    SourceGroup,
    /// A `domain-macro`.
    DomainMacro,
    /// A `<domain-key-list>`, which only messages name.
    DomainKeyList,
    /// An `<smtp-user>`, whom only clients name.
    SmtpUser,
    /// A category of bounces, made by the rules that name it.
    BounceCategory,
    /// A queue: usually a `<domain>` of that name, else what DNS resolves.
    Queue,
    /// A file on the server.
    File,
    /// A directory on the server.
    Directory,
}

impl ReferenceKind {
    /// What is named, in a word or two, as it stands within a sentence.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::VirtualMta => "VirtualMTA",
            Self::VirtualMtaOrPool => "VirtualMTA or pool",
            Self::Source => "source",
            Self::PatternList => "pattern list",
            Self::SmtpPatternList => "SMTP pattern list",
            Self::AddressList => "address list",
            Self::RewriteList => "rewrite list",
            Self::Proxy => "proxy",
            Self::SignalsFilter => "signals filter",
            Self::SourceGroup => "source group",
            Self::DomainMacro => "domain macro",
            Self::DomainKeyList => "domain key list",
            Self::SmtpUser => "SMTP user",
            Self::BounceCategory => "bounce category",
            Self::Queue => "queue",
            Self::File => "file",
            Self::Directory => "folder",
        }
    }
}

/// The shape of a value. `value.rs` gives each its meaning.
#[derive(Clone, Copy, Debug)]
pub enum ValueKind {
    /// `yes`, `no`, `true`, `false`.
    Bool,
    /// A decimal count.
    Int,
    /// One of the words of the spec.
    Enum,
    /// Exactly these characters.
    Literal(&'static str),
    /// One token without blanks or commas, or a quoted string.
    Word,
    /// Free text to the end of the line.
    String,
    /// `1w2d12h`.
    Duration,
    /// `250M`.
    Size,
    /// `500/h`, `100/15m`.
    Rate,
    /// `10g/2h`.
    DataRate,
    /// `50/day`.
    DailyLimit,
    /// An address without brackets.
    Ip,
    /// An address range; octets may be cut short.
    Cidr,
    /// A TCP port.
    Port,
    /// A host name.
    HostName,
    /// A domain or queue name.
    DomainName,
    /// A set of domains.
    DomainPattern,
    /// A mail address.
    Email,
    /// The left side of a mail address.
    LocalPart,
    /// An envelope address with `*` for a whole side.
    AddressGlob,
    /// A Perl-compatible expression between slashes.
    Regex,
    /// The name of a header field.
    HeaderName,
    /// An absolute http or https address.
    Url,
    /// Cipher names joined by colons.
    OpensslList,
    /// A key in a Vault store.
    VaultPath,
    /// The name of a domain macro.
    MacroName,
    /// A domain, a part of one, or `$macro`.
    MacroItem,
    /// A column of an accounting file.
    RecordField,
    /// A bounce category.
    Category,
    /// The name of something defined elsewhere.
    Ref(ReferenceKind),
    /// A command line to run.
    Program,
    /// Items joined by the separator.
    List {
        /// Shape of an item.
        item: &'static ValueSpec,
        /// What stands between items: `,` or `;`.
        separator: char,
        /// Most items allowed.
        max_items: Option<u32>,
    },
    /// Parts in fixed order, each joined to the one before by its separator.
    Composite(&'static [Part]),
    /// The first alternative that fits.
    AnyOf(&'static [ValueSpec]),
    /// The opening tag of an unnamed section that ends the line; the section's tag.
    InlineSection(&'static str),
}

/// One part of a composite value.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// What it is called in messages and help.
    pub name: &'static str,
    /// What joins it to the part before: a blank, a punctuation sign, or nothing.
    pub separator: &'static str,
    /// Whether it may be left out.
    pub optional: bool,
    /// Its shape.
    pub value: ValueSpec,
}

/// A word that a value accepts, with its meaning where it is not plain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word.
    pub text: &'static str,
    /// What it means; empty where the word says it.
    pub means: &'static str,
    /// First version that takes it, where it came later than the directive.
    pub since: Option<Version>,
}

/// What a value looks like: a kind, refined.
#[derive(Clone, Copy, Debug)]
pub struct ValueSpec {
    /// The kind.
    pub kind: ValueKind,
    /// Words accepted besides the kind; for an enum, all of them.
    pub words: &'static [Word],
    /// Smallest number.
    pub min: Option<u64>,
    /// Largest number.
    pub max: Option<u64>,
    /// Unit of a bare number, in words.
    pub unit: Option<&'static str>,
    /// A narrower regular expression (PCRE) for the whole value.
    pub pattern: Option<&'static str>,
    /// That a number without unit is accepted too, and what it means.
    pub bare: Option<&'static str>,
    /// Whether `""` is accepted and clears an inherited value.
    pub clear: bool,
    /// Whether the value is confidential.
    pub secret: bool,
    /// Literal text glued in front, such as `virtual-mta=`.
    pub prefix: Option<&'static str>,
    /// Whether a blank may follow the prefix.
    pub prefix_blank: bool,
    /// Run-time variables replaced in the value.
    pub variables: &'static [&'static str],
    /// Whether `$macro` is expanded in the value.
    pub macros: bool,
    /// Whether the name may be of something that does not exist.
    pub unchecked: bool,
    /// Words that must stand earlier in the same list.
    pub before: &'static [&'static str],
    /// Words of the same list that may not accompany it.
    pub excludes: &'static [&'static str],
    /// Whether it may stand only once in its list.
    pub once: bool,
    /// What it means, where its name does not say it.
    pub means: &'static str,
    /// First version that takes this form, where it came later than the directive.
    pub since: Option<Version>,
}

impl ValueSpec {
    /// A spec of this kind with nothing refined.
    #[must_use]
    pub const fn of(kind: ValueKind) -> Self {
        Self {
            kind,
            words: &[],
            min: None,
            max: None,
            unit: None,
            pattern: None,
            bare: None,
            clear: false,
            secret: false,
            prefix: None,
            prefix_blank: false,
            variables: &[],
            macros: false,
            unchecked: false,
            before: &[],
            excludes: &[],
            once: false,
            means: "",
            since: None,
        }
    }
}

/// Text about a value kind, for people.
#[derive(Clone, Copy, Debug)]
pub struct KindText {
    /// Its name in the catalog, such as `data-rate`.
    pub name: &'static str,
    /// Its grammar.
    pub grammar: &'static str,
    /// What it is.
    pub meaning: &'static str,
    /// Its units, where it has any.
    pub unit: Option<&'static str>,
    /// Values that fit.
    pub valid: &'static [&'static str],
    /// Values that do not.
    pub invalid: &'static [&'static str],
}

/// What repairs an invented directive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FolkloreFix {
    /// The genuine name, same value.
    Rename,
    /// The genuine name, another value.
    RenameAndConvert,
    /// Several lines become one.
    Merge,
    /// Needs a section of its own.
    Restructure,
    /// Stands elsewhere.
    Move,
    /// Means nothing to PowerMTA.
    Delete,
}

/// A directive that the web teaches and PowerMTA does not have, or not here.
#[derive(Clone, Copy, Debug)]
pub struct FolkloreDirective {
    /// The name, lower case, as it is looked up (underscores already as hyphens).
    pub name: &'static str,
    /// Places in which it is folklore although genuine elsewhere; empty: everywhere.
    pub only_in: &'static [&'static str],
    /// A line as the web shows it.
    pub example: &'static str,
    /// The genuine directive, or the section (`<tag>`), that does it.
    pub replacement: Option<&'static str>,
    /// Where the replacement stands.
    pub replacement_places: &'static [Place],
    /// How the value changes, in words.
    pub conversion: Option<&'static str>,
    /// What repairs it.
    pub fix: FolkloreFix,
    /// Whether renaming alone keeps the meaning, with any value.
    pub equal_meaning: bool,
    /// Why it is wrong and what to do, in a sentence or two.
    pub explanation: &'static str,
    /// Program or service whose configuration it was borrowed from.
    pub borrowed_from: Option<&'static str>,
    /// What its value names, where it refers to something.
    pub references: Option<ReferenceKind>,
    /// How sure this is.
    pub confidence: Confidence,
}

/// A section that the web teaches and PowerMTA does not have.
#[derive(Clone, Copy, Debug)]
pub struct FolkloreSection {
    /// Its tag or first word, lower case.
    pub name: &'static str,
    /// The form, as shown to people.
    pub form: &'static str,
    /// A small example.
    pub example: &'static str,
    /// What to write instead.
    pub genuine: Option<&'static str>,
    /// The genuine section whose directives its body holds, where there is one.
    pub body_of: Option<Place>,
    /// How the block changes, in words.
    pub conversion: &'static str,
    /// Whether renaming both tags is all there is to do.
    pub rename_pair: bool,
    /// What its argument defines.
    pub defines: Option<ReferenceKind>,
    /// How sure this is.
    pub confidence: Confidence,
}

/// A wrong value, or wrong place, of a genuine directive that the web teaches.
#[derive(Clone, Copy, Debug)]
pub struct FolkloreValue {
    /// The directives it is about.
    pub directives: &'static [&'static str],
    /// Places in which it is wrong; empty: everywhere the directive is allowed.
    pub places: &'static [Place],
    /// PCRE for the value, anchored at both ends; group `wrong` is the wrong part (else all of it).
    pub pattern: &'static str,
    /// Text for the wrong part (`$1`… as in the pattern), where one is obvious.
    pub replacement: Option<&'static str>,
    /// Whether the replacement keeps what was meant.
    pub safe: bool,
    /// The wrong line.
    pub example: &'static str,
    /// The genuine lines.
    pub genuine: &'static str,
    /// Why, in a sentence.
    pub explanation: &'static str,
}

/// A genuine directive in the place where the web puts it, and where it belongs.
#[derive(Clone, Copy, Debug)]
pub struct FolkloreScope {
    /// The directive.
    pub directive: &'static str,
    /// Where the web puts it.
    pub place: Place,
    /// What to write instead.
    pub genuine: &'static str,
    /// Genuine name for the same thing in that very place, where there is one.
    pub rename_to: Option<&'static str>,
    /// The section in which the line can be put where it stands, or above, without asking.
    pub into: Option<Place>,
    /// Why, in a sentence.
    pub explanation: &'static str,
}

/// What to write for a line that PowerMTA does not take, or what a person must decide first.
#[derive(Clone, Copy, Debug)]
pub struct FolkloreConversion {
    /// Directives it is about, invented or genuine, or `<sections>`, which are invented.
    pub names: &'static [&'static str],
    /// Tags of the sections in which it is so, `global` the top level; empty: everywhere.
    pub places: &'static [&'static str],
    /// PCRE for the value without quotes, anchored at both ends; none: any value.
    pub pattern: Option<&'static str>,
    /// The lines to write, with `$1`… as in the pattern, `~1` the same as a regular expression, and
    /// `{argument}` for what the section around them is called.
    pub lines: &'static [&'static str],
    /// Where the lines belong.
    pub into: Option<Place>,
    /// Argument of that section, where it has to be written.
    pub argument: Option<&'static str>,
    /// Lines of the top level that the lines need.
    pub above: &'static [&'static str],
    /// Whether nothing is lost with the line.
    pub delete: bool,
    /// What a person must decide, as a sentence.
    pub decision: Option<&'static str>,
}

mod lookup;

pub use lookup::{
    directive_in, directives_named, directives_of, entry_in, folklore_directive, folklore_scope,
    folklore_section, is_known_name, nearest_directives, nearest_sections, record_field,
    record_type, section,
};
