//! What the web invented, as written in `folklore/*.toml`.

use std::collections::BTreeMap;
use std::path::Path;

use serde::de::DeserializeOwned;
use toml::Value;

use crate::files;
use crate::load::all;
use crate::tables;

/// All of it.
pub(crate) struct Folklore {
    /// By name.
    pub(crate) directives: BTreeMap<String, tables::FolkloreDirective>,
    /// By tag or first word.
    pub(crate) sections: BTreeMap<String, tables::FolkloreSection>,
    /// In the order in which they are tried.
    pub(crate) values: Vec<tables::FolkloreValue>,
    /// In the order of the file.
    pub(crate) scopes: Vec<tables::FolkloreScope>,
    /// In the order in which they are tried.
    pub(crate) conversions: Vec<tables::FolkloreConversion>,
}

/// Reads the folder.
pub(crate) fn load(folder: &Path) -> Result<Folklore, String> {
    Ok(Folklore {
        directives: all(files::sorted(folder, "directives.toml")?)?,
        sections: all(files::sorted(folder, "sections.toml")?)?,
        values: rows(folder, "values.toml")?,
        scopes: rows(folder, "scopes.toml")?,
        conversions: rows(folder, "conversions.toml")?,
    })
}

/// The `[[row]]`s of a file.
fn rows<T: DeserializeOwned>(folder: &Path, name: &str) -> Result<Vec<T>, String> {
    let (_, mut table) = files::read(folder, name)?;
    let Some(Value::Array(rows)) = table.remove("row") else {
        return Err(format!("{name} holds nothing but [[row]]s"));
    };
    if let Some(key) = table.keys().next() {
        return Err(format!("{name}: `{key}` stands outside of a [[row]]"));
    }
    rows.into_iter()
        .map(|row| {
            let label = ["example", "genuine", "pattern"]
                .iter()
                .find_map(|key| row.get(key));
            let label = label.and_then(Value::as_str).unwrap_or("row").to_owned();
            match row {
                Value::Table(row) => files::entry(name, &label, row),
                _ => Err(format!("{name}: a row is a table")),
            }
        })
        .collect()
}
