//! The program as people and programs run it.

mod check;
mod effective_settings;
mod explain;
#[cfg(test)]
mod fix;
#[cfg(test)]
mod fmt;
mod includes;
mod json;
mod reports;
#[cfg(test)]
mod sandbox;
mod sarif_schema;
mod secrets;
mod settings;
mod trace;
mod unusual_files;
mod usage;
