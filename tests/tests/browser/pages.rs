//! What every page must be like, whatever it shows: as wide as its screen, in one language, without
//! mistakes in the browser's own log.

use std::path::PathBuf;

use anyhow::{Result, ensure};
use protocol::Language;
use tests::Browser;

/// Somebody who looks at pages in one language.
pub(crate) struct Look<'a> {
    pub(crate) browser: &'a Browser,
    pub(crate) language: Language,
}

impl Look<'_> {
    /// Looks at the present page at a size: takes a picture and finds fault with what a program can see.
    pub(crate) async fn shot(&self, name: &str, (width, height): (u32, u32)) -> Result<PathBuf> {
        self.browser.size(width, height).await?;
        let name = format!("{name}-{width}x{height}-{}", self.language.tag());
        let picture = self.browser.shot(&name).await?;
        let wider = self.browser.overflow().await?;
        ensure!(wider <= 0, "{name} is {wider} pixels wider than its screen");
        let text = self.browser.text().await?;
        ensure!(!text.contains(['{', '}']), "{name} shows a gap in its wording:\n{text}");
        self.is_in_one_language(&name).await?;
        let mistakes = self.browser.mistakes().await?;
        ensure!(mistakes.is_empty(), "{name}: the browser complains: {mistakes:?}");
        Ok(picture)
    }

    /// English pages have no Chinese but what says so, such as the button that leads to it and the
    /// second language of a board.
    async fn is_in_one_language(&self, name: &str) -> Result<()> {
        let lang = self.browser.script("return document.documentElement.lang").await?;
        ensure!(lang == self.language.tag(), "{name} says it is in {lang}");
        if self.language == Language::Zh {
            return Ok(());
        }
        let chinese = self.browser.script(CHINESE_TEXTS).await?;
        ensure!(chinese.as_array().is_some_and(Vec::is_empty), "{name} has Chinese: {chinese}");
        Ok(())
    }
}

/// Visible texts with Chinese characters outside of elements that are meant to be in Chinese.
const CHINESE_TEXTS: &str = r#"
const found = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const node = walker.currentNode;
  const element = node.parentElement;
  if (!/\p{Script=Han}/u.test(node.data)) continue;
  if (element.closest("script, style, template, [lang^=zh], .second")) continue;
  if (element.checkVisibility()) found.push(node.data.trim());
}
return found;
"#;
