//! The program as people and programs run it.

mod check;
mod explain;
mod includes;
mod json;
#[cfg(test)]
mod sandbox;
mod secrets;
mod settings;
mod trace;
mod unusual_files;
mod usage;
