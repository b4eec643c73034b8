//! The program as people and programs run it.

mod check;
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
mod secrets;
mod settings;
mod unusual_files;
mod usage;
