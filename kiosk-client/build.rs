//! Tells cargo that a new style, module or template is a reason to build again: the macros that embed
//! them only notice changes of files they already know.
#![allow(clippy::print_stdout)] // how a build script speaks to cargo

fn main() {
    for folder in ["assets", "templates"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
