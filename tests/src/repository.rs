//! Where the workspace and what was built of it are.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

/// The workspace's own directory.
#[must_use]
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate lies in the workspace")
}

/// The directory of what was built in the profile this test was built in: `target/debug`.
///
/// # Errors
/// If the test does not lie where cargo puts it.
pub fn built() -> Result<PathBuf> {
    let test = std::env::current_exe().context("a test knows where it is")?;
    let folder = test.parent().context("a test lies in a directory")?;
    let profile = if folder.ends_with("deps") { folder.parent() } else { Some(folder) };
    Ok(profile.context("the directory of the profile")?.to_owned())
}

/// A program of the workspace, of the same profile as this test.
///
/// # Errors
/// If it has not been built.
pub fn program(name: &str) -> Result<PathBuf> {
    let path = built()?.join(name);
    ensure!(
        path.is_file(),
        "{} is missing; build it with `cargo build --workspace --bins`, or run ./check",
        path.display()
    );
    Ok(path)
}

/// A program of the workspace in the release profile, if it has been built.
///
/// # Errors
/// If the test does not lie where cargo puts it.
pub fn release_program(name: &str) -> Result<Option<PathBuf>> {
    let target = built()?.parent().context("the target directory")?.to_owned();
    Ok(Some(target.join("release").join(name)).filter(|path| path.is_file()))
}

/// Where tests leave pictures and figures: `target/<name>`, made if need be.
///
/// # Errors
/// If it cannot be made.
pub fn output(name: &str) -> Result<PathBuf> {
    let path = built()?.parent().context("the target directory")?.join(name);
    std::fs::create_dir_all(&path).with_context(|| format!("cannot make {}", path.display()))?;
    Ok(path)
}

/// Keeps a measured figure: in the test's own output and in `target/figures/<name>.txt`, which
/// `./check` prints at the end.
///
/// # Errors
/// If it cannot be written.
pub fn keep_figure(name: &str, line: &str) -> Result<()> {
    eprintln!("{name}: {line}");
    let file = output("figures")?.join(format!("{name}.txt"));
    std::fs::write(&file, format!("{name}: {line}\n"))
        .with_context(|| format!("cannot write {}", file.display()))
}
