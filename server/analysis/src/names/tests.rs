//! Names against a model that knows what was meant: a generator decides first which names there are
//! and what each use means, and writes the text second.

#![allow(
    clippy::arithmetic_side_effects,
    reason = "a test that overflows should fail"
)]

use std::path::Path;

use super::{definitions, sites};
use crate::catalog::ReferenceKind;
use crate::text::TextRange;
use crate::workspace::test_support::Disk;
use crate::workspace::{FileId, FileRange, Workspace};

/// A name as it was written into a file.
#[derive(Clone, Debug)]
struct Meant {
    kind: ReferenceKind,
    name: String,
    is_definition: bool,
    file: usize,
    range: TextRange,
}

/// Files, the roots among them, and every name in them.
struct Model {
    files: Vec<(&'static str, String)>,
    /// The files of each root, the root first.
    roots: Vec<Vec<usize>>,
    names: Vec<Meant>,
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.throw(words.len())]
    }
}

const ROOT: usize = 0;
const MTAS: usize = 1;
const LISTS: usize = 2;
const SHARED: usize = 3;
const FRAGMENT: usize = 4;
const OTHER_ROOT: usize = 5;
const OTHER_MTAS: usize = 6;

const PATHS: [&str; 7] = [
    "/etc/pmta/config",
    "/etc/pmta/mtas/a.conf",
    "/etc/pmta/lists.conf",
    "/etc/pmta/shared.conf",
    "/etc/pmta/fragment.inc",
    "/etc/pmta/other/config",
    "/etc/pmta/other/mtas.conf",
];

/// Few names for many things, so that kinds share them; some differ in case alone.
const NAMES: [&str; 7] = ["a", "b", "A", "main", "a-b", "main.1", "list_1"];
/// Names of macros; one begins with another.
const MACROS: [&str; 4] = ["isp", "ispx", "Tld", "tld"];

/// Writes names into files and remembers where.
struct Writer {
    dice: Dice,
    texts: Vec<String>,
    names: Vec<Meant>,
}

impl Writer {
    fn put(&mut self, file: usize, text: &str) {
        self.texts[file].push_str(text);
    }

    fn name(&mut self, file: usize, kind: ReferenceKind, name: &str, is_definition: bool) {
        let is_quoted = kind != ReferenceKind::DomainMacro && self.dice.throw(3) == 0;
        let sign = if is_quoted { "\"" } else { "" };
        self.put(file, sign);
        self.put_name(file, kind, name, is_definition);
        self.put(file, sign);
    }

    fn put_name(&mut self, file: usize, kind: ReferenceKind, name: &str, is_definition: bool) {
        let start = self.texts[file].len();
        self.put(file, name);
        self.names.push(Meant {
            kind,
            name: name.to_owned(),
            is_definition,
            file,
            range: TextRange::of(start, self.texts[file].len()),
        });
    }

    fn any_name(&mut self) -> &'static str {
        self.dice.of(&NAMES)
    }

    /// `$macro`, alone or inside a word.
    fn use_macro(&mut self, file: usize, before: &str, after: &str) {
        let name = self.dice.of(&MACROS);
        self.put(file, before);
        self.put(file, "$");
        self.put_name(file, ReferenceKind::DomainMacro, name, false);
        self.put(file, after);
    }

    fn noise(&mut self, file: usize) {
        let name = self.any_name();
        match self.dice.throw(4) {
            0 => self.put(file, &format!("# virtual-mta {name} $isp\n")),
            1 => self.put(file, "{% if campaign %}\n"),
            2 => self.put(file, "\n"),
            _ => {}
        }
    }

    fn macro_line(&mut self, file: usize) {
        let name = self.dice.of(&MACROS);
        self.put(file, "domain-macro ");
        self.name(file, ReferenceKind::DomainMacro, name, true);
        self.put(file, " example.com,");
        self.use_macro(file, "mail.", ".example");
        self.put(file, ", ");
        self.use_macro(file, "", "");
        self.put(file, "\n");
    }

    fn virtual_mta(&mut self, file: usize) {
        let name = self.any_name();
        self.put(file, "<virtual-mta ");
        self.name(file, ReferenceKind::VirtualMta, name, true);
        self.put(file, ">\n    smtp-source-host 192.0.2.1 mta.example.com\n");
        if file == MTAS && self.dice.throw(2) == 0 {
            self.put(file, "    include fragment.inc\n");
        }
        self.put(file, "    <domain ");
        self.use_macro(file, "", ".");
        self.use_macro(file, "", "");
        self.put(file, ">\n        smtp-pattern-list ");
        let name = self.any_name();
        self.name(file, ReferenceKind::SmtpPatternList, name, false);
        self.put(file, "\n    </domain>\n</virtual-mta>\n");
    }

    fn pool(&mut self, file: usize) {
        let name = self.any_name();
        self.put(file, "<virtual-mta-pool ");
        self.name(file, ReferenceKind::VirtualMtaOrPool, name, true);
        self.put(file, ">\n");
        for _ in 0..self.dice.throw(4) {
            let name = self.any_name();
            self.put(file, "\tvirtual-mta ");
            self.name(file, ReferenceKind::VirtualMta, name, false);
            self.put(file, "\n");
        }
        self.put(file, "</virtual-mta-pool>\n");
    }

    fn source(&mut self, file: usize) {
        let name = self.any_name();
        self.put(file, "<source ");
        self.name(file, ReferenceKind::Source, name, true);
        self.put(file, ">\n    default-virtual-mta ");
        let name = self.any_name();
        self.name(file, ReferenceKind::VirtualMtaOrPool, name, false);
        self.put(file, "\n    pattern-list ");
        let name = self.any_name();
        self.name(file, ReferenceKind::PatternList, name, false);
        self.put(file, "\n</source>\n");
    }

    fn pattern_list(&mut self, file: usize) {
        let name = self.any_name();
        self.put(file, "<pattern-list ");
        self.name(file, ReferenceKind::PatternList, name, true);
        self.put(file, ">\n    mail-from /@example\\.com$/ virtual-mta=");
        let name = self.any_name();
        self.put_name(file, ReferenceKind::VirtualMtaOrPool, name, false);
        self.put(file, "\n</pattern-list>\n<smtp-pattern-list ");
        let name = self.any_name();
        self.name(file, ReferenceKind::SmtpPatternList, name, true);
        self.put(
            file,
            ">\n    reply /a b/ mode=backoff\n</smtp-pattern-list>\n",
        );
    }

    fn proxy(&mut self, file: usize) {
        let name = self.any_name();
        self.put(file, "<proxy ");
        self.name(file, ReferenceKind::Proxy, name, true);
        self.put(
            file,
            ">\n    server 192.0.2.9:5000\n    client 192.0.2.1 mta.example.com\n</proxy>\nuse-proxy ",
        );
        let name = self.any_name();
        self.put_name(file, ReferenceKind::Proxy, name, false);
        self.put(file, ",");
        let name = self.any_name();
        self.put_name(file, ReferenceKind::Proxy, name, false);
        self.put(file, "\n");
    }

    fn any_section(&mut self, file: usize) {
        match self.dice.throw(6) {
            0 => self.macro_line(file),
            1 => self.virtual_mta(file),
            2 => self.pool(file),
            3 => self.source(file),
            4 => self.pattern_list(file),
            _ => self.proxy(file),
        }
        self.noise(file);
    }
}

fn model(seed: u64) -> Model {
    let mut writer = Writer {
        dice: Dice(seed),
        texts: vec![String::new(); PATHS.len()],
        names: Vec::new(),
    };
    writer.put(ROOT, "include mtas/*.conf\ninclude \"lists.conf\"\n");
    writer.put(OTHER_ROOT, "include ../shared.conf\ninclude mtas.conf\n");
    for file in [ROOT, MTAS, LISTS, SHARED, OTHER_ROOT, OTHER_MTAS] {
        for _ in 0..4 {
            writer.any_section(file);
        }
    }
    // It stands in a VirtualMTA and in a pool.
    writer.put(
        ROOT,
        "<virtual-mta-pool fragments>\n    include fragment.inc\n</virtual-mta-pool>\n",
    );
    writer.put(FRAGMENT, "rewrite-list ");
    let name = writer.any_name();
    writer.name(FRAGMENT, ReferenceKind::RewriteList, name, false);
    writer.put(FRAGMENT, "\n");
    writer.put(LISTS, "<rewrite-list ");
    let name = writer.any_name();
    writer.name(LISTS, ReferenceKind::RewriteList, name, true);
    writer.put(
        LISTS,
        ">\n    mail-from *@old.example *@new.example\n</rewrite-list>\n",
    );
    writer.put(ROOT, "include shared.conf\n");
    let pool = "fragments";
    let at = writer.texts[ROOT].find(pool).expect("the pool");
    writer.names.push(Meant {
        kind: ReferenceKind::VirtualMtaOrPool,
        name: pool.to_owned(),
        is_definition: true,
        file: ROOT,
        range: TextRange::of(at, at + pool.len()),
    });
    Model {
        files: PATHS.into_iter().zip(writer.texts).collect(),
        roots: vec![
            vec![ROOT, MTAS, LISTS, SHARED, FRAGMENT],
            vec![OTHER_ROOT, SHARED, OTHER_MTAS],
        ],
        names: writer.names,
    }
}

impl Model {
    /// What a name means: every definition of it in the roots that its file is part of.
    fn meaning(&self, name: &Meant) -> Vec<FileRangeOf> {
        let alike = self.names.iter().filter(|other| {
            other.is_definition && self.is_same(name, other) && self.share_root(name, other)
        });
        sorted(alike.map(|other| (other.file, other.range)).collect())
    }

    fn everywhere(&self, name: &Meant) -> Vec<FileRangeOf> {
        let alike = self
            .names
            .iter()
            .filter(|other| self.is_same(name, other) && self.share_root(name, other));
        sorted(alike.map(|other| (other.file, other.range)).collect())
    }

    fn is_same(&self, one: &Meant, other: &Meant) -> bool {
        let space = |kind| match kind {
            ReferenceKind::VirtualMtaOrPool => ReferenceKind::VirtualMta,
            kind => kind,
        };
        one.name == other.name && space(one.kind) == space(other.kind)
    }

    fn share_root(&self, one: &Meant, other: &Meant) -> bool {
        let holds = |root: &&Vec<usize>| root.contains(&one.file) && root.contains(&other.file);
        self.roots.iter().any(|root| holds(&root))
    }

    fn workspace(&self) -> (Workspace, Vec<FileId>) {
        let files: Vec<_> = self
            .files
            .iter()
            .map(|(path, text)| (*path, text.as_str()))
            .collect();
        let disk = Disk::of(&files);
        let mut workspace = Workspace::new(None, Vec::new());
        for root in &self.roots {
            let path = Path::new(self.files[root[0]].0);
            workspace.add_root(path, &disk).expect("a root");
        }
        let ids = PATHS.map(|path| workspace.file_at(Path::new(path), &disk).expect("a file"));
        (workspace, ids.to_vec())
    }
}

/// A range of a file of the model.
type FileRangeOf = (usize, TextRange);

fn sorted(mut ranges: Vec<FileRangeOf>) -> Vec<FileRangeOf> {
    ranges.sort_unstable();
    ranges
}

/// Something that resolves names: the definitions of a name, and all that is the same.
struct Resolver<'a> {
    definitions: &'a dyn Fn(&Workspace, FileId, &Meant) -> Vec<FileRange>,
    sites: &'a dyn Fn(&Workspace, FileId, &Meant) -> Vec<FileRange>,
}

fn defined(workspace: &Workspace, file: FileId, name: &Meant) -> Vec<FileRange> {
    let found = definitions(workspace, file, name.kind, &[&name.name]);
    found.into_iter().map(|found| found.name).collect()
}

fn everywhere(workspace: &Workspace, file: FileId, name: &Meant) -> Vec<FileRange> {
    let found = sites(workspace, file, name.kind, &name.name);
    found.into_iter().map(|site| site.name).collect()
}

/// The first name of the model that the resolver gets wrong.
fn first_mistake(resolver: &Resolver<'_>, seed: u64) -> Option<String> {
    let model = model(seed);
    let (workspace, ids) = model.workspace();
    let told = |found: Vec<FileRange>| {
        let index = |file| ids.iter().position(|id| *id == file).expect("a file");
        sorted(
            found
                .into_iter()
                .map(|it| (index(it.file), it.range))
                .collect(),
        )
    };
    model.names.iter().find_map(|name| {
        let file = ids[name.file];
        let own = (name.file, name.range);
        let defined = told((resolver.definitions)(&workspace, file, name));
        let sites = told((resolver.sites)(&workspace, file, name));
        if defined != model.meaning(name) {
            return Some(format!("{name:?} is defined at {defined:?}"));
        }
        if sites != model.everywhere(name) || !sites.contains(&own) {
            return Some(format!("{name:?} stands at {sites:?}"));
        }
        // From each of its definitions one comes back.
        let lost = defined.iter().find(|(file, range)| {
            let definition = Meant {
                file: *file,
                range: *range,
                ..name.clone()
            };
            !told((resolver.sites)(&workspace, ids[*file], &definition)).contains(&own)
        });
        lost.map(|lost| format!("{name:?} is no reference to {lost:?}"))
    })
}

const SEEDS: std::ops::Range<u64> = 0..200;

#[test]
fn every_name_means_what_was_meant() {
    let resolver = Resolver {
        definitions: &defined,
        sites: &everywhere,
    };
    for seed in SEEDS {
        assert_eq!(first_mistake(&resolver, seed), None, "seed {seed}");
    }
}

/// What a resolver may get wrong, each on top of the right one: the model finds it out.
#[test]
fn mistakes_of_a_resolver_are_caught() {
    type Resolve<'a> = &'a dyn Fn(&Workspace, FileId, &Meant) -> Vec<FileRange>;
    let other_case = |name: &Meant| Meant {
        name: name.name.to_lowercase(),
        ..name.clone()
    };
    let ignores_case: Resolve<'_> =
        &|workspace, file, name| defined(workspace, file, &other_case(name));
    let own_file_only: Resolve<'_> = &|workspace, file, name| {
        let found = defined(workspace, file, name).into_iter();
        found.filter(|it| it.file == file).collect()
    };
    let mixes_spaces: Resolve<'_> = &|workspace, file, name| {
        let kinds = [name.kind, ReferenceKind::Source, ReferenceKind::VirtualMta];
        let mut found: Vec<FileRange> = kinds
            .into_iter()
            .flat_map(|kind| {
                defined(
                    workspace,
                    file,
                    &Meant {
                        kind,
                        ..name.clone()
                    },
                )
            })
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    };
    let first_root_only: Resolve<'_> = &|workspace, file, name| {
        let root = workspace.roots_with(file).next().expect("a root");
        let found = defined(workspace, file, name).into_iter();
        found.filter(|it| root.files.contains(&it.file)).collect()
    };
    let first_definition_only: Resolve<'_> = &|workspace, file, name| {
        let mut found = defined(workspace, file, name);
        found.truncate(1);
        found
    };
    let wrong_definitions = [
        ignores_case,
        own_file_only,
        mixes_spaces,
        first_root_only,
        first_definition_only,
    ];
    let no_macros_in_words: Resolve<'_> = &|workspace, file, name| {
        let found = everywhere(workspace, file, name).into_iter();
        found
            .filter(|it| {
                let document = workspace.document(it.file).expect("a document");
                let before = (it.range.start as usize).saturating_sub(2)..it.range.start as usize;
                let before = document.slice(before);
                name.kind != ReferenceKind::DomainMacro || !before.ends_with(".$")
            })
            .collect()
    };
    let resolvers = wrong_definitions
        .into_iter()
        .map(|definitions| Resolver {
            definitions,
            sites: &everywhere,
        })
        .chain(std::iter::once(Resolver {
            definitions: &defined,
            sites: no_macros_in_words,
        }));
    for (index, resolver) in resolvers.enumerate() {
        let mistake = SEEDS
            .into_iter()
            .find_map(|seed| first_mistake(&resolver, seed));
        assert!(mistake.is_some(), "mistake {index} was not caught");
    }
}
