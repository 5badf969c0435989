//! Tells cargo that new wording, styles or modules are a reason to build again: the macros that embed
//! them only notice changes of files they already know.
#![allow(clippy::print_stdout)] // how a build script speaks to cargo

fn main() {
    for folder in ["locales", "assets", "templates"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
