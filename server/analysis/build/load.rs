//! Everything the folder holds, in order and with nothing left to look up.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use toml::{Table, Value};

use crate::files::{self, File};
use crate::folklore::{self, Folklore};
use crate::spec::{Spec, Vocabulary};
use crate::tables;

/// Files that hold no directives.
const OTHER_FILES: [&str; 4] = ["kinds.toml", "records.toml", "sections.toml", "shared.toml"];

/// The catalog.
pub(crate) struct Catalog {
    /// By tag.
    pub(crate) sections: BTreeMap<String, tables::Section>,
    /// By name without regard to case, then place.
    pub(crate) directives: Vec<Directive>,
    /// By name.
    pub(crate) kinds: BTreeMap<String, tables::Kind>,
    /// In the order of the file.
    pub(crate) record_types: Vec<RecordType>,
    /// Names and meanings, in the order of the file.
    pub(crate) record_fields: Vec<(String, String)>,
    /// What the web invented.
    pub(crate) folklore: Folklore,
}

/// A directive in one place.
pub(crate) struct Directive {
    pub(crate) name: String,
    pub(crate) place: String,
    pub(crate) value: Spec,
    pub(crate) table: tables::Directive,
}

/// A kind of accounting record.
pub(crate) struct RecordType {
    pub(crate) short: String,
    pub(crate) long: String,
    pub(crate) means: String,
    pub(crate) fields: Vec<String>,
}

/// Reads all of `folder`.
pub(crate) fn load(folder: &Path) -> Result<Catalog, String> {
    let sections: BTreeMap<String, tables::Section> = all(files::sorted(folder, "sections.toml")?)?;
    let kinds = all(files::sorted(folder, "kinds.toml")?)?;
    let shared = files::sorted(folder, "shared.toml")?.entries;
    let (record_types, record_fields) = records(folder)?;
    let vocabulary = Vocabulary {
        shared: &shared,
        record_types: record_types
            .iter()
            .map(|kind| (kind.short.clone(), kind.long.clone(), kind.means.clone()))
            .collect(),
        sections: sections.keys().cloned().collect(),
    };
    let places = place_files(folder, &sections)?;
    let mut directives = Vec::new();
    for (place, file) in &places {
        for name in file.entries.keys() {
            let table = follow_like(&places, place, name)?;
            let mut table: tables::Directive = files::entry(&file.name, name, table)?;
            let at = format!("{}: [{name}]", file.name);
            let value = vocabulary.spec(
                &at,
                &std::mem::replace(&mut table.value, Value::Boolean(true)),
            )?;
            directives.push(Directive {
                name: name.clone(),
                place: place.clone(),
                value,
                table,
            });
        }
    }
    directives.sort_by_key(|one| {
        (
            one.name.to_ascii_lowercase(),
            place_order(&one.place).to_owned(),
        )
    });
    let folklore = folklore::load(&folder.join("folklore"))?;
    Ok(Catalog {
        sections,
        directives,
        kinds,
        record_types,
        record_fields,
        folklore,
    })
}

/// The top level comes before the sections.
fn place_order(place: &str) -> &str {
    if place == "global" { "" } else { place }
}

/// All entries of a file as what they have to be.
pub(crate) fn all<T: serde::de::DeserializeOwned>(
    file: File,
) -> Result<BTreeMap<String, T>, String> {
    let File {
        name: file,
        entries,
    } = file;
    entries
        .into_iter()
        .map(|(name, table)| files::entry(&file, &name, table).map(|entry| (name, entry)))
        .collect()
}

/// The files of directives by place.
fn place_files(
    folder: &Path,
    sections: &BTreeMap<String, tables::Section>,
) -> Result<BTreeMap<String, File>, String> {
    let mut names = BTreeSet::new();
    for file in
        std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?
    {
        let name = file.map_err(|error| error.to_string())?.file_name();
        let name = name.to_string_lossy().into_owned();
        if name.ends_with(".toml") && !OTHER_FILES.contains(&name.as_str()) {
            names.insert(name);
        }
    }
    let mut places = BTreeMap::new();
    for name in names {
        let place = name.trim_end_matches(".toml").to_owned();
        if place != "global" && !sections.contains_key(&place) {
            return Err(format!("{name}: sections.toml has no <{place}>"));
        }
        places.insert(place, files::sorted(folder, &name)?);
    }
    Ok(places)
}

/// The entry laid over the one of the same name in the place that it is `like`.
fn follow_like(places: &BTreeMap<String, File>, place: &str, name: &str) -> Result<Table, String> {
    let mut layers: Vec<Table> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut next = Some(place.to_owned());
    while let Some(place) = next.take() {
        if !seen.insert(place.clone()) {
            return Err(format!("{place}.toml: [{name}]: `like` leads in a circle"));
        }
        let entry = places.get(&place).and_then(|file| file.entries.get(name));
        let Some(mut entry) = entry.cloned() else {
            return Err(format!(
                "{place}.toml has no [{name}], which another place is like"
            ));
        };
        next = entry
            .remove("like")
            .and_then(|like| like.as_str().map(str::to_owned));
        layers.push(entry);
    }
    let mut merged = Table::new();
    for mut layer in layers.into_iter().rev() {
        // Counted for each place of its own.
        merged.remove("uses");
        if let Some(Value::Array(without)) = layer.remove("without") {
            for key in without.iter().filter_map(Value::as_str) {
                if merged.remove(key).is_none() {
                    return Err(format!(
                        "{place}.toml: [{name}]: there is no `{key}` to be without"
                    ));
                }
            }
        }
        merged.extend(layer);
    }
    Ok(merged)
}

type Records = (Vec<RecordType>, Vec<(String, String)>);

/// `records.toml`, whose order is that of the guide.
fn records(folder: &Path) -> Result<Records, String> {
    const FILE: &str = "records.toml";
    let (text, mut table) = files::read(folder, FILE)?;
    let (Some(Value::Table(types)), Some(Value::Table(fields))) =
        (table.remove("types"), table.remove("fields"))
    else {
        return Err(format!("{FILE} holds [types.NAME] and [fields]"));
    };
    let order = |needle: &str| text.find(needle).unwrap_or(usize::MAX);
    let mut done: Vec<RecordType> = Vec::new();
    let mut types: Vec<(String, Value)> = types.into_iter().collect();
    types.sort_by_key(|(short, _)| order(&format!("[types.{short}]")));
    for (short, entry) in types {
        let Value::Table(entry) = entry else {
            return Err(format!("{FILE}: [types.{short}] is no table"));
        };
        let entry: tables::RecordType = files::entry(FILE, &short, entry)?;
        let known = match (entry.fields, entry.fields_like) {
            (Some(fields), None) => fields,
            (None, Some(like)) => match done.iter().find(|other| other.short == like) {
                Some(other) => other.fields.clone(),
                None => {
                    return Err(format!(
                        "{FILE}: [types.{short}] is like `{like}`, not before it"
                    ));
                }
            },
            _ => {
                return Err(format!(
                    "{FILE}: [types.{short}] needs `fields` or `fields-like`"
                ));
            }
        };
        done.push(RecordType {
            short,
            long: entry.long,
            means: entry.means,
            fields: known,
        });
    }
    let mut columns = Vec::new();
    for (name, means) in fields {
        let Value::String(means) = means else {
            return Err(format!("{FILE}: the meaning of `{name}` is no text"));
        };
        columns.push((name, means));
    }
    columns.sort_by_key(|(name, _)| {
        order(&format!("\n{name} = ")).min(order(&format!("\n\"{name}\" = ")))
    });
    Ok((done, columns))
}
